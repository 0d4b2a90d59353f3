import { useTranslation } from 'react-i18next';
import { CallProblem } from '../api/client.ts';

/** What the server said to what it refused. */
export function useRefusal(): (error: Error) => string {
  const { t } = useTranslation('pace');
  return (error) => {
    if (!(error instanceof CallProblem)) return t('unreachable');
    const [first] = error.faults;
    return `${first ? first.text : error.message} (${error.status})`;
  };
}
