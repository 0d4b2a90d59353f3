import { useTranslation } from 'react-i18next';
import type { Organisation } from '../../../src/client/api.ts';
import type { Language } from '../frame/language.ts';
import { placeName } from '../words/places.ts';
import { NATION } from './tree.ts';

export function useLanguage(): Language {
  const { i18n } = useTranslation('organisations');
  return i18n.language === 'en' ? 'en' : 'zh';
}

/** The name of a level: an operator's highest is its head office. */
export function useLevelName(): (of: Pick<Organisation, 'kind' | 'level'>) => string {
  const { t } = useTranslation('organisations');
  return ({ kind, level }) =>
    t(kind === 'operator' && level === 'nation' ? 'level.head' : `level.${level}`);
}

/** The name of a region, the nation among them. */
export function useRegionName(): (code: string) => string {
  const { t } = useTranslation('organisations');
  const language = useLanguage();
  return (code) => (code === NATION ? t('nation') : placeName(code, language));
}
