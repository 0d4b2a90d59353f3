import { Button, Empty } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ExportMenu } from './export-menu.tsx';
import type { Cell } from './export-table.ts';
import { Scroll } from './scroll.tsx';

export interface Column<Row> {
  readonly key: string;
  /** With its unit. */
  readonly title: string;
  /** What is sorted by and kept in files: a figure in full, or a text. */
  readonly value: (row: Row) => Cell;
  /** What is shown; left out: the value. */
  readonly show?: (row: Row) => ReactNode;
}

interface DataTableProps<Row> {
  /** What the table lists; also the name of exported files. */
  readonly label: string;
  /** The first names the row. */
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** Rows shown before more are asked for. */
  readonly first?: number;
  /** Said where there is no row. */
  readonly none?: string;
  /** Makes rows buttons. */
  readonly onChoose?: (row: Row) => void;
  readonly chosen?: string | undefined;
}

const FIRST_ROWS = 25;

/** A table that can be sorted by each column and saved as CSV and XLSX, whole. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, first = FIRST_ROWS, none } = props;
  const { t } = useTranslation('frame');
  const [sorted, setSorted] = useState<{ readonly key: string; readonly down: boolean }>();
  const [isAll, showAll] = useState(false);
  if (rows.length === 0) {
    return <Empty description={none ?? t('table.none')} image={Empty.PRESENTED_IMAGE_SIMPLE} />;
  }
  const by = columns.find(({ key }) => key === sorted?.key);
  const ordered = by ? sortBy(rows, by, sorted?.down === true) : rows;
  const shown = isAll ? ordered : ordered.slice(0, first);
  const rest = ordered.length - shown.length;
  return (
    <>
      <Scroll label={label}>
        <table className="table">
          <thead>
            <tr>
              {columns.map(({ key, title }) => (
                <th
                  key={key}
                  scope="col"
                  aria-sort={
                    sorted?.key === key ? (sorted.down ? 'descending' : 'ascending') : undefined
                  }
                >
                  <button
                    type="button"
                    className="sort-button"
                    title={t('sort.by', { column: title })}
                    onClick={() => setSorted({ key, down: sorted?.key === key && !sorted.down })}
                  >
                    {title}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <TableRow key={props.rowKey(row)} {...props} row={row} />
            ))}
          </tbody>
        </table>
      </Scroll>
      <div className="table-foot">
        {rest > 0 && (
          <Button type="link" onClick={() => showAll(true)}>
            {t('table.more', { n: rest })}
          </Button>
        )}
        <ExportMenu
          table={() => ({
            name: label,
            head: columns.map(({ title }) => title),
            rows: ordered.map((row) => columns.map(({ value }) => value(row))),
          })}
        />
      </div>
    </>
  );
}

function TableRow<Row>({
  row,
  columns,
  rowKey,
  onChoose,
  chosen,
}: DataTableProps<Row> & { row: Row }) {
  const [name, ...figures] = columns;
  const isChosen = chosen !== undefined && rowKey(row) === chosen;
  const cell = ({ show, value }: Column<Row>) => (show ? show(row) : value(row));
  return (
    <tr className={isChosen ? 'chosen' : undefined}>
      <th scope="row">
        {onChoose ? (
          <button
            type="button"
            className="row-button"
            aria-pressed={isChosen}
            onClick={() => onChoose(row)}
          >
            {cell(name)}
          </button>
        ) : (
          cell(name)
        )}
      </th>
      {figures.map((column) => (
        <td key={column.key}>{cell(column)}</td>
      ))}
    </tr>
  );
}

/** Equal rows stay in their order; what has no value comes last. */
function sortBy<Row>(rows: readonly Row[], { value }: Column<Row>, down: boolean): Row[] {
  const sign = down ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [x, y] = [value(a), value(b)];
    if (x === undefined || y === undefined)
      return Number(x === undefined) - Number(y === undefined);
    if (typeof x === 'number' && typeof y === 'number') return sign * (x - y);
    return sign * String(x).localeCompare(String(y), 'zh-CN');
  });
}
