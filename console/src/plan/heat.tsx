import { Segmented } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlanMap, PlannedResource } from '../../../src/client/api.ts';
import { Chart } from '../chart/chart.tsx';
import { usePalette } from '../chart/palette.ts';
import { useAddress } from '../frame/address.ts';
import { useShownSeason } from '../words/season.tsx';
import { type HeatRows, heatHeight, heatOption, rowOf } from './heat-option.ts';
import { Legend } from './legend.tsx';

/** Rows shown: as many as fit a screen; the fullest. */
const ROWS_MOST = 30;
/** Upper ends of the steps of load over capacity; beyond the last it is too much. */
const ENDS = [0, 0.7, 0.9, 1] as const;
/** Load where there is no capacity. */
const CLOSED = 1e6;

interface HeatProps {
  readonly map: PlanMap;
  readonly resources: readonly PlannedResource[];
}

/** Hubs × slots: how full each is, at once or as planned; a click shows the hub. */
export function Heat({ map, resources }: HeatProps) {
  const { t } = useTranslation('plan');
  const season = useShownSeason();
  const palette = usePalette();
  const [asked, setLoads] = useAddress('heat');
  const [operator] = useAddress('operator');
  const [, choose] = useAddress('resource');
  const loads = asked === 'atOnce' ? 'atOnce' : 'planned';
  const fullest = useMemo(
    () =>
      resources
        .filter((each) => operator === undefined || each.operator === operator)
        .toSorted((a, b) => b.peakAtOnce - a.peakAtOnce)
        .slice(0, ROWS_MOST)
        .map((resource) => ({ resource, row: map.ids.indexOf(resource.id) }))
        .filter(({ row }) => row >= 0),
    [resources, operator, map],
  );
  const rows = useMemo((): HeatRows => {
    const { format } = season;
    const cell = (r: number, s: number) => {
      const { row } = fullest[r];
      return { load: map[loads][row][s] ?? 0, capacity: map.capacity[row][s] ?? 0 };
    };
    const ratio = (r: number, s: number) => {
      const { load, capacity } = cell(r, s);
      return capacity > 0 ? load / capacity : load > 0 ? CLOSED : 0;
    };
    const colours = [palette.land, ...palette.steps];
    return {
      names: fullest.map(({ resource }) => season.resource(resource)),
      values: fullest.map(({ row }, r) => map.capacity[row].map((_, s) => ratio(r, s))),
      tell: (r, s) => {
        const { load, capacity } = cell(r, s);
        return `${format.count(load)} / ${format.count(capacity)}`;
      },
      pieces: [
        ...ENDS.map((lte, i) => ({
          ...(i > 0 && { gt: ENDS[i - 1] }),
          lte,
          color: colours[i],
        })),
        { gt: 1, color: colours[ENDS.length] },
      ],
    };
  }, [fullest, map, loads, season, palette]);
  const option = useMemo(() => heatOption(rows, season.format, palette), [rows, season, palette]);
  if (fullest.length === 0) return null;
  const label = t('heat.label', { what: t(`map.${loads}`), n: fullest.length });
  return (
    <section className="card" aria-labelledby="heat">
      <h2 id="heat">{t('heat.title')}</h2>
      <div className="tools">
        <Segmented
          aria-label={t('heat.title')}
          value={loads}
          onChange={(next) => setLoads(next === 'planned' ? undefined : next)}
          options={[
            { value: 'planned', label: t('map.planned') },
            { value: 'atOnce', label: t('map.atOnce') },
          ]}
        />
      </div>
      <Chart
        option={option}
        label={label}
        height={heatHeight(fullest.length)}
        onChoose={(index) => choose(fullest[rowOf(index, rows)]?.resource.id)}
      />
      <Legend sized={false} />
    </section>
  );
}
