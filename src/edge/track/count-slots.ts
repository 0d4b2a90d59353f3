import type { Flows } from '../../track/flows.js';
import { BOUND, LEFT, STOCK } from '../../track/past.js';
import { type Kind, kindNumber } from '../../track/scans.js';
import type { Track } from '../../track/track.js';
import type { Tracking } from '../../track/tracking.js';
import type { SlotCounts } from './track-service.js';

/** What all partitions counted in slots of tracking. Cost: a pass over resources and slots a partition. */
export function countSlots(
  { partitions, network }: Tracking,
  from: number,
  until: number,
): SlotCounts {
  const slots = Math.max(0, until - from);
  const table = (rows: number, flowsOf: (track: Track) => Flows, ...kinds: number[]) => {
    const sums = new Int32Array(rows * slots);
    for (const track of partitions) {
      for (const kind of kinds) flowsOf(track).addTo(sums, kind, from, until);
    }
    return sums;
  };
  const flows = (...kinds: Kind[]) =>
    table(network.resources, (track) => track.flows, ...kinds.map(kindNumber));
  const moves = (kind: number) => table(network.resources, ({ past }) => past.moves, kind);
  const now = (of: (track: Track) => Int32Array) => {
    const sums = new Int32Array(network.resources);
    for (const track of partitions) of(track).forEach((n, r) => (sums[r] += n));
    return sums;
  };
  return {
    from,
    until: from + slots,
    closedUntil: Math.max(...partitions.map(({ corrections }) => corrections.closedUntil)),
    begun: Math.min(...partitions.map(({ flows: { begun } }) => begun)),
    accepted: flows('accepted'),
    arrived: flows('arrived'),
    departed: flows('departed'),
    ended: flows('delivered', 'returned'),
    stock: moves(STOCK),
    bound: moves(BOUND),
    stockNow: now(({ stock }) => stock.at),
    boundNow: now(({ stock }) => stock.bound),
    legs: table(network.legs.size, ({ past }) => past.departures, LEFT),
  };
}

/** Tables of disjoint parts, summed; `shift` from slots of tracking to those of the scenario. */
export function sumCounts(all: readonly SlotCounts[], shift: number): SlotCounts {
  const [first, ...others] = all;
  const sum = (of: (part: SlotCounts) => Int32Array) => {
    for (const other of others) {
      const more = of(other);
      const sums = of(first);
      for (let i = 0; i < sums.length; i++) sums[i] += more[i];
    }
    return of(first);
  };
  return {
    from: first.from + shift,
    until: first.until + shift,
    closedUntil: Math.max(...all.map(({ closedUntil }) => closedUntil)) + shift,
    begun: Math.min(...all.map(({ begun }) => begun)) + shift,
    accepted: sum((part) => part.accepted),
    arrived: sum((part) => part.arrived),
    departed: sum((part) => part.departed),
    ended: sum((part) => part.ended),
    stock: sum((part) => part.stock),
    bound: sum((part) => part.bound),
    stockNow: sum((part) => part.stockNow),
    boundNow: sum((part) => part.boundNow),
    legs: sum((part) => part.legs),
  };
}
