import { Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { HubAnswer, HubsAnswer } from '../api/simulations.ts';
import { type ShownRuns, useHub } from '../api/simulations.ts';
import { Chart } from '../chart/chart.tsx';
import { usePalette } from '../chart/palette.ts';
import { Answer } from '../frame/states.tsx';
import { useShownSeason } from '../words/season.tsx';
import { useHubChoice } from './choices.ts';
import { hubOption } from './hub-option.ts';
import { PolicyName } from './scores.tsx';

interface HubProps {
  readonly shown: ShownRuns;
  readonly hubs: HubsAnswer['hubs'];
  /** Slots shown. */
  readonly slots: number;
}

/** One hub under every policy: its stock against its floor, and the vehicles outside. */
export function Hub({ shown, hubs, slots }: HubProps) {
  const { t } = useTranslation('simulate');
  const { resource } = useShownSeason();
  const [asked, choose] = useHubChoice();
  const chosen = hubs.some((hub) => hub.resource.id === asked) ? asked : undefined;
  const id = chosen ?? hubs[0].resource.id;
  const options = useMemo(
    () =>
      hubs.map((hub) => ({
        value: hub.resource.id,
        label: `${hub.important ? '★ ' : ''}${resource(hub.resource)}`,
      })),
    [hubs, resource],
  );
  return (
    <section className="card" aria-labelledby="hub">
      <h2 id="hub">{t('hub.title')}</h2>
      <Select
        className="wide"
        aria-label={t('hub.choose')}
        showSearch={{ optionFilterProp: 'label' }}
        value={id}
        onChange={choose}
        options={options}
      />
      <Answer query={useHub(shown, id)}>{(hub) => <HubChart hub={hub} slots={slots} />}</Answer>
    </section>
  );
}

const HEIGHT = '360px';

function HubChart({ hub, slots }: { hub: HubAnswer; slots: number }) {
  const { t } = useTranslation('simulate');
  const { scenario, format, resource } = useShownSeason();
  const palette = usePalette();
  const option = useMemo(() => {
    const words = {
      floor: t('hub.floor'),
      outside: t('hub.outside'),
      axis: t('hub.axis'),
      axisOutside: t('hub.axisOutside'),
      end: t('curves.end'),
      policy: (policy: HubAnswer['policies'][number]['policy']) => t(`policy.${policy}`),
    };
    return hubOption({ hub, slots, seasonSlots: scenario.slots }, words, format, palette);
  }, [hub, slots, scenario.slots, t, format, palette]);
  return (
    <>
      <div className="legend">
        {hub.policies.map(({ policy }) => (
          <PolicyName key={policy} policy={policy} />
        ))}
        <span className="legend-step">
          <i className="rule" style={{ borderTop: `2px solid ${palette.over}` }} />
          {hub.floor === null ? t('hub.noFloor') : `${t('hub.floor')} ${format.count(hub.floor)}`}
        </span>
      </div>
      <Chart option={option} label={resource(hub.resource)} height={HEIGHT} />
      <ul className="note told">
        {hub.policies.map((each) => (
          <Summary key={each.policy} floor={hub.floor} of={each} />
        ))}
      </ul>
    </>
  );
}

interface SummaryProps {
  readonly floor: number | null;
  readonly of: HubAnswer['policies'][number];
}

function Summary({ floor, of: { policy, stock, outside, overflowSlots } }: SummaryProps) {
  const { t } = useTranslation('simulate');
  const { format } = useShownSeason();
  const summary = {
    policy: t(`policy.${policy}`),
    slots: overflowSlots,
    most: format.count(Math.max(...stock)),
    peak: floor === null ? '?' : format.percent(Math.max(...stock) / floor),
    outside: format.count(Math.max(...outside)),
  };
  return (
    <li className={overflowSlots > 0 ? 'over' : undefined}>
      {t(floor === null ? 'hub.summaryNoFloor' : 'hub.summary', summary)}
    </li>
  );
}
