import { Button, Empty, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type HoldsBy,
  type ShownRuns,
  type SimulatedHoldsAnswer,
  useSimulatedHolds,
} from '../api/simulations.ts';
import { Scroll } from '../frame/scroll.tsx';
import { Answer } from '../frame/states.tsx';
import { useShownSeason } from '../words/season.tsx';
import { PolicyName } from './scores.tsx';

const WAYS: readonly HoldsBy[] = ['service', 'origin'];

/** Who waits how long at the shippers, under each policy. */
export function SimulatedHolds({ shown }: { shown: ShownRuns }) {
  const { t } = useTranslation('simulate');
  const [by, setBy] = useState<HoldsBy>('service');
  const query = useSimulatedHolds(shown, by);
  return (
    <section className="card" aria-labelledby="simulated-holds">
      <h2 id="simulated-holds">{t('holds.title')}</h2>
      <div className="tools">
        <Segmented
          aria-label={t('holds.title')}
          value={by}
          onChange={setBy}
          options={WAYS.map((value) => ({ value, label: t(`holds.${value}`) }))}
        />
      </div>
      <Answer query={query}>
        {({ groups }) =>
          groups.length === 0 ? (
            <Empty description={t('holds.none')} image={Empty.PRESENTED_IMAGE_SIMPLE} />
          ) : (
            <HoldsTable key={by} by={by} groups={groups} />
          )
        }
      </Answer>
      <p className="note">{t('holds.text')}</p>
    </section>
  );
}

const FIRST_ROWS = 10;

function HoldsTable({ by, groups }: SimulatedHoldsAnswer & { by: HoldsBy }) {
  const { t } = useTranslation('simulate');
  const { format, place, service } = useShownSeason();
  const [all, setAll] = useState(false);
  const name = by === 'service' ? service : place;
  const hours = (value: number | null) => (value === null ? '–' : format.decimal(value));
  const sorted = groups.toSorted((a, b) => longest(b) - longest(a));
  return (
    <Scroll label={t('holds.title')}>
      <table className="table holds-table">
        <thead>
          <tr>
            <th scope="col">{t('holds.group')}</th>
            {groups[0].policies.map(({ policy }) => (
              <th key={policy} scope="col">
                <PolicyName policy={policy} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {(all ? sorted : sorted.slice(0, FIRST_ROWS)).map(({ key, policies }) => (
            <tr key={key}>
              <th scope="row">{name(key)}</th>
              {policies.map(({ policy, meanHours, p95Hours }) => (
                <td key={policy}>
                  {hours(meanHours)} <small className="inline">({hours(p95Hours)})</small>
                </td>
              ))}
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

function longest({ policies }: SimulatedHoldsAnswer['groups'][number]): number {
  return Math.max(...policies.map(({ meanHours }) => meanHours ?? 0));
}
