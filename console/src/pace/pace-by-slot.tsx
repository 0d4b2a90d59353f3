import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Acceptance } from '../../../src/client/api.ts';
import { useAcceptance } from '../api/pace.ts';
import { Chart } from '../chart/chart.tsx';
import { usePalette } from '../chart/palette.ts';
import { useAddress } from '../frame/address.ts';
import { Answer } from '../frame/states.tsx';
import { useShownSeason } from '../words/season.tsx';
import { ShowAll } from './acceptance-view.tsx';
import { useWindow } from './choices.ts';
import { paceColours, paceOption } from './pace-option.ts';

const HEIGHT = '300px';

/** What is chosen of origins and destinations, with its name. */
export function useChosenPair() {
  const { t } = useTranslation('pace');
  const { place } = useShownSeason();
  const [origin, setOrigin] = useAddress('origin');
  const [destination, setDestination] = useAddress('destination');
  const choose = (from?: string, to?: string) => {
    setOrigin(from);
    setDestination(to);
  };
  const from = origin === undefined ? '' : place(origin);
  const to = destination === undefined ? '' : ` → ${place(destination)}`;
  return { origin, destination, choose, name: `${from}${to}` || t('pace.all') };
}

/** Slot by slot: all that is seen, or the origin or pair chosen. */
export function PaceBySlot({ whole }: { whole: Acceptance }) {
  const { t } = useTranslation('pace');
  const { origin, destination, choose, name } = useChosenPair();
  return (
    <section className="card" aria-label={t('pace.title', { what: name })}>
      <h2>{t('pace.title', { what: name })}</h2>
      {origin === undefined ? (
        <PaceChart acceptance={whole} name={name} />
      ) : (
        <>
          <div className="tools">
            <ShowAll onClick={() => choose()} />
          </div>
          <PaceOfPair origin={origin} destination={destination} name={name} />
        </>
      )}
    </section>
  );
}

function PaceOfPair(props: { origin: string; destination: string | undefined; name: string }) {
  const { origin, destination, name } = props;
  const { t } = useTranslation('pace');
  const { from, until } = useWindow();
  const [operator] = useAddress('operator');
  const query = useAcceptance({
    from,
    until,
    origin,
    ...(destination !== undefined && { destination }),
    ...(operator !== undefined && { operator }),
  });
  return (
    <Answer query={query}>
      {(acceptance) => (
        <>
          <PaceChart acceptance={acceptance} name={name} />
          {destination !== undefined && <p className="note">{t('pace.noScans')}</p>}
        </>
      )}
    </Answer>
  );
}

function PaceChart({ acceptance, name }: { acceptance: Acceptance; name: string }) {
  const { t } = useTranslation('pace');
  const { format } = useShownSeason();
  const palette = usePalette();
  const { pace, slots } = acceptance;
  const option = useMemo(() => {
    const words = {
      planned: t('planned'),
      ticketed: t('ticketed'),
      accepted: t('accepted'),
      axis: t('pace.axis'),
      now: t('now'),
    };
    return paceOption(pace, slots.now, words, format, palette);
  }, [pace, slots.now, t, format, palette]);
  const soFar = (values: readonly number[]) =>
    values.slice(0, slots.now + 1).reduce((all, n) => all + n, 0);
  const label = t('pace.label', {
    what: name,
    planned: format.count(soFar(pace.planned)),
    accepted: pace.accepted ? format.count(soFar(pace.accepted)) : t('unknown'),
  });
  return (
    <>
      <Legend hasScans={pace.accepted !== null} />
      <Chart option={option} label={label} height={HEIGHT} />
      <p className="note">{label}</p>
    </>
  );
}

function Legend({ hasScans }: { hasScans: boolean }) {
  const { t } = useTranslation('pace');
  const colours = paceColours(usePalette());
  return (
    <div className="legend">
      <span className="legend-step">
        <i className="rule" style={{ borderTop: `3px solid ${colours.planned}` }} />
        {t('planned')}
      </span>
      <span className="legend-step">
        <i className="box" style={{ background: colours.ticketed }} />
        {t('ticketed')}
      </span>
      {hasScans && (
        <span className="legend-step">
          <i className="rule" style={{ borderTop: `3px solid ${colours.accepted}` }} />
          {t('accepted')}
        </span>
      )}
    </div>
  );
}
