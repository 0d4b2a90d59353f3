import {
  CAPACITY,
  HEADER,
  Header,
  MOVED,
  PLAN,
  REQUEST,
  SHARES_LAPSED,
  STATE,
  sizeOf,
  TICKET,
} from '../../src/gate/journal.js';
import { REASONS } from '../../src/gate/requests.js';
import { CANCELLED, CONFIRMED, LAPSED, PICKED_UP } from '../../src/gate/tickets.js';

const states = new Map([
  [CANCELLED, 'cancelled'],
  [CONFIRMED, 'confirmed'],
  [LAPSED, 'lapsed'],
  [PICKED_UP, 'picked up'],
]);

/** What a journal tells of, by name: a drill that never reaches one of these proves nothing of it. */
export function* reached(words: Int32Array): Generator<string> {
  for (let at = 0; at < words.length; at += sizeOf(words, at)) {
    const kind = words[at];
    if (kind === PLAN) yield 'plan';
    if (kind === CAPACITY) yield 'capacity';
    if (kind === SHARES_LAPSED) yield 'shares lapsed';
    if (kind === STATE) yield states.get(words[at + 2]) ?? 'another state';
    if (kind === MOVED) yield words[at + 4] === 1 ? 'compressed' : 'moved out of overhang';
    if (kind !== REQUEST) continue;
    const count = words[at + Header.tickets];
    yield `${count === 0 ? 'refused' : 'ticketed'}: ${REASONS[words[at + Header.code]]}`;
    if (count > 1) yield 'several tickets';
    for (let k = 0; k < count; k++) {
      yield words[at + HEADER + k * TICKET] < 0 ? 'on free capacity' : 'drawn';
    }
  }
}
