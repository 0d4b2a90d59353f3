import type { Language } from '../frame/language.ts';

/** The glossary's words for kinds of resource, one and many. */
const names: Readonly<Record<string, Record<Language, readonly [string, string]>>> = {
  hub: { zh: ['分拨中心', '分拨中心'], en: ['hub', 'hubs'] },
  pickup: { zh: ['揽收', '揽收点'], en: ['pickup', 'pickups'] },
  delivery: { zh: ['派送', '派送点'], en: ['delivery', 'deliveries'] },
  lane: { zh: ['线路', '线路'], en: ['lane', 'lanes'] },
  outlet: { zh: ['网点', '网点'], en: ['outlet', 'outlets'] },
  station: { zh: ['驿站', '驿站'], en: ['station', 'stations'] },
  locker: { zh: ['智能快件箱', '智能快件箱'], en: ['locker', 'lockers'] },
};

/** The name of a kind of resource; a scenario's own kinds name themselves. */
export function kindName(kind: string, language: Language): string {
  return names[kind]?.[language][0] ?? kind;
}

/** The name of several resources of a kind. */
export function kindsName(kind: string, language: Language): string {
  return names[kind]?.[language][1] ?? kind;
}
