import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CostlyHold } from '../../../src/client/api.ts';
import { useAddress } from '../frame/address.ts';
import { type Column, DataTable } from '../frame/data-table.tsx';
import { Answer } from '../frame/states.tsx';
import { useShownSeason } from '../words/season.tsx';
import { HOLD_LISTS, type HoldList, useHoldList } from './choices.ts';
import { cohortText } from './cohort.ts';
import { Explanation } from './explanation.tsx';
import { useCostlyHolds } from './shown-plan.tsx';

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

function CostlyTable({ holds, list, chosen, choose }: { holds: readonly CostlyHold[] } & Choice) {
  const { t } = useTranslation('plan');
  const { format, place, operator, service } = useShownSeason();
  const flow = ({ cohort }: CostlyHold) => `${place(cohort.origin)} → ${place(cohort.destination)}`;
  const about = ({ cohort }: CostlyHold) =>
    [
      operator(cohort.operator),
      service(cohort.service),
      t('costly.ready', { time: format.slotTime(cohort.slot) }),
    ].join(' · ');
  const figure = (
    key: string,
    title: string,
    value: (hold: CostlyHold) => number,
    show = format.count,
  ): Column<CostlyHold> => ({ key, title, value, show: (hold) => show(value(hold)) });
  const held = [
    figure('held', t('costly.column.held'), (hold) => hold.held),
    figure('mean', t('costly.column.mean'), (hold) => hold.meanHours, format.decimal),
  ];
  const carried = [figure('carried', t('costly.column.carried'), (hold) => hold.carried)];
  const columns: Column<CostlyHold>[] = [
    {
      key: 'flow',
      title: t('costly.column.flow'),
      value: (hold) => `${flow(hold)} · ${about(hold)}`,
      show: (hold) => (
        <>
          <span className="hidden-word">{t('costly.choose', { flow: '' })}</span>
          {flow(hold)} <small>{about(hold)}</small>
        </>
      ),
    },
    figure('parcels', t('costly.column.parcels'), (hold) => hold.ready),
    ...(list === 'held' ? held : carried),
    figure('cost', t('costly.column.cost'), (hold) => hold.cost),
  ];
  return (
    <DataTable
      label={`${t('costly.title')} ${t(`costly.${list}`)}`}
      columns={columns}
      rows={holds}
      rowKey={({ cohort }) => cohortText(cohort)}
      first={FIRST_ROWS}
      none={t(`costly.${list}.none`)}
      onChoose={({ cohort }) => choose(cohortText(cohort))}
      chosen={chosen}
    />
  );
}
