import type { Service } from '../../network/scenario.js';
import type { ColumnBatch } from '../../network/table-writer.js';
import { closePlant } from './closures.js';
import { commitmentRows } from './commitments.js';
import { demandNames, listDemand } from './demand.js';
import { ExpectedLoad } from './expected-load.js';
import type { Facts } from './facts.js';
import { buildNetwork, type ExpressNetwork } from './network.js';
import type { SeasonOptions } from './options.js';
import { buildPlant, type Plant } from './plant.js';
import { type Rating, ratePlant } from './rating.js';
import { readyShape, totalParcels } from './ready.js';
import { listRoutes, routeRows, stepRows } from './routes.js';
import { seasonServices } from './services.js';
import { StepMaker } from './steps.js';

/**
 * A generated season: the tables of a scenario (docs/spec/release-planning.md, section 5), each a
 * stream of batches made when asked for. The model is docs/maths/season.md.
 */
export interface Season {
  readonly header: SeasonHeader;
  readonly tables: readonly SeasonTable[];
  readonly network: ExpressNetwork;
  readonly plant: Plant;
  readonly rating: Rating;
}

export interface SeasonTable {
  /** File name without its ending. */
  readonly name: string;
  readonly columns: readonly string[];
  readonly batches: () => Iterable<ColumnBatch>;
}

/** `scenario.json`. */
export interface SeasonHeader {
  readonly name: string;
  readonly start: string;
  readonly slotMinutes: number;
  readonly slots: number;
  readonly carryPenalty: number;
  readonly services: readonly Service[];
  readonly generated: Readonly<Record<string, unknown>>;
}

/** What a parcel left for the next plan costs beyond its holding, in hours: modelled. */
const CARRY_PENALTY_HOURS = 24;

export function generateSeason(options: SeasonOptions, facts: Facts): Season {
  const network = buildNetwork(options, facts);
  const plant = buildPlant(options, network);
  const maker = new StepMaker(network, plant, options);
  const loads = new ExpectedLoad(network, plant, maker);
  const shape = readyShape(options, loads.reach);
  const rating = ratePlant(options, plant, loads, shape);
  const header = headerOf(options, network);
  const names = demandNames(
    network,
    header.services.map(({ id }) => id),
  );
  const routes = listRoutes(network);
  const total = totalParcels(options);
  const tables: SeasonTable[] = [
    table('resources', RESOURCES, () => [resourceRows(plant, rating)]),
    table('routes', ROUTES, () => routeRows(network, routes, names, options.slotMinutes)),
    table('route-steps', STEPS, () => stepRows(network, plant, maker, routes)),
    table('demand', DEMAND, () => listDemand(network, shape, total, options.seed, names)),
  ];
  if (options.closures.length > 0) {
    tables.push(table('capacity', CAPACITY, () => [overrideRows(options, plant, rating)]));
  }
  if (options.committed) {
    tables.push(table('committed', COMMITTED, () => [commitmentRows(plant, rating, loads, shape)]));
  }
  return { header, tables, network, plant, rating };
}

const RESOURCES = ['id', 'kind', 'operator', 'region', 'lat', 'lng', 'capacity', 'floor'];
const ROUTES = ['id', 'operator', 'origin', 'destination', 'cost'];
const STEPS = ['route', 'seq', 'resource', 'lag', 'span'];
const DEMAND = ['shipper', 'service', 'operator', 'origin', 'destination', 'slot', 'parcels'];
const CAPACITY = ['resource', 'slot', 'capacity'];
const COMMITTED = ['resource', 'slot', 'parcels'];

function table(
  name: string,
  columns: readonly string[],
  batches: () => Iterable<ColumnBatch>,
): SeasonTable {
  return { name, columns, batches };
}

function headerOf(options: SeasonOptions, network: ExpressNetwork): SeasonHeader {
  const { start, slotMinutes, slots, calendar, closures, ...rest } = options;
  const size = `${network.cities.length} cities, ${network.operators.length} operators`;
  return {
    name: `generated season: ${size}, ${calendar.name}`,
    start,
    slotMinutes,
    slots,
    carryPenalty: (CARRY_PENALTY_HOURS * 60) / slotMinutes,
    services: seasonServices(slotMinutes),
    generated: {
      by: 'cuofeng scenario generate',
      note: 'Modelled, not measured: see docs/maths/season.md for what is sourced, recalled and modelled.',
      ...rest,
      calendar: calendar.name,
      closures,
    },
  };
}

function resourceRows(plant: Plant, rating: Rating): ColumnBatch {
  const { resources } = plant;
  const index = Int32Array.from(resources, (_, i) => i);
  const numbers = (of: (i: number) => number): Float64Array => Float64Array.from(index, of);
  return {
    rows: resources.length,
    columns: {
      id: { names: plant.ids, index },
      kind: resources.map(({ kind }) => kind),
      operator: resources.map(({ operator }) => operator),
      region: resources.map(({ city }) => city.code),
      lat: numbers((i) => resources[i].city.lat),
      lng: numbers((i) => resources[i].city.lng),
      capacity: Int32Array.from(rating.capacity),
      floor: rating.floor,
    },
  };
}

function overrideRows(options: SeasonOptions, plant: Plant, rating: Rating): ColumnBatch {
  const { closures, slotMinutes, start } = options;
  const clock = /T(\d\d):(\d\d)/.exec(start);
  const startHour = clock ? Number(clock[1]) + Number(clock[2]) / 60 : 0;
  const rows = closePlant(closures, plant, rating.capacity, slotMinutes, startHour);
  const resource = { names: plant.ids, index: rows.resource };
  return {
    rows: rows.slot.length,
    columns: { resource, slot: rows.slot, capacity: rows.capacity },
  };
}
