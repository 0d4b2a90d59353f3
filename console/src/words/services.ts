import type { Language } from '../frame/language.ts';

/** Names of the services that the bundled generator makes. */
const names: Readonly<Record<string, Record<Language, string>>> = {
  standard: { zh: '标准', en: 'standard' },
  promotion: { zh: '促销', en: 'promotion' },
  timed: { zh: '限时', en: 'timed' },
};

/** A service's name; a scenario's own services name themselves. */
export function serviceName(id: string, language: Language): string {
  return names[id]?.[language] ?? id;
}
