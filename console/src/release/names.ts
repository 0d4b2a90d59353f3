import type { Season } from '../words/season.tsx';

/** `ZTO/hub/440300-1`, as the bundled generator names resources: operator, kind, region. */
const RESOURCE = /^([^/]+)\/([^/]+)\/(\d{6})(?:-.*)?$/;
/** `ZTO/310000-440300/2`: operator, origin, destination, number. */
const ROUTE = /^([^/]+)\/(\d{6})-(\d{6})\/(\d+)$/;

/** What a resource is called of which only the id is known. */
export function resourceName(season: Season, id: string): string {
  const [, operator, kind, region] = RESOURCE.exec(id) ?? [];
  if (operator === undefined) return id;
  return season.resource({ id, operator, kind, region });
}

/** The number of a route among those of its operator from here to there; undefined where its id says none. */
export function routeNumber(id: string): number | undefined {
  const [, , , , number] = ROUTE.exec(id) ?? [];
  return number === undefined ? undefined : Number(number);
}

/** Hubs and lanes of a route, in words, in the order in which they are passed. */
export function hubsOf(season: Season, resources: readonly string[]): string[] {
  return resources
    .filter((id) => RESOURCE.exec(id)?.[2] === 'hub')
    .map((id) => resourceName(season, id));
}
