import { Alert } from 'antd';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { LiveAnswer } from '../../../src/edge/http/live-schema.ts';
import { useNetwork } from '../api/live.ts';
import type { Network } from '../api/live-stream.ts';
import { Loading } from '../frame/states.tsx';
import { Age } from '../words/age.tsx';
import { useShownSeason } from '../words/season.tsx';
import { useSeasonNow } from './age.tsx';
import { useFilter, useHubChoice } from './choices.ts';
import { Hub } from './hub.tsx';
import { Hubs } from './hubs.tsx';
import { filterRows, type HubRow, rowsOf } from './rows.ts';
import { Totals } from './totals.tsx';
import { Warnings } from './warnings.tsx';

/** Older than this, tracking does not keep up: a picture comes every second, ms. */
const OLD_MS = 5000;

/** What is watched, as it stands. */
export function Live({ live }: { live: LiveAnswer }) {
  const network = useNetwork();
  const { seen } = network;
  const now = useSeasonNow(seen);
  const rows = useMemo(() => seen && rowsOf(live, seen), [live, seen]);
  const { resource } = useShownSeason();
  const [filter] = useFilter();
  const found = rows && filterRows(rows, filter, resource);
  const open = useOpenHub(rows, found);
  return (
    <>
      <Moment network={network} now={now} />
      {seen && rows ? <Totals totals={seen.totals} rows={rows} /> : <Loading />}
      <Warnings live={live} now={now} />
      {rows && found && (
        <div className="half-and-half live-hubs">
          <Hubs rows={rows} found={found} open={open?.id} now={now} />
          {open && <Hub key={open.id} row={open} scale={live.scale} now={now} />}
        </div>
      )}
    </>
  );
}

/** The hub that is chosen; until one is, the fullest of those found when it was first looked for: ranks change all the time. */
function useOpenHub(
  rows: readonly HubRow[] | undefined,
  found: readonly HubRow[] | undefined,
): HubRow | undefined {
  const [chosen] = useHubChoice();
  const shown = useRef<string>(undefined);
  const open =
    rows?.find(({ id }) => id === chosen) ??
    found?.find(({ id }) => id === shown.current) ??
    found?.[0];
  shown.current = open?.id;
  return open;
}

interface MomentProps {
  readonly network: Network;
  /** The season's clock. */
  readonly now: number;
}

/** When the picture is from, how old it is, and whether the server still tells. */
function Moment({ network: { seen, isLost }, now }: MomentProps) {
  const { t } = useTranslation('live');
  const { format } = useShownSeason();
  const ageMs = seen ? now - Date.parse(seen.at) : 0;
  const told = seen ? (ageMs > OLD_MS ? 'old' : 'live') : 'connecting';
  const state = isLost ? 'lost' : told;
  const time = seen && format.moment(seen.at);
  return (
    <>
      <p className="moment">
        <strong role="status" className={`moment-${state}`}>
          {t(`state.${state}`)}
        </strong>
        {time !== undefined && (
          <span>
            {t('asOf', { time })} · <Age ms={ageMs} />
          </span>
        )}
      </p>
      {isLost && (
        <Alert
          className="lost"
          type="error"
          showIcon
          title={t('lost')}
          description={time === undefined ? t('lost.nothing') : t('lost.text', { time })}
        />
      )}
    </>
  );
}
