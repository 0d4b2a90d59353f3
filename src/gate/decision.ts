import { doubleAt, HEADER, Header, REQUEST, TICKET } from './journal.js';
import { REASONS, type ReasonCode, type RequestBatch } from './requests.js';

/** A ticket as it was given; what has become of it since is in the state. */
export interface TicketGiven {
  readonly row: number;
  readonly slot: number;
  readonly way: number;
  readonly parcels: number;
}

/** An answer with its reason (G9): a function of its record, so that a repeat reads the same (G2). */
export interface Decision {
  readonly row: number;
  /** Plan version by which it was decided. */
  readonly plan: number;
  /** Empty: refused. */
  readonly tickets: readonly TicketGiven[];
  /** Parcels asked for beyond the tickets. */
  readonly short: number;
  readonly reason: ReasonCode;
  /** What binds in the slot of readiness, where something does. */
  readonly binding?: { readonly resource: number; readonly slot: number; readonly price: number };
}

/** The decision in the record at `at`. */
export function readDecision(words: Int32Array, at: number): Decision {
  if (words[at] !== REQUEST) throw new Error('there is no decision here');
  const row = words[at + Header.row];
  const tickets = Array.from({ length: words[at + Header.tickets] }, (_, k) => {
    const i = at + HEADER + k * TICKET;
    return { row: row + k, slot: words[i + 1], way: words[i + 2], parcels: words[i + 3] };
  });
  const given = tickets.reduce((sum, { parcels }) => sum + parcels, 0);
  const decision = {
    row,
    plan: words[at + Header.version],
    tickets,
    short: words[at + Header.asked] - given,
    reason: REASONS[words[at + Header.code]],
  };
  const resource = words[at + Header.resource];
  if (resource < 0) return decision;
  const price = doubleAt(words, at + Header.price);
  return { ...decision, binding: { resource, slot: words[at + Header.slot], price } };
}

/** Whether a request is the one answered by the record, in full: what the state keeps is only a mark (G2). */
export function isSameRequest(
  words: Int32Array,
  at: number,
  batch: RequestBatch,
  i: number,
): boolean {
  return (
    words[at + Header.shipper] === batch.shipper[i] &&
    words[at + Header.flow] === batch.flow[i] &&
    doubleAt(words, at + Header.readyAt) === batch.readyAt[i] &&
    words[at + Header.asked] === batch.parcels[i] &&
    words[at + Header.notAfter] === batch.notAfter[i] &&
    words[at + Header.divisible] === batch.divisible[i]
  );
}
