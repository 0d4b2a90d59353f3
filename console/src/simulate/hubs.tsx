import { Empty } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CurvesAnswer, HubsAnswer } from '../api/simulations.ts';
import { type ShownRuns, useHubs } from '../api/simulations.ts';
import { Chart } from '../chart/chart.tsx';
import { usePalette } from '../chart/palette.ts';
import { Answer } from '../frame/states.tsx';
import { useShownSeason } from '../words/season.tsx';
import { useHubChoice } from './choices.ts';
import { FILL_ENDS, fillColours, heatOption, rowHub } from './heat-option.ts';
import { Hub } from './hub.tsx';
import { PolicyName } from './scores.tsx';

interface HubsProps {
  readonly shown: ShownRuns;
  readonly curves: CurvesAnswer;
  /** Slots shown. */
  readonly slots: number;
}

/** How full hubs are over time, a heat map for each policy, and one hub in full. */
export function Hubs({ shown, curves, slots }: HubsProps) {
  const { t } = useTranslation('simulate');
  const first = useHubs(shown, curves.policies[0].policy);
  return (
    <>
      <section className="card" aria-labelledby="hubs">
        <h2 id="hubs">{t('hubs.title')}</h2>
        <p className="note">{t('hubs.text')}</p>
        <Legend />
        <Answer query={first}>
          {({ hubs, full }) =>
            full.length === 0 ? (
              <Empty description={t('hubs.empty')} image={Empty.PRESENTED_IMAGE_SIMPLE} />
            ) : (
              <>
                <div className="heats">
                  {curves.policies.map((each) => (
                    <Heat key={each.policy} shown={shown} curves={each} slots={slots} />
                  ))}
                </div>
                {full.length < hubs.length && (
                  <p className="note">
                    {t('hubs.shown', { shown: full.length, all: hubs.length })}
                  </p>
                )}
              </>
            )
          }
        </Answer>
      </section>
      <Answer query={first}>
        {({ hubs }) =>
          hubs.length === 0 ? undefined : <Hub shown={shown} hubs={hubs} slots={slots} />
        }
      </Answer>
    </>
  );
}

function Legend() {
  const { t } = useTranslation('simulate');
  const { format } = useShownSeason();
  const colours = fillColours(usePalette());
  return (
    <div className="legend">
      <span>{t('hubs.legend')}</span>
      {FILL_ENDS.map((end, i) => (
        <span key={end} className="legend-step">
          <i className="box" style={{ background: colours[i] }} />≤ {format.percent(end / 100)}
        </span>
      ))}
      <span className="legend-step">
        <i className="box" style={{ background: colours[FILL_ENDS.length] }} />
        {t('hubs.over')}
      </span>
      <span>{t('hubs.important')}</span>
    </div>
  );
}

interface HeatProps {
  readonly shown: ShownRuns;
  readonly curves: CurvesAnswer['policies'][number];
  readonly slots: number;
}

function Heat({ shown, curves, slots }: HeatProps) {
  const { policy } = curves;
  return (
    <figure className="heat">
      <figcaption>
        <PolicyName policy={policy} />
      </figcaption>
      <Answer query={useHubs(shown, policy)}>
        {(answer) => <HeatChart {...{ answer, curves, slots }} />}
      </Answer>
    </figure>
  );
}

const ROW_PX = 16;
const AROUND_PX = 40;

function HeatChart({ answer, curves, slots }: Omit<HeatProps, 'shown'> & { answer: HubsAnswer }) {
  const { t } = useTranslation('simulate');
  const { format, resource } = useShownSeason();
  const palette = usePalette();
  const [, choose] = useHubChoice();
  const { hubs, full } = answer;
  const option = useMemo(() => {
    const words = {
      gridlock: t('hubs.gridlock'),
      gridlocked: (n: number) => t('hubs.gridlocked', { hubs: n }),
      hub: (row: number) => resource(hubs[row].resource),
    };
    return heatOption({ hubs, full, gridlocked: curves.gridlocked, slots }, words, format, palette);
  }, [hubs, full, curves.gridlocked, slots, t, resource, format, palette]);
  const over = hubs.filter(({ overflowSlots }) => overflowSlots > 0);
  const label = t(over.length > 0 ? 'hubs.label' : 'hubs.none', {
    policy: t(`policy.${curves.policy}`),
    over: over.length,
    slots: format.exact(over.reduce((sum, hub) => sum + hub.overflowSlots, 0)),
  });
  return (
    <>
      <p className={over.length > 0 ? 'note over' : 'note calm'}>{label}</p>
      <Chart
        option={option}
        label={label}
        height={`${AROUND_PX + ROW_PX * (full.length + 1)}px`}
        onChoose={(index) => {
          const row = rowHub(index, slots);
          if (row !== undefined) choose(hubs[row].resource.id);
        }}
      />
    </>
  );
}
