import type { JournalEntry } from '../../../src/gate/owner/journal-store.js';

/** A record of the journal, read from its words by the table in src/gate/journal.ts, and by nothing else of the gate. */
export type Record =
  | { readonly kind: 'clock'; readonly now: number }
  | { readonly kind: 'plan'; readonly version: number }
  | {
      readonly kind: 'capacity';
      readonly resource: number;
      readonly slot: number;
      readonly parcels: number;
    }
  | RequestRecord
  | { readonly kind: 'shares lapsed'; readonly slot: number }
  | { readonly kind: 'state'; readonly row: number; readonly state: number }
  | {
      readonly kind: 'moved';
      readonly row: number;
      readonly slot: number;
      readonly way: number;
      readonly reason: number;
    };

export interface RequestRecord {
  readonly kind: 'request';
  readonly id: string;
  readonly row: number;
  readonly shipper: number;
  readonly flow: number;
  readonly readyAt: number;
  readonly asked: number;
  readonly notAfter: number;
  readonly divisible: number;
  readonly ready: number;
  readonly code: number;
  readonly resource: number;
  readonly slot: number;
  readonly price: number;
  readonly version: number;
  readonly tickets: readonly {
    readonly run: number;
    readonly slot: number;
    readonly way: number;
    readonly parcels: number;
  }[];
}

/** Names of the states of a ticket, by number. */
export const STATES = ['refused', 'issued', 'confirmed', 'picked up', 'cancelled', 'lapsed'];

/** The records of an entry, with the ids of its requests. */
export function readRecords({ words, ids }: JournalEntry): Record[] {
  const view = new DataView(words.buffer, words.byteOffset, words.byteLength);
  const names = new TextDecoder().decode(ids).split('\0');
  const records: Record[] = [];
  let at = 0;
  let requests = 0;
  const word = (i: number): number => view.getInt32(4 * (at + i), true);
  const double = (i: number): number => view.getFloat64(4 * (at + i), true);
  while (at < words.length) {
    const kind = word(0);
    if (kind === 1) {
      records.push({ kind: 'clock', now: double(1) });
      at += 3;
    } else if (kind === 2) {
      records.push({ kind: 'plan', version: word(1) });
      at += 2;
    } else if (kind === 3) {
      records.push({ kind: 'capacity', resource: word(1), slot: word(2), parcels: word(3) });
      at += 5;
    } else if (kind === 4) {
      const tickets = Array.from({ length: word(1) }, (_, k) => {
        const i = 21 + 4 * k;
        return { run: word(i), slot: word(i + 1), way: word(i + 2), parcels: word(i + 3) };
      });
      records.push({
        kind: 'request',
        id: names[requests++] ?? '',
        row: word(2),
        shipper: word(3),
        flow: word(4),
        readyAt: double(5),
        asked: word(7),
        notAfter: word(8),
        divisible: word(9),
        ready: word(14),
        code: word(15),
        resource: word(16),
        slot: word(17),
        price: double(18),
        version: word(20),
        tickets,
      });
      at += 21 + 4 * tickets.length;
    } else if (kind === 5) {
      records.push({ kind: 'shares lapsed', slot: word(1) });
      at += 2;
    } else if (kind === 6) {
      records.push({ kind: 'state', row: word(1), state: word(2) });
      at += 3;
    } else if (kind === 7) {
      records.push({ kind: 'moved', row: word(1), slot: word(2), way: word(3), reason: word(4) });
      at += 5;
    } else throw new Error(`no record of kind ${kind}`);
  }
  if (names.length !== requests + 1 || names[requests] !== '') {
    throw new Error(`${requests} requests with the ids ${names.join(', ')}`);
  }
  return records;
}

/** A decision as a shipper reads it: an answer in full, and nothing that changes later. */
export function decisionText(record: RequestRecord): string {
  const { row, version, tickets, asked, code, resource, slot, price } = record;
  const given = tickets.map((t, k) => [row + k, t.slot, t.way, t.parcels]);
  const short = asked - tickets.reduce((sum, t) => sum + t.parcels, 0);
  const binding = resource < 0 ? [] : [resource, slot, price];
  return JSON.stringify([row, version, given, short, code, binding]);
}
