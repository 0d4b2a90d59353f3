import { createInstance, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { liveWords } from '../live/words.ts';
import { planWords } from '../plan/words.ts';
import { simulateWords } from '../simulate/words.ts';
import { frameWords } from './words.ts';

export type Language = 'zh' | 'en';

/** Chinese unless the address asks for English: the first readers are the mechanism's own. */
export function languageOf(search: string): Language {
  return new URLSearchParams(search).get('lang') === 'en' ? 'en' : 'zh';
}

/** Each room brings its words as a namespace; the types keep the languages complete. */
export function startLanguage(language: Language): i18n {
  const words = createInstance();
  void words.use(initReactI18next).init({
    lng: language,
    initAsync: false,
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    resources: {
      zh: {
        frame: frameWords.zh,
        plan: planWords.zh,
        live: liveWords.zh,
        simulate: simulateWords.zh,
      },
      en: {
        frame: frameWords.en,
        plan: planWords.en,
        live: liveWords.en,
        simulate: simulateWords.en,
      },
    },
  });
  return words;
}
