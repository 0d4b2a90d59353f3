import { useTranslation } from 'react-i18next';
import type { Acceptance } from '../../../src/client/api.ts';
import { type Column, DataTable } from '../frame/data-table.tsx';
import { useShownSeason } from '../words/season.tsx';
import { isAbove, overPlan } from './above.ts';
import { useChosenPair } from './pace-by-slot.tsx';

type Origin = Acceptance['origins'][number];
type Pair = Acceptance['pairs'][number];
type Counted = Pick<Pair, 'operator' | 'planned' | 'ticketed' | 'confirmed'>;

/** Origins, those above plan first. */
export function OriginsTable({ acceptance }: { acceptance: Acceptance }) {
  const { t } = useTranslation('pace');
  const { format, place } = useShownSeason();
  const counted = useCounted<Origin>(acceptance.origins);
  const { origin, destination, choose } = useChosenPair();
  const rows = acceptance.origins.toSorted(
    (a, b) => (overPlan(b) ?? 0) - (overPlan(a) ?? 0) || b.planned - a.planned,
  );
  const isPast = acceptance.slots.until <= acceptance.slots.now + 1;
  const shareOf = (row: Origin) => (isPast ? overPlan(row) : undefined);
  const tellShare = (share: number | undefined) =>
    share === undefined ? t('unknown') : format.percent(share);
  const columns: readonly Column<Origin>[] = [
    { key: 'origin', title: t('origin'), value: (row) => place(row.origin) },
    ...counted,
    {
      key: 'accepted',
      title: t('unit.parcels', { name: t('accepted') }),
      value: (row) => row.accepted ?? undefined,
      show: ({ accepted }) => (accepted === null ? t('unknown') : format.count(accepted)),
    },
    {
      key: 'above',
      title: t('above'),
      value: (row) => percentOf(shareOf(row)),
      show: (row) => (
        <span className={isPast && isAbove(row) ? 'over' : ''}>{tellShare(shareOf(row))}</span>
      ),
    },
  ];
  return (
    <section className="card" aria-label={t('origins.title')}>
      <h2>{t('origins.title')}</h2>
      <DataTable
        label={t('origins.title')}
        columns={columns}
        rows={rows}
        rowKey={(row) => `${row.operator} ${row.origin}`}
        none={t('none.pairs')}
        first={12}
        chosen={
          rows.find((row) => row.origin === origin && destination === undefined) &&
          keyOf(origin, rows)
        }
        onChoose={(row) => choose(row.origin)}
      />
    </section>
  );
}

function keyOf(origin: string | undefined, rows: readonly Origin[]): string | undefined {
  const row = rows.find((each) => each.origin === origin);
  return row && `${row.operator} ${row.origin}`;
}

/** Origins with destinations, the most planned first. */
export function PairsTable({ acceptance }: { acceptance: Acceptance }) {
  const { t } = useTranslation('pace');
  const { format, place } = useShownSeason();
  const counted = useCounted<Pair>(acceptance.pairs);
  const { origin, destination, choose } = useChosenPair();
  const rows = acceptance.pairs.toSorted((a, b) => b.planned - a.planned);
  const share = ({ planned, ticketed }: Pair) => (planned > 0 ? ticketed / planned : undefined);
  const columns: readonly Column<Pair>[] = [
    {
      key: 'pair',
      title: `${t('origin')} → ${t('destination')}`,
      value: (row) => `${place(row.origin)} → ${place(row.destination)}`,
    },
    ...counted,
    {
      key: 'share',
      title: t('share'),
      value: (row) => percentOf(share(row)),
      show: (row) => {
        const value = share(row);
        return value === undefined ? t('unknown') : format.percent(value);
      },
    },
  ];
  const chosen = rows.find((row) => row.origin === origin && row.destination === destination);
  return (
    <section className="card" aria-label={t('pairs.title')}>
      <h2>{t('pairs.title')}</h2>
      <DataTable
        label={t('pairs.title')}
        columns={columns}
        rows={rows}
        rowKey={pairKey}
        none={t('none.pairs')}
        first={12}
        chosen={chosen && pairKey(chosen)}
        onChoose={(row) => choose(row.origin, row.destination)}
      />
    </section>
  );
}

function pairKey({ operator, origin, destination }: Pair): string {
  return `${operator} ${origin} ${destination}`;
}

function percentOf(share: number | undefined): number | undefined {
  return share === undefined ? undefined : Math.round(1000 * share) / 10;
}

/** The figures that both tables have; the operator where there are several. */
function useCounted<Row extends Counted>(rows: readonly Row[]): readonly Column<Row>[] {
  const { t } = useTranslation('pace');
  const { format, operator } = useShownSeason();
  const hasSeveral = rows.some((row) => row.operator !== rows[0].operator);
  const whose: Column<Row> = {
    key: 'operator',
    title: t('operator'),
    value: (row) => operator(row.operator),
  };
  const figures = (['planned', 'ticketed', 'confirmed'] as const).map(
    (key): Column<Row> => ({
      key,
      title: t('unit.parcels', { name: t(key) }),
      value: (row) => row[key],
      show: (row) => format.count(row[key]),
    }),
  );
  return hasSeveral ? [whose, ...figures] : figures;
}
