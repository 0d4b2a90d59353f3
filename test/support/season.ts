import { readFileSync } from 'node:fs';
import type { ColumnBatch, ColumnBatches } from '../../src/network/table.js';
import { parseCalendar } from '../../src/world/season/calendar.js';
import { type Facts, parseFacts } from '../../src/world/season/facts.js';
import type { SeasonOptions } from '../../src/world/season/options.js';

export function readData(name: string): string {
  return readFileSync(new URL(`../../data/${name}`, import.meta.url), 'utf8');
}

export function seasonFacts(): Facts {
  return parseFacts({
    cities: readData('cities.csv'),
    cityVolume: readData('city-volume.csv'),
    provinceVolume: readData('province-volume.csv'),
    operatorVolume: readData('operator-volume.csv'),
  });
}

export function calendarOf(year: '2016' | '2020' | '2021') {
  const calendar = parseCalendar(readData(`calendars/${year}.json`));
  if (typeof calendar === 'string') throw new Error(calendar);
  return calendar;
}

/** Twelve cities, two operators, two days, with changes. */
export function seasonOptions(changes: Partial<SeasonOptions> = {}): SeasonOptions {
  return {
    cities: 12,
    operators: 2,
    parcelsPerDay: 2_000_000,
    start: '2020-11-11T00:00:00+08:00',
    slots: 48,
    slotMinutes: 60,
    seed: 1,
    calendar: calendarOf('2020'),
    closures: [],
    committed: false,
    carriedOver: false,
    spans: false,
    shared: false,
    tightDelivery: false,
    tightHubs: false,
    stations: false,
    ...changes,
  };
}

/** Cells of a table, column by column; identifiers as text. */
export async function tableCells(
  batches: ColumnBatches,
): Promise<Record<string, (string | number)[]>> {
  const cells: Record<string, (string | number)[]> = {};
  for await (const batch of batches) {
    for (const [name, values] of Object.entries(batch.columns)) {
      cells[name] ??= [];
      for (let i = 0; i < batch.rows; i++) cells[name].push(cellOf(values, i));
    }
  }
  return cells;
}

function cellOf(values: ColumnBatch['columns'][string], i: number): string | number {
  return 'names' in values ? values.names.get(values.index[i]) : values[i];
}
