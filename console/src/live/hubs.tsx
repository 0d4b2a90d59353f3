import { Button, Empty, Input, Select } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Scroll } from '../frame/scroll.tsx';
import { Age } from '../words/age.tsx';
import { useShownSeason } from '../words/season.tsx';
import { useFilter, useHubChoice } from './choices.ts';
import { type HubRow, provinceOf } from './rows.ts';

interface HubsProps {
  readonly rows: readonly HubRow[];
  /** Those that the filter leaves. */
  readonly found: readonly HubRow[];
  /** The hub that is open. */
  readonly open: string | undefined;
  /** The season's clock. */
  readonly now: number;
}

/** Rows shown at first. */
const FIRST_ROWS = 25;

/** Hubs by how full they are. */
export function Hubs({ rows, found, open, now }: HubsProps) {
  const { t } = useTranslation('live');
  const [most, setMost] = useState(FIRST_ROWS);
  const rest = found.length - most;
  return (
    <section className="card" aria-labelledby="hubs">
      <h2 id="hubs">{t('hubs.title')}</h2>
      <FilterBar rows={rows} />
      {found.length === 0 ? (
        <Empty
          description={t(rows.length === 0 ? 'hubs.none' : 'hubs.noMatch')}
          image={Empty.PRESENTED_IMAGE_SIMPLE}
        />
      ) : (
        <>
          <p className="note">{t('hubs.shown', { n: found.length, all: rows.length })}</p>
          <HubTable rows={found.slice(0, most)} open={open} now={now} />
        </>
      )}
      {rest > 0 && (
        <Button type="link" onClick={() => setMost(found.length)}>
          {t('hubs.more', { n: rest })}
        </Button>
      )}
    </section>
  );
}

function FilterBar({ rows }: Pick<HubsProps, 'rows'>) {
  const { t } = useTranslation('live');
  const { operator, place } = useShownSeason();
  const [filter, set] = useFilter();
  const operators = useChoices(rows, (row) => row.operator, operator);
  const provinces = useChoices(rows, (row) => provinceOf(row.region), place);
  return (
    <div className="tools" role="search">
      <Select
        className="filter"
        aria-label={t('filter.operator')}
        placeholder={t('filter.operator')}
        allowClear
        value={filter.operator}
        onChange={(value) => set({ operator: value })}
        options={operators}
      />
      <Select
        className="filter"
        aria-label={t('filter.province')}
        placeholder={t('filter.province')}
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        value={filter.province}
        onChange={(value) => set({ province: value })}
        options={provinces}
      />
      <Input
        className="filter"
        type="search"
        aria-label={t('filter.search')}
        placeholder={t('filter.search')}
        allowClear
        value={filter.search ?? ''}
        onChange={({ target }) => set({ search: target.value })}
      />
    </div>
  );
}

/** What hubs have of something, each once, by name; hubs stay while their figures change. */
function useChoices(
  rows: readonly HubRow[],
  of: (row: HubRow) => string,
  name: (value: string) => string,
) {
  const values = [...new Set(rows.map(of))].toSorted().join('\n');
  return useMemo(
    () => values.split('\n').map((value) => ({ value, label: name(value) })),
    [values, name],
  );
}

function HubTable({ rows, open, now }: Omit<HubsProps, 'found'>) {
  const { t } = useTranslation('live');
  return (
    <Scroll label={t('hubs.title')}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('column.hub')}</th>
            <th scope="col">{t('column.stock')}</th>
            <th scope="col" className="floor-column">
              {t('column.floor')}
            </th>
            <th aria-hidden="true" className="range-column" />
            <th scope="col">{t('column.share')}</th>
            <th scope="col">{t('column.bound')}</th>
            <th scope="col">{t('column.newest')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <HubLine key={row.id} row={row} isOpen={row.id === open} now={now} />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

interface HubLineProps {
  readonly row: HubRow;
  readonly isOpen: boolean;
  readonly now: number;
}

function HubLine({ row, isOpen, now }: HubLineProps) {
  const { t } = useTranslation('live');
  const { format, resource } = useShownSeason();
  const [, choose] = useHubChoice();
  const { id, stock, bound, floor, share } = row;
  const name = resource(row);
  return (
    <tr className={isOpen ? 'chosen' : undefined} onClick={() => choose(id)}>
      <th scope="row">
        <button
          type="button"
          className="row-button"
          aria-pressed={isOpen}
          aria-label={t('open', { hub: name })}
          onClick={() => choose(id)}
        >
          {name}
        </button>
      </th>
      <td title={format.exact(stock)}>{format.count(stock)}</td>
      <td className="floor-column">{floor === null ? t('noFloor') : format.count(floor)}</td>
      <td aria-hidden="true" className="range-column">
        {share !== undefined && <Bar share={share} />}
      </td>
      <td className={share !== undefined && share > 1 ? 'over' : undefined}>
        {share === undefined ? '—' : format.percent(share, 1)}
      </td>
      <td title={format.exact(bound)}>{format.count(bound)}</td>
      <td>
        <Newest row={row} now={now} />
      </td>
    </tr>
  );
}

/** Full at the floor; what is above it is another colour, and the figure beside says how much. */
function Bar({ share }: { share: number }) {
  return (
    <div className="range">
      <i style={{ width: '100%' }} />
      <b
        className={share > 1 ? 'bar-over' : undefined}
        style={{ width: `${100 * Math.min(1, share)}%` }}
      />
    </div>
  );
}

/** The age of a hub's newest scan, and whether its sources are late (T8). */
export function Newest({ row, now }: { row: HubRow; now: number }) {
  const { t } = useTranslation('live');
  const { newestAt, stale } = row;
  return (
    <>
      {newestAt === undefined ? t('never') : <Age ms={now - Date.parse(newestAt)} />}
      {stale && <span className="stale">{t('stale')}</span>}
    </>
  );
}
