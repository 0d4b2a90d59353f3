import { contains, type Organisation } from './principal.js';

/**
 * How whoever asks stands to what a route is about (P12):
 *
 * - own: it belongs to the asker's organisation;
 * - network: to the asker's operator, in the region that the asker's office is in charge of;
 * - region: it lies in the region that the asker's administration is in charge of.
 */
export type Relation = 'own' | 'network' | 'region';

/** What something concerns: a ticket, a declaration, a resource. */
export interface Concerned {
  /** The organisation whose own it is: of a ticket, its shipper. */
  readonly owner?: string;
  /** Name of the operator whose network it is in. */
  readonly operator?: string;
  /** Codes of the regions it touches: of a ticket, its origin and destination. */
  readonly regions: readonly string[];
}

/** Whether somebody of the viewer's is related so to what concerns others as said. */
export function isRelated(
  viewer: Organisation,
  relation: Relation,
  { owner, operator, regions }: Concerned,
): boolean {
  const inCharge = () => regions.some((region) => contains(viewer.region, region));
  if (relation === 'own') return owner === viewer.id;
  if (relation === 'region') return viewer.kind === 'administration' && inCharge();
  return isOffice(viewer) && viewer.operator === operator && inCharge();
}

/**
 * The relation to another organisation: over those of its own kind, somebody is in charge only from a higher
 * level, so that neighbours of one region are not.
 */
export function isOver(viewer: Organisation, relation: Relation, other: Organisation): boolean {
  if (relation === 'own') return viewer.id === other.id;
  if (viewer.kind === other.kind && RANK[viewer.level] <= RANK[other.level]) return false;
  return isRelated(viewer, relation, concernedOf(other));
}

function concernedOf({ id, operator, region }: Organisation): Concerned {
  return { owner: id, regions: [region], ...(operator !== undefined && { operator }) };
}

function isOffice({ kind, operator }: Organisation): boolean {
  return kind === 'operator' && operator !== undefined;
}

const RANK = { nation: 2, province: 1, city: 0 };
