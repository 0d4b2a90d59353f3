import { useTranslation } from 'react-i18next';
import { usePalette } from '../chart/palette.ts';

const STEPS = ['map.step.0', 'map.step.1', 'map.step.2', 'map.step.3'] as const;

/** What the circles' colours and sizes mean. */
export function Legend({ sized = true }: { sized?: boolean }) {
  const { t } = useTranslation('plan');
  const { steps } = usePalette();
  return (
    <div className="legend">
      <span className="legend-name">{t('map.legend')}</span>
      {STEPS.map((words, step) => (
        <span key={words} className="legend-step">
          <i
            className={step === 3 ? 'dot dot-over' : 'dot'}
            style={{ background: steps[step], color: steps[step] }}
          />
          {t(words)}
        </span>
      ))}
      {sized && <span className="legend-size">{t('map.size')}</span>}
    </div>
  );
}
