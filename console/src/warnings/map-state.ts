import type { Situation, Warning } from '../../../src/client/api.ts';
import type { MapNode, MapState } from '../map/contract.ts';
import type { NamedResource } from '../words/resources.ts';
import { byGravity } from '../words/warning-text.ts';

type Place = Situation['places'][number];

/** How large a place is drawn, by its level; those without a warning are small. */
const SIZE = { red: 1, orange: 0.75, yellow: 0.5, blue: 0.35 } as const;
const CALM = 0.12;
/** Of MapState.marks. */
const WARNED = 2;

export interface WarnedMap {
  readonly nodes: MapNode[];
  readonly state: MapState;
  /** By node: the gravest of it. */
  readonly warningOf: (Warning | undefined)[];
}

/** Places on the map, ringed where they are warned of, as full as they are expected to become. */
export function mapOf(
  places: readonly Place[],
  warnings: readonly Warning[],
  nameOf: (resource: NamedResource) => string,
): WarnedMap {
  const gravest = new Map<string, Warning>();
  for (const warning of warnings.toSorted(byGravity).toReversed()) {
    if (warning.subject.kind === 'resource') gravest.set(warning.subject.id, warning);
  }
  const nodes: MapNode[] = [];
  for (const place of places) {
    const { id, lat, lng, region } = place;
    if (lat !== null && lng !== null) nodes.push({ id, lat, lng, region, name: nameOf(place) });
  }
  const warningOf = nodes.map(({ id }) => gravest.get(id));
  const state = {
    fill: Float32Array.from(warningOf, (each) => each?.floorShare ?? Number.NaN),
    size: Float32Array.from(warningOf, (each) => (each ? SIZE[each.level] : CALM)),
    marks: Uint8Array.from(warningOf, (each) => (each ? WARNED : 0)),
    load: new Float32Array(0),
    width: new Float32Array(0),
  };
  return { nodes, state, warningOf };
}
