import { Button, Empty } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlanComparison } from '../../../src/client/api.ts';
import { useComparison } from '../api/plans.ts';
import { Chart } from '../chart/chart.tsx';
import { usePalette } from '../chart/palette.ts';
import { useAddress } from '../frame/address.ts';
import { type Column, DataTable } from '../frame/data-table.tsx';
import { Answer } from '../frame/states.tsx';
import { useShownSeason } from '../words/season.tsx';
import { type HeatRows, heatHeight, heatOption } from './heat-option.ts';
import { useShownPlan } from './shown-plan.tsx';

/** The version on show beside the one that the address names, if it names one. */
export function Comparison() {
  const [text, compare] = useAddress('compare');
  const { version, part } = useShownPlan();
  const other = /^[1-9]\d{0,8}$/.test(text ?? '') ? Number(text) : undefined;
  if (other === undefined || part === 'own') return null;
  return <Compared a={version.version} b={other} leave={() => compare()} />;
}

function Compared({ a, b, leave }: { a: number; b: number; leave: () => void }) {
  const { t } = useTranslation('plan');
  const query = useComparison(a, b);
  return (
    <section className="card" aria-labelledby="comparison">
      <div className="card-head">
        <h2 id="comparison">{t('compare.title', { a, b })}</h2>
        <Button onClick={leave}>{t('compare.leave')}</Button>
      </div>
      <Answer query={query}>
        {(answer) => (
          <>
            <Figures answer={answer} />
            <Differences answer={answer} />
            <Groups answer={answer} />
          </>
        )}
      </Answer>
    </section>
  );
}

function sign(x: number): string {
  return x > 0 ? '+' : '';
}

interface FigureRow {
  readonly name: string;
  readonly a: number;
  readonly b: number;
  readonly show: (x: number) => string;
}

function Figures({ answer: { a, b } }: { answer: PlanComparison }) {
  const { t } = useTranslation('plan');
  const { format } = useShownSeason();
  const { count, decimal, percent } = format;
  const row = (
    name: string,
    of: (side: PlanComparison['a']) => number | undefined,
    show: FigureRow['show'],
  ): FigureRow[] => {
    const [x, y] = [of(a), of(b)];
    return x === undefined || y === undefined ? [] : [{ name, a: x, b: y, show }];
  };
  const rows = [
    ...row(t('certificate.z'), ({ certificate }) => certificate.objective, count),
    ...row(
      t('versions.gap'),
      ({ certificate }) => certificate.gap,
      (x) => percent(x, 3),
    ),
    ...row(t('compare.released'), ({ holds }) => holds.released, count),
    ...row(t('compare.held'), ({ holds }) => holds.held, count),
    ...row(t('compare.carried'), ({ holds }) => holds.carried, count),
    ...row(
      t('compare.mean'),
      ({ holds }) => holds.meanHours,
      (x) => decimal(x, 2),
    ),
    ...row(
      t('compare.p95'),
      ({ holds }) => holds.p95Hours,
      (x) => decimal(x, 1),
    ),
    ...row(t('compare.overload'), ({ overload }) => overload.resourceSlots, count),
    ...row(
      t('compare.peak'),
      ({ overload }) => overload.peakRatio,
      (x) => percent(x, 1),
    ),
  ];
  const columns: Column<FigureRow>[] = [
    { key: 'name', title: t('compare.figure'), value: ({ name }) => name },
    ...(['a', 'b'] as const).map((side) => ({
      key: side,
      title: t('versions.number', { version: (side === 'a' ? a : b).version.version }),
      value: (each: FigureRow) => each[side],
      show: (each: FigureRow) => each.show(each[side]),
    })),
    {
      key: 'difference',
      title: t('compare.difference'),
      value: (each) => each.b - each.a,
      show: (each) => `${sign(each.b - each.a)}${each.show(each.b - each.a)}`,
    },
  ];
  return (
    <DataTable label={t('compare.figures')} columns={columns} rows={rows} rowKey={(r) => r.name} />
  );
}

/** Rows shown: those that differ most. */
const ROWS_MOST = 25;

/** Hubs × slots that take more, or less, in the second than in the first. */
function Differences({ answer: { loads, resources } }: { answer: PlanComparison }) {
  const { t } = useTranslation('plan');
  const season = useShownSeason();
  const palette = usePalette();
  const rows = useMemo((): HeatRows => {
    const size = (values: readonly number[]) => values.reduce((sum, x) => sum + Math.abs(x), 0);
    const most = loads
      .toSorted((a, b) => size(b.difference) - size(a.difference))
      .slice(0, ROWS_MOST);
    const largest = Math.max(1, ...most.flatMap(({ difference }) => difference.map(Math.abs)));
    const { format } = season;
    const [less, more] = [palette.steps[1], palette.steps[2]];
    return {
      names: most.map(({ resource }) => season.resource(resource)),
      values: most.map(({ difference }) => difference.map((x) => x / largest)),
      tell: (r, s) => {
        const x = most[r].difference[s] ?? 0;
        return `${x > 0 ? '+' : ''}${format.count(x)} ${t('unit.parcels')}`;
      },
      pieces: [
        { lte: -0.2, color: less },
        { gt: -0.2, lte: -1e-9, color: palette.steps[0] },
        { gt: -1e-9, lte: 1e-9, color: palette.land },
        { gt: 1e-9, lte: 0.2, color: `${more}99` },
        { gt: 0.2, color: more },
      ],
    };
  }, [loads, season, palette, t]);
  const option = useMemo(() => heatOption(rows, season.format, palette), [rows, season, palette]);
  const told = t('compare.loads.text', { n: loads.length, of: resources });
  return (
    <>
      <h3>{t('compare.loads')}</h3>
      <p className="note">{told}</p>
      {loads.length === 0 ? (
        <Empty description={t('compare.same')} image={Empty.PRESENTED_IMAGE_SIMPLE} />
      ) : (
        <Chart option={option} label={told} height={heatHeight(rows.names.length)} />
      )}
    </>
  );
}

type Group = PlanComparison['shippers'][number];

function Groups({ answer }: { answer: PlanComparison }) {
  const { t } = useTranslation('plan');
  const { format, place } = useShownSeason();
  const { version: a } = answer.a.version;
  const { version: b } = answer.b.version;
  const of = (version: number, what: string) => `${t('versions.number', { version })} · ${what}`;
  const columns = (title: string, name: (key: string) => string): Column<Group>[] => [
    { key: 'group', title, value: ({ key }) => name(key) },
    ...(['a', 'b'] as const).map((side) => ({
      key: `mean-${side}`,
      title: of(side === 'a' ? a : b, t('holds.column.mean')),
      value: (group: Group) => group[side].meanHours,
      show: (group: Group) => format.decimal(group[side].meanHours, 2),
    })),
    ...(['a', 'b'] as const).map((side) => ({
      key: `carried-${side}`,
      title: of(side === 'a' ? a : b, t('holds.column.carried')),
      value: (group: Group) => group[side].carried,
      show: (group: Group) => format.count(group[side].carried),
    })),
  ];
  return (
    <div className="half-and-half">
      <div>
        <h3>{t('holds.shipper')}</h3>
        <DataTable
          label={t('compare.shippers')}
          columns={columns(t('compare.shipper'), (key) => key)}
          rows={answer.shippers}
          rowKey={({ key }) => key}
          first={8}
        />
      </div>
      <div>
        <h3>{t('holds.origin')}</h3>
        <DataTable
          label={t('compare.origins')}
          columns={columns(t('compare.origin'), place)}
          rows={answer.origins}
          rowKey={({ key }) => key}
          first={8}
        />
      </div>
    </div>
  );
}
