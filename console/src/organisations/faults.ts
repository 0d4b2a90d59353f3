import { useTranslation } from 'react-i18next';
import { organisationWords } from './words.ts';

/** What is wrong with a field that the server refuses. */
export function useFaultOf(): (field: string) => string | undefined {
  const { t } = useTranslation('organisations');
  return (field) => {
    const key = `fault.${field}`;
    return isWord(key) ? t(key) : undefined;
  };
}

function isWord(key: string): key is keyof typeof organisationWords.zh {
  return Object.hasOwn(organisationWords.zh, key);
}
