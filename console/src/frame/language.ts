import { createInstance, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';

export type Language = 'zh' | 'en';

/** Chinese unless the address asks for English: the first readers are the mechanism's own. */
export function languageOf(search: string): Language {
  return new URLSearchParams(search).get('lang') === 'en' ? 'en' : 'zh';
}

/** All words of the console; rooms add theirs (words.ts), and the types keep the languages complete. */
export const dictionary: i18n = startDictionary();

function startDictionary(): i18n {
  const words = createInstance();
  void words.use(initReactI18next).init({
    lng: languageOf(window.location.search),
    initAsync: false,
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    resources: {},
  });
  return words;
}
