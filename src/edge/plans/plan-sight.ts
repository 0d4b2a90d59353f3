import type { Scenario } from '../../network/scenario.js';
import type { Counts } from '../../plan/holds.js';
import { contains, type Organisation } from '../access/principal.js';

/** How much of a plan somebody sees: all of it, a region's part, an operator's network, a platform's own parcels. */
export type PlanPart = 'whole' | 'region' | 'network' | 'own' | 'nothing';

/** What somebody sees of a plan. */
export interface PlanSight {
  readonly part: PlanPart;
  /** Who shares it sees the same. */
  readonly key: string;
  /** By resource: 1 where its loads are seen. */
  readonly resources: Uint8Array;
  /** By pair: 1 where holds of its parcels are seen. */
  readonly pairs: Uint8Array;
  /** The one shipper whose holds are seen, −1 where the season does not know it; undefined: all. */
  readonly shipper: number | undefined;
}

/**
 * Rules as for tickets and places: who is in charge of a region sees the resources in it, and holds of what comes from there or goes
 * there; an office the same of its operator's network; a platform holds of its own parcels, and no loads, which tell of other
 * shippers; analysts a generated season whole, and nothing of a real one.
 */
export function planSightOf(
  { resources, pairs, demand }: Scenario,
  viewer: Organisation,
  generated: boolean,
): PlanSight {
  const { id, region, operator } = viewer;
  const part = partOf(viewer, generated);
  const isRegional = part === 'region' || part === 'network';
  const key = JSON.stringify([
    part,
    isRegional ? region : '',
    part === 'network' ? operator : '',
    part === 'own' ? id : '',
  ]);
  const places = pairs.places.list().map((place) => contains(region, place));
  const isOurs = (name: string) => part !== 'network' || name === operator;
  const seesResource = (r: number) =>
    part === 'whole' ||
    (isRegional && isOurs(resources.operator[r]) && contains(region, resources.region[r]));
  const seesPair = (p: number) =>
    part === 'whole' ||
    part === 'own' ||
    (isRegional &&
      isOurs(pairs.operators.get(pairs.operator[p])) &&
      (places[pairs.origin[p]] || places[pairs.destination[p]]));
  return {
    part,
    key,
    resources: Uint8Array.from({ length: resources.ids.size }, (_, r) => Number(seesResource(r))),
    pairs: Uint8Array.from({ length: pairs.size }, (_, p) => Number(seesPair(p))),
    shipper: part === 'own' ? demand.shippers.findText(id) : undefined,
  };
}

/** Which rows of a plan's releases count for somebody; undefined: all. */
export function countsFor({ part, pairs, shipper }: PlanSight): Counts | undefined {
  if (part === 'whole') return undefined;
  return (batch, i) =>
    pairs[batch.pair[i]] === 1 && (shipper === undefined || batch.shipper[i] === shipper);
}

function partOf({ kind, level, operator }: Organisation, generated: boolean): PlanPart {
  if (kind === 'administration') return level === 'nation' ? 'whole' : 'region';
  if (kind === 'operator' && operator !== undefined) return 'network';
  if (kind === 'platform') return 'own';
  return kind === 'analyst' && generated ? 'whole' : 'nothing';
}
