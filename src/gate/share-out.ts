import { Shares } from '../plan/shares.js';
import type { GateState } from './gate-state.js';

/** So many parcels on free capacity in one slot and way. */
export interface Piece {
  readonly slot: number;
  readonly way: number;
  readonly parcels: number;
}

/**
 * Shares free capacity among requests of one cohort that ask for it together (G10): first what one request
 * for all of them would get, piece by piece; then each piece in proportion to what each asks for, so that
 * after R of N parcels one that asks for n has had x with |x·N − n·R| < N (plan/shares.ts).
 *
 * @param asked parcels of each request beyond its shares.
 * @returns the pieces of each request.
 */
export function shareOut(
  state: GateState,
  pair: number,
  slots: { readonly first: number; readonly last: number },
  asked: Uint32Array,
): Piece[][] {
  const shares = new Shares();
  shares.open(asked, 0, asked.length);
  const given: Piece[][] = Array.from(asked, () => []);
  const before = new Float64Array(asked.length);
  let total = 0;
  for (const parcels of asked) total += parcels;
  for (const { slot, way, parcels } of freePieces(state, pair, slots, total)) {
    shares.release(parcels);
    for (let i = 0; i < asked.length; i++) {
      const n = shares.given[i] - before[i];
      before[i] = shares.given[i];
      if (n > 0) given[i].push({ slot, way, parcels: n });
    }
  }
  return given;
}

/** The free capacity that so many parcels would take one after the other: earliest slot, cheapest way. */
function freePieces(
  { network, books }: GateState,
  pair: number,
  { first, last }: { readonly first: number; readonly last: number },
  parcels: number,
): Piece[] {
  const firstWay = network.wayStart[pair];
  const ways = network.wayStart[pair + 1] - firstWay;
  const pieces: Piece[] = [];
  let left = parcels;
  for (let slot = first; left > 0 && slot <= last; slot++) {
    for (let way = 0; way < ways && left > 0; way++) {
      const n = Math.min(left, books.room(firstWay + way, slot));
      if (n === 0) continue;
      // Written down while looking, so that pieces do not count the same room twice.
      books.ticket(firstWay + way, slot, n);
      pieces.push({ slot, way, parcels: n });
      left -= n;
    }
  }
  for (const { slot, way, parcels: n } of pieces) books.giveBack(firstWay + way, slot, n);
  return pieces;
}
