import { useTranslation } from 'react-i18next';
import type { Warning } from '../../../src/client/api.ts';
import { useAddress } from '../frame/address.ts';
import { LEVELS } from './choices.ts';

/** How many there are in force of each level, from the gravest, and how many nobody has acknowledged. */
export function Counts({ warnings }: { warnings: readonly Warning[] }) {
  const { t } = useTranslation('warnings');
  const { t: word } = useTranslation('warning');
  const [chosen, choose] = useAddress('level');
  return (
    <ul className="level-counts">
      {LEVELS.map((level) => {
        const those = warnings.filter((warning) => warning.level === level);
        const n = those.length;
        return (
          <li key={level}>
            <button
              type="button"
              className={`level-count ${n > 0 ? `level-edge-${level}` : ''}`}
              data-none={n === 0}
              aria-pressed={chosen === level}
              onClick={() => choose(chosen === level ? undefined : level)}
            >
              <span className={`level level-${level}`}>{word(`level.${level}`)}</span>
              <strong>{n}</strong> {n > 0 && t('count.unit')}
              <small>
                <Waiting warnings={those} />
              </small>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** Those who see a level only are not told whether it is acknowledged. */
function Waiting({ warnings }: { warnings: readonly Warning[] }) {
  const { t } = useTranslation('warnings');
  if (warnings.length === 0) return t('count.none');
  if (warnings.every(({ acknowledged }) => acknowledged === undefined)) return null;
  const n = warnings.filter(({ acknowledged }) => acknowledged === false).length;
  return n > 0 ? <span className="over">{t('count.waiting', { n })}</span> : t('count.done');
}
