import type { Language } from '../frame/language.ts';

/** The glossary's words for kinds of resource. */
const names: Readonly<Record<string, Record<Language, string>>> = {
  hub: { zh: '分拨中心', en: 'hub' },
  pickup: { zh: '揽收', en: 'pickup' },
  delivery: { zh: '派送', en: 'delivery' },
  lane: { zh: '线路', en: 'lane' },
  outlet: { zh: '网点', en: 'outlet' },
  station: { zh: '驿站', en: 'station' },
  locker: { zh: '智能快件箱', en: 'locker' },
};

/** The name of a kind of resource; a scenario's own kinds name themselves. */
export function kindName(kind: string, language: Language): string {
  return names[kind]?.[language] ?? kind;
}
