import { parseTable } from './table.js';

/** The tables of `data/` that a season is made from, as text. */
export interface FactTexts {
  readonly cities: string;
  readonly cityVolume: string;
  readonly provinceVolume: string;
  readonly operatorVolume: string;
}

/** A division of prefecture level, or a municipality. */
export interface City {
  /** GB/T 2260, six digits. */
  readonly code: string;
  readonly name: string;
  /** Degrees, WGS 84. */
  readonly lat: number;
  readonly lng: number;
  /** Parcels that start here, 亿 in 2020. */
  readonly origin: number;
  /** Weight as a destination; only ratios count. */
  readonly destination: number;
}

/** An express company. */
export interface Operator {
  readonly id: string;
  /** Parcels, 亿 in 2020. */
  readonly volume: number;
  /** Hubs nationwide. */
  readonly hubs: number;
}

export interface Facts {
  /** By falling origin volume. */
  readonly cities: readonly City[];
  /** By falling volume. */
  readonly operators: readonly Operator[];
}

/** Urban population where GeoNames has no place or a mere town: small prefectures, most in the west. */
const POPULATION_LEAST = 150_000;
/** Destinations are flatter than population, and far flatter than origins. */
const DESTINATION_EXPONENT = 0.75;
/** Sansha has about two thousand people; the table has no population for it. */
const POPULATION_BY_HAND: Readonly<Record<string, number>> = { '460300': 2_000 };

/** Origin volumes and destination weights: docs/maths/season.md#origins, #destinations. */
export function parseFacts(texts: FactTexts): Facts {
  const rows = parseTable(texts.cities);
  const listed = new Map(
    parseTable(texts.cityVolume).map((row) => [row.code, Number(row.origin_volume_2020_yi)]),
  );
  const provinces = parseTable(texts.provinceVolume);
  const origins = new Map<string, number>();
  for (const province of provinces) {
    const within = rows.filter((row) => row.province_code === province.province_code);
    spreadProvince(within, Number(province.origin_volume_2020_yi), listed, origins);
  }
  const cities = rows.map((row) => ({
    code: row.code,
    name: row.name,
    lat: Number(row.lat),
    lng: Number(row.lng),
    origin: origins.get(row.code) ?? 0,
    destination: population(row) ** DESTINATION_EXPONENT,
  }));
  cities.sort((a, b) => b.origin - a.origin || (a.code < b.code ? -1 : 1));
  const operators = parseTable(texts.operatorVolume).map((row) => ({
    id: row.id,
    volume: Number(row.volume_2020_yi),
    hubs: Number(row.hubs),
  }));
  operators.sort((a, b) => b.volume - a.volume || (a.id < b.id ? -1 : 1));
  return { cities, operators };
}

function population(row: Record<string, string>): number {
  return POPULATION_BY_HAND[row.code] ?? Math.max(Number(row.population_urban), POPULATION_LEAST);
}

/** Listed cities keep their volume; the rest of the province's goes to the others by population. */
function spreadProvince(
  rows: readonly Record<string, string>[],
  volume: number,
  listed: ReadonlyMap<string, number>,
  origins: Map<string, number>,
): void {
  const others = rows.filter((row) => !listed.has(row.code));
  const known = rows.reduce((sum, row) => sum + (listed.get(row.code) ?? 0), 0);
  const people = others.reduce((sum, row) => sum + population(row), 0);
  for (const row of rows) {
    const own = listed.get(row.code) ?? 0;
    const rest = others.length > 0 ? Math.max(0, volume - known) : 0;
    origins.set(row.code, own || (rest * population(row)) / people);
  }
}
