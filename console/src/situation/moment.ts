import type { Situation, SituationSlot } from '../../../src/client/api.ts';
import type { LiveNetwork } from '../api/live-network.ts';

/** The network at the moment that is looked at, in columns by place and by lane; parcels. NaN: not known. */
export interface Moment {
  /** As it lives; or at the end of a slot, as counted or as planned. */
  readonly basis: 'now' | 'counted' | 'planned';
  readonly stock: Float64Array;
  /** Stock over floor. */
  readonly fill: Float32Array;
  /** 1: what is known of it is old. */
  readonly stale: Uint8Array;
  /** By lane: departed in the slot; where the network lives, in the last that is over. */
  readonly departed: Float64Array;
}

/** As it lives; lanes as of a slot that is over. */
export function liveMoment(
  { scale, places, lanes }: Situation,
  network: LiveNetwork,
  last: SituationSlot | undefined,
): Moment {
  const stock = network.stock.map((tracked) => tracked * scale);
  return {
    basis: 'now',
    stock,
    fill: fillOf(places, stock),
    stale: network.stale,
    departed: last ? columnOf(last.lanes) : new Float64Array(lanes.length).fill(Number.NaN),
  };
}

/** At the end of a slot. */
export function slotMoment({ places }: Situation, answer: SituationSlot): Moment {
  const stock = columnOf(answer.stock);
  return {
    basis: answer.basis,
    stock,
    fill: fillOf(places, stock),
    stale: new Uint8Array(places.length),
    departed: columnOf(answer.lanes),
  };
}

function columnOf(figures: readonly (number | null)[]): Float64Array {
  return Float64Array.from(figures, (figure) => figure ?? Number.NaN);
}

function fillOf(places: Situation['places'], stock: Float64Array): Float32Array {
  const fill = new Float32Array(stock.length);
  for (let n = 0; n < stock.length; n++) {
    const { floor } = places[n];
    fill[n] = floor === null || floor <= 0 ? Number.NaN : stock[n] / floor;
  }
  return fill;
}
