import type { GateNetwork } from '../../gate/gate-network.js';
import type { Releases, SlotNumbers } from '../../warn/seen.js';
import { entryOf } from './plan-releases.js';

/** Routes that begin at a resource, with what weighs for each. */
interface Begin {
  readonly route: number;
  readonly lag: number;
  readonly weight: number;
}

/**
 * What was let go, as far as scans show it: parcels accepted at resource r in slot t went over the routes that begin at r in the
 * proportions of the plan's releases for that slot, or of all its releases where it had none for it. Tickets say by which route,
 * but are their shards' own; what is let go and not accepted yet is not in it.
 *
 *     released(route, t − lag) = accepted(r, t) · weight(route) / Σ weights of routes that begin at r
 *
 * @param accepted by resource, in the slots before `slot`.
 */
export function releasedOf(
  network: GateNetwork,
  routeParcels: Float64Array,
  planned: Releases,
  accepted: SlotNumbers,
  slot: number,
): Releases {
  const usual = usualBegins(network, routeParcels);
  const ofSlot = plannedBegins(network, planned, slot - accepted.slots, accepted.slots);
  const route: number[] = [];
  const slots: number[] = [];
  const parcels: number[] = [];
  for (let cell = 0; cell < accepted.values.length; cell++) {
    const count = accepted.values[cell];
    if (count === 0) continue;
    const resource = Math.floor(cell / accepted.slots);
    const at = slot - accepted.slots + (cell % accepted.slots);
    const begins = ofSlot.get(cell) ?? usual.get(resource) ?? [];
    const all = begins.reduce((sum, { weight }) => sum + weight, 0);
    for (const begin of begins) {
      route.push(begin.route);
      slots.push(at - begin.lag);
      parcels.push((count * begin.weight) / all);
    }
  }
  return { route, slot: slots, parcels };
}

function usualBegins(network: GateNetwork, routeParcels: Float64Array): Map<number, Begin[]> {
  const begins = new Map<number, Begin[]>();
  for (let route = 0; route < routeParcels.length; route++) {
    const { resource, lag } = entryOf(network, route);
    if (resource < 0 || routeParcels[route] === 0) continue;
    put(begins, resource, { route, lag, weight: routeParcels[route] });
  }
  return begins;
}

/** By resource · slots + slot, as `accepted` has them. */
function plannedBegins(
  network: GateNetwork,
  planned: Releases,
  from: number,
  slots: number,
): Map<number, Begin[]> {
  const begins = new Map<number, Begin[]>();
  for (let i = 0; i < planned.route.length; i++) {
    const route = planned.route[i];
    const { resource, lag } = entryOf(network, route);
    const at = planned.slot[i] + lag - from;
    if (resource < 0 || at < 0 || at >= slots) continue;
    put(begins, resource * slots + at, { route, lag, weight: planned.parcels[i] });
  }
  return begins;
}

function put(begins: Map<number, Begin[]>, key: number, begin: Begin): void {
  const list = begins.get(key);
  if (list) list.push(begin);
  else begins.set(key, [begin]);
}
