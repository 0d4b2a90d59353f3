import { Button, Empty, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CostlyHold } from '../../../src/edge/http/schema.ts';
import { useCostlyHolds } from '../api/queries.ts';
import { useAddress } from '../frame/address.ts';
import { Scroll } from '../frame/scroll.tsx';
import { Answer } from '../frame/states.tsx';
import { useShownSeason } from '../words/season.tsx';
import { HOLD_LISTS, type HoldList, useHoldList } from './choices.ts';
import { cohortText } from './cohort.ts';
import { Explanation } from './explanation.tsx';

/** The dearest holds, those carried over apart, and why the chosen one is held. */
export function CostlyHolds() {
  const { t } = useTranslation('plan');
  const query = useCostlyHolds();
  const nothingHeld = query.data?.held.length === 0 && query.data.carried.length > 0;
  const [list, show] = useHoldList(nothingHeld ? 'carried' : 'held');
  const [asked, choose] = useAddress('hold');
  const first = query.data?.[list][0]?.cohort;
  const chosen = asked ?? (first && cohortText(first));
  return (
    <div className="half-and-half">
      <section className="card" aria-labelledby="costly">
        <h2 id="costly">{t('costly.title')}</h2>
        <div className="tools">
          <Segmented
            aria-label={t('costly.title')}
            value={list}
            onChange={(next) => {
              show(next);
              choose(undefined);
            }}
            options={HOLD_LISTS.map((value) => ({ value, label: t(`costly.${value}`) }))}
          />
        </div>
        <p className="note">{t(`costly.${list}.text`)}</p>
        <Answer query={query}>
          {(answer) => (
            <CostlyTable key={list} holds={answer[list]} {...{ list, chosen, choose }} />
          )}
        </Answer>
      </section>
      <Explanation cohort={chosen} />
    </div>
  );
}

const FIRST_ROWS = 10;

interface Choice {
  readonly list: HoldList;
  readonly chosen: string | undefined;
  readonly choose: (cohort: string) => void;
}

function CostlyTable({ holds, ...choice }: { holds: readonly CostlyHold[] } & Choice) {
  const { t } = useTranslation('plan');
  const [rows, setRows] = useState(FIRST_ROWS);
  const rest = holds.length - rows;
  if (holds.length === 0) {
    return (
      <Empty description={t(`costly.${choice.list}.none`)} image={Empty.PRESENTED_IMAGE_SIMPLE} />
    );
  }
  return (
    <Scroll label={t('costly.title')}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('costly.column.flow')}</th>
            <th scope="col">{t('costly.column.parcels')}</th>
            {choice.list === 'held' ? (
              <>
                <th scope="col">{t('costly.column.held')}</th>
                <th scope="col">{t('costly.column.mean')}</th>
              </>
            ) : (
              <th scope="col">{t('costly.column.carried')}</th>
            )}
            <th scope="col">{t('costly.column.cost')}</th>
          </tr>
        </thead>
        <tbody>
          {holds.slice(0, rows).map((hold) => (
            <CostlyRow key={cohortText(hold.cohort)} hold={hold} {...choice} />
          ))}
        </tbody>
      </table>
      {rest > 0 && (
        <Button type="link" onClick={() => setRows(holds.length)}>
          {t('costly.more', { n: rest })}
        </Button>
      )}
    </Scroll>
  );
}

function CostlyRow({ hold, list, chosen, choose }: { hold: CostlyHold } & Choice) {
  const { t } = useTranslation('plan');
  const { format, place, operator, service } = useShownSeason();
  const { cohort } = hold;
  const text = cohortText(cohort);
  const flow = `${place(cohort.origin)} → ${place(cohort.destination)}`;
  return (
    <tr className={text === chosen ? 'chosen' : undefined} onClick={() => choose(text)}>
      <th scope="row">
        <button
          type="button"
          className="row-button"
          aria-pressed={text === chosen}
          aria-label={t('costly.choose', { flow })}
          onClick={() => choose(text)}
        >
          {flow}
        </button>
        <small>
          {operator(cohort.operator)} · {service(cohort.service)} ·{' '}
          {t('costly.ready', { time: format.slotTime(cohort.slot) })}
        </small>
      </th>
      <td title={format.exact(hold.ready)}>{format.count(hold.ready)}</td>
      {list === 'held' ? (
        <>
          <td title={format.exact(hold.held)}>{format.count(hold.held)}</td>
          <td>{format.decimal(hold.meanHours)}</td>
        </>
      ) : (
        <td title={format.exact(hold.carried)}>{format.count(hold.carried)}</td>
      )}
      <td title={format.exact(hold.cost)}>{format.count(hold.cost)}</td>
    </tr>
  );
}
