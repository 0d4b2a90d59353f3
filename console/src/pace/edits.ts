import type { Capacities, NewDeclarations } from '../../../src/client/api.ts';
import { parseParcels, type Rule } from './parse-parcels.ts';

export type Resource = Capacities['resources'][number];
type Declared = NewDeclarations['declarations'][number];

/** What was typed or pasted, by cell: `resource slot`. */
export type Edits = ReadonlyMap<string, string>;

export function cellKey(resource: string, slot: number): string {
  return `${slot} ${resource}`;
}

/** What is wrong with a cell. */
export interface CellFault {
  readonly resource: string;
  readonly slot: number;
  readonly text: string;
  readonly rule: Rule;
}

/** A cell that asks for another value than the one in force. */
export interface Change {
  readonly resource: string;
  readonly slot: number;
  readonly parcels: number;
  readonly licensed: number;
}

export interface Read {
  readonly changes: readonly Change[];
  readonly faults: readonly CellFault[];
}

/** What the edits of some resources ask for. What is blank, or in force already, asks for nothing. */
export function readEdits(resources: readonly Resource[], from: number, edits: Edits): Read {
  const changes: Change[] = [];
  const faults: CellFault[] = [];
  for (const { id, licensed, inForce, waiting } of resources) {
    for (const [i, now] of inForce.entries()) {
      const slot = from + i;
      const text = edits.get(cellKey(id, slot));
      if (text === undefined) continue;
      const parsed = parseParcels(text);
      if (parsed.kind === 'fault') faults.push({ resource: id, slot, text, rule: parsed.rule });
      if (parsed.kind !== 'parcels') continue;
      const { parcels } = parsed;
      if (parcels === now || parcels === waiting[i]) continue;
      changes.push({ resource: id, slot, parcels, licensed: licensed[i] });
    }
  }
  return { changes, faults };
}

/** What one call takes. */
const DECLARATIONS_MOST = 1000;

/** Changes as declarations, slots in a row with one value together, in as many calls as it takes. */
export function declarationsOf(
  changes: readonly Change[],
  reason: string,
  startOf: (slot: number) => string,
): Declared[][] {
  const runs: { resource: string; from: number; until: number; parcels: number }[] = [];
  for (const { resource, slot, parcels } of changes) {
    const last = runs.at(-1);
    const goesOn = last?.resource === resource && last.until === slot && last.parcels === parcels;
    if (goesOn) last.until = slot + 1;
    else runs.push({ resource, from: slot, until: slot + 1, parcels });
  }
  const declared = runs.map(({ resource, from, until, parcels }) => ({
    resource,
    from: startOf(from),
    until: startOf(until),
    parcels,
    reason,
  }));
  const calls: Declared[][] = [];
  for (let i = 0; i < declared.length; i += DECLARATIONS_MOST) {
    calls.push(declared.slice(i, i + DECLARATIONS_MOST));
  }
  return calls;
}
