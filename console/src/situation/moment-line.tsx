import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { type LiveNetwork, seasonNow, useHeard } from '../api/live-network.ts';
import { Age } from '../words/age.tsx';
import { useEachSecond } from '../words/each-second.ts';
import { useShownSeason } from '../words/season.tsx';

/** Older than this, tracking does not keep up: a picture comes every second, ms. */
const OLD_MS = 5000;

/** When the picture is from, how old it is, and whether the server still tells. */
export function MomentLine({ network }: { network: LiveNetwork }) {
  const { t } = useTranslation('situation');
  const { format } = useShownSeason();
  const heard = useHeard(network);
  useEachSecond();
  const isThere = heard.version > 0;
  const ageMs = isThere ? seasonNow(heard) - heard.at : 0;
  const told = isThere ? (ageMs > OLD_MS ? 'old' : 'live') : 'connecting';
  const state = heard.isLost ? 'lost' : told;
  return (
    <p className="moment">
      <strong role="status" className={`moment-${state}`}>
        {t(`state.${state}`)}
      </strong>
      {isThere && (
        <span>
          {t('asOf', { time: format.moment(new Date(heard.at).toISOString()) })} ·{' '}
          <Age ms={ageMs} />
        </span>
      )}
    </p>
  );
}

/** Said where the server tells nothing any more. */
export function Lost({ network }: { network: LiveNetwork }) {
  const { t } = useTranslation('situation');
  const { format } = useShownSeason();
  const { isLost, version, at } = useHeard(network);
  if (!isLost) return null;
  const time = version > 0 ? format.moment(new Date(at).toISOString()) : undefined;
  return (
    <Alert
      className="lost"
      type="error"
      showIcon
      title={t('lost')}
      description={time === undefined ? t('lost.nothing') : t('lost.text', { time })}
    />
  );
}
