import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from '../frame/language.ts';
import { type Format, formatFor } from '../words/format.ts';
import type { Film } from './film.ts';

/** The season itself is told to those who have signed in only; the night has what its page needs. */
export function useNightFormat({ night: { start, slotMinutes } }: Film): {
  readonly language: Language;
  readonly format: Format;
} {
  const { i18n } = useTranslation('night');
  const language: Language = i18n.language === 'en' ? 'en' : 'zh';
  const format = useMemo(
    () => formatFor(language, { start, slotMinutes }),
    [language, start, slotMinutes],
  );
  return { language, format };
}
