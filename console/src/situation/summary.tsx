import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useShownSeason } from '../words/season.tsx';
import { useSlotChoice } from './choices.ts';
import type { Moment } from './moment.ts';
import type { Shown } from './shown.ts';
import type { ShownTime } from './time-slider.tsx';
import { countAbove, largest } from './worst.ts';

interface SummaryProps {
  readonly shown: Shown;
  readonly moment: Moment;
  readonly time: ShownTime;
}

/** Which moment the map shows, and how it stands then, in one line. */
export function Summary({ shown, moment, time }: SummaryProps) {
  const { t } = useTranslation('situation');
  const { format } = useShownSeason();
  const [, choose] = useSlotChoice();
  const { basis, fill } = moment;
  const { listed, places } = shown;
  const over = countAbove(fill, listed, 1);
  const important = countAbove(
    fill,
    listed.filter((n) => places[n].important),
    1,
  );
  const [fullest] = largest(fill, listed, 1);
  const when = time.slot === undefined ? '' : format.slotTime(time.slot);
  return (
    <p className="summary">
      <strong className={`basis basis-${basis}`}>{t(`basis.${basis}`, { time: when })}</strong>
      {basis !== 'now' && (
        <Button size="small" type="primary" onClick={() => choose(undefined)}>
          {t('time.back')}
        </Button>
      )}
      <span className={over > 0 ? 'over' : 'calm'}>
        {t(`summary.over.${basis}`, { n: format.exact(over), important: format.exact(important) })}
      </span>
      {fullest !== undefined && (
        <span>{t('summary.fullest', { fill: format.percent(fill[fullest]) })}</span>
      )}
      {basis === 'now' && shown.lanes.length > 0 && (
        <small className="note">{t('summary.lanes')}</small>
      )}
      {time.isLoading && <small className="note">{t('map.loading')}</small>}
    </p>
  );
}
