import type { NamedResource } from '../../../src/edge/http/schema.ts';
import type { Language } from '../frame/language.ts';
import { kindName } from './kinds.ts';
import { operatorName } from './operators.ts';
import { placeName } from './places.ts';

export type { NamedResource };

/** `ZTO/hub/330100-1` and `ZTO/lane/330100-1-440300-2`, as the bundled generator names resources. */
const NUMBERED = /^[^/]+\/[^/]+\/\d+-(\d+)(?:-(\d+)-(\d+))?$/;
const ONE_A_PLACE = /^[^/]+\/[^/]+\/\d+$/;

/** What a resource is called: in words where its parts are known, else by its own id. */
export function resourceName(resource: NamedResource, language: Language): string {
  // Whose parcels it takes: at stations, that is not who owns it.
  const operator = operatorName(resource.id.split('/')[0], language);
  const place = placeName(resource.region, language);
  const kind = kindName(resource.kind, language);
  const numbered = NUMBERED.exec(resource.id);
  if (numbered) {
    const [, number, toCode, toNumber] = numbered;
    const to = toCode === undefined ? '' : ` → ${placeName(toCode, language)} ${toNumber}`;
    return language === 'zh' && to === ''
      ? `${operator} ${place} ${number} 号${kind}`
      : `${operator} ${place} ${number}${to} ${kind}`;
  }
  if (ONE_A_PLACE.test(resource.id)) return `${operator} ${place} ${kind}`;
  return [resource.id, place, kind].filter((part) => part !== '').join(' · ');
}

const PARTS = /^([^/]+)\/([^/]+)\/(\d{6})(?:-|$)/;

/** The same where only the id is known: the bundled generator's ids say all of it. */
export function resourceNameById(id: string, language: Language): string {
  const [, operator, kind, region] = PARTS.exec(id) ?? [];
  return region === undefined ? id : resourceName({ id, operator, kind, region }, language);
}
