import { Button, Empty, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HoldsAnswer, HoldsQuery } from '../../../src/edge/http/schema.ts';
import { useHolds } from '../api/queries.ts';
import { Scroll } from '../frame/scroll.tsx';
import { Answer } from '../frame/states.tsx';
import { useShownSeason } from '../words/season.tsx';
import { useShownPlan } from './shown-plan.tsx';

type By = HoldsQuery['by'];
const WAYS: readonly By[] = ['origin', 'destination', 'shipper', 'service'];

/** Who waits how long: holds by group, and how equally they fall. */
export function Holds() {
  const { t } = useTranslation('plan');
  const { format } = useShownSeason();
  const { inequality } = useShownPlan();
  const [by, setBy] = useState<By>('origin');
  const query = useHolds(by);
  return (
    <section className="card" aria-labelledby="holds">
      <h2 id="holds">{t('holds.title')}</h2>
      <div className="tools">
        <Segmented
          aria-label={t('holds.title')}
          value={by}
          onChange={setBy}
          options={WAYS.map((value) => ({ value, label: t(`holds.${value}`) }))}
        />
      </div>
      <Answer query={query}>{(answer) => <HoldsTable key={by} by={by} {...answer} />}</Answer>
      <p className="note">
        {t('holds.inequality', {
          shipper: format.decimal(inequality.shipper, 2),
          origin: format.decimal(inequality.origin, 2),
        })}
      </p>
    </section>
  );
}

/** Rows shown at first: as many as fit beside the rest of the page. */
const FIRST_ROWS = 10;

function HoldsTable({ by, groups }: HoldsAnswer & { by: By }) {
  const { t } = useTranslation('plan');
  const { format, place, service } = useShownSeason();
  const [all, setAll] = useState(false);
  if (groups.length === 0) {
    return <Empty description={t('holds.none')} image={Empty.PRESENTED_IMAGE_SIMPLE} />;
  }
  const sorted = groups.toSorted((a, b) => b.figures.meanHours - a.figures.meanHours);
  const shown = all ? sorted : sorted.slice(0, FIRST_ROWS);
  const longest = Math.max(...groups.map(({ figures }) => figures.p95Hours), 1e-9);
  const names = { shipper: (id: string) => id, destination: place, origin: place, service };
  const name = names[by];
  return (
    <Scroll label={t('holds.title')}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('holds.column.group')}</th>
            <th scope="col">{t('holds.column.ready')}</th>
            <th scope="col">{t('holds.column.held')}</th>
            <th scope="col">{t('holds.column.carried')}</th>
            <th scope="col">{t('holds.column.mean')}</th>
            <th scope="col">{t('holds.column.p95')}</th>
            <th aria-hidden="true" className="range-column" />
          </tr>
        </thead>
        <tbody>
          {shown.map(({ key, figures }) => (
            <tr key={key}>
              <th scope="row">{name(key)}</th>
              <td title={format.exact(figures.ready)}>{format.count(figures.ready)}</td>
              <td>{format.percent(figures.held / Math.max(1, figures.ready))}</td>
              <td title={format.exact(figures.carried)}>{format.count(figures.carried)}</td>
              <td>{format.decimal(figures.meanHours)}</td>
              <td>{format.decimal(figures.p95Hours)}</td>
              <td aria-hidden="true" className="range-column">
                <Range mean={figures.meanHours / longest} p95={figures.p95Hours / longest} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {!all && groups.length > FIRST_ROWS && (
        <Button type="link" onClick={() => setAll(true)}>
          {t('holds.all', { n: groups.length })}
        </Button>
      )}
    </Scroll>
  );
}

/** Mean and 95th percentile on one scale: a bar within a bar. */
function Range({ mean, p95 }: { mean: number; p95: number }) {
  return (
    <div className="range">
      <i style={{ width: `${100 * p95}%` }} />
      <b style={{ width: `${100 * mean}%` }} />
    </div>
  );
}
