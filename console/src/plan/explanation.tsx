import { Empty } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cohort, Explanation as ExplanationAnswer } from '../../../src/client/api.ts';
import { Chart } from '../chart/chart.tsx';
import { usePalette } from '../chart/palette.ts';
import { Answer } from '../frame/states.tsx';
import { useShownSeason } from '../words/season.tsx';
import { BindingTable } from './binding-table.tsx';
import { parseCohort } from './cohort.ts';
import { CostTable } from './cost-table.tsx';
import { costParts, explanationOption } from './explanation-option.ts';
import { chosenSlots, meanTotal, pricesOf } from './explanation-parts.ts';
import { useExplanation } from './shown-plan.tsx';

/** Why the chosen cohort is held: words, the resources that bind, and each slot's cost. */
export function Explanation({ cohort: text }: { cohort: string | undefined }) {
  const { t } = useTranslation('plan');
  const cohort = useMemo(() => parseCohort(text), [text]);
  return (
    <section className="card" aria-labelledby="explain" aria-live="polite">
      <h2 id="explain">{t('explain.title')}</h2>
      {cohort ? (
        <Explained cohort={cohort} />
      ) : (
        <Empty description={t('explain.none')} image={Empty.PRESENTED_IMAGE_SIMPLE} />
      )}
    </section>
  );
}

function Explained({ cohort }: { cohort: Cohort }) {
  const query = useExplanation(cohort);
  return (
    <Answer query={query}>
      {(answer) => (
        <>
          <Told answer={answer} />
          {answer.slots.length > 0 && (
            <>
              <BindingTable answer={answer} />
              <CostChart answer={answer} />
              <CostTable answer={answer} />
            </>
          )}
        </>
      )}
    </Answer>
  );
}

function Told({ answer }: { answer: ExplanationAnswer }) {
  const { t } = useTranslation('plan');
  const { format, operator, place, service, scenario } = useShownSeason();
  const { cohort } = answer;
  const hours = (slot: number) =>
    format.decimal(((slot - cohort.slot) * scenario.slotMinutes) / 60);
  return (
    <>
      <p className="told">
        {t('explain.cohort', {
          operator: operator(cohort.operator),
          service: service(cohort.service),
          parcels: format.exact(answer.ready),
          origin: place(cohort.origin),
          destination: place(cohort.destination),
          time: format.slotTime(cohort.slot),
        })}
      </p>
      <ul className="told">
        {chosenSlots(answer).map(({ slot, parcels, total }) => (
          <li key={slot}>
            {t(slot === null ? 'explain.carried' : 'explain.released', {
              parcels: format.exact(parcels),
              time: format.slotTime(slot ?? scenario.slots),
              hours: hours(slot ?? scenario.slots),
              cost: format.decimal(total, 2),
            })}
          </li>
        ))}
      </ul>
      <p className="told">
        <Why answer={answer} />
      </p>
    </>
  );
}

/** Costs closer than this read the same. */
const SAME = 0.005;

/** What going in the first possible slot would cost, against what the plan does. */
function Why({ answer }: { answer: ExplanationAnswer }) {
  const { t } = useTranslation('plan');
  const { format } = useShownSeason();
  const [first] = answer.slots;
  if (first === undefined) return t('explain.noRoute');
  const more = first.total - meanTotal(answer);
  const cost = (size: number) => format.decimal(size, 2);
  const figures = {
    time: format.slotTime(first.slot ?? 0),
    cost: cost(first.total),
    prices: cost(pricesOf(first)),
    mean: cost(meanTotal(answer)),
    more: cost(Math.abs(more)),
  };
  if (chosenSlots(answer).every(({ slot }) => slot === first.slot)) return t('explain.atOnce');
  if (Math.abs(more) < SAME) return t('explain.same', figures);
  return t(more > 0 ? 'explain.dearer' : 'explain.notDearer', figures);
}

const COST_HEIGHT = '260px';

function CostChart({ answer }: { answer: ExplanationAnswer }) {
  const { t } = useTranslation('plan');
  const season = useShownSeason();
  const palette = usePalette();
  const parts = useMemo(() => {
    const words = {
      holding: t('explain.holding'),
      penalty: t('cost.penalty'),
      detour: t('explain.detour'),
      others: t('explain.others'),
    };
    return costParts(answer, words, season, palette);
  }, [answer, t, season, palette]);
  const option = useMemo(() => {
    const words = {
      chosen: t('explain.chosen'),
      carried: t('cost.carry'),
      axis: t('explain.axis'),
    };
    return explanationOption(answer, parts, words, season, palette);
  }, [answer, parts, t, season, palette]);
  return (
    <>
      <h3>{t('explain.chart')}</h3>
      <div className="legend">
        {parts.map(({ name, color }) => (
          <span key={name} className="legend-step">
            <i className="box" style={{ background: color }} />
            {name}
          </span>
        ))}
        <span className="legend-step">
          <i className="mark">▼</i>
          {t('explain.chosen')}
        </span>
      </div>
      <Chart option={option} label={t('explain.chart')} height={COST_HEIGHT} />
    </>
  );
}
