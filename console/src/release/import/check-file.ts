import type { RequestItem } from '../../../../src/client/api.ts';
import { chinaTime } from './china-time.ts';
import type { KnownNames } from './known-names.ts';
import {
  CHARACTERS_MOST,
  type CheckedFile,
  COLUMNS_MOST,
  FAULTS_MOST,
  FIELDS,
  type Field,
  type FileCell,
  type FileRows,
  ID_CHARACTERS_MOST,
  OPTIONAL,
  type Order,
  type OrderFault,
  PARCELS_MOST,
  ROWS_MOST,
  type Rule,
} from './orders.ts';
import { looksPersonal } from './personal.ts';
import { RowIds } from './row-ids.ts';
import { fieldOf, isPersonalTitle } from './titles.ts';

/** Checks a whole file before anything of it is sent. Never throws; orders come only of a file without a fault. */
export function checkFile(file: FileRows, names: KnownNames): CheckedFile {
  const faults = new Faults(file.faults);
  const head = file.rows.findIndex((row) => !isEmpty(row));
  if (head < 0) {
    if (file.faults.length === 0) faults.add(0, '', 'empty');
    return faults.checked([], []);
  }
  const columns = readHead(file.rows[head], head + 1, faults);
  if (faults.count > 0) return faults.checked([], columns.ignored);
  const body = file.rows.slice(head + 1);
  if (body.every(isEmpty)) faults.add(head + 2, '', 'empty');
  if (body.length > ROWS_MOST) faults.add(head + 2 + ROWS_MOST, '', 'tooManyRows');
  const orders = readOrders(body.slice(0, ROWS_MOST), head + 2, columns.at, names, faults);
  return faults.checked(orders, columns.ignored);
}

interface Column {
  readonly index: number;
  readonly title: string;
}

interface Columns {
  readonly at: ReadonlyMap<Field, Column>;
  readonly ignored: readonly string[];
}

function readHead(cells: readonly FileCell[], row: number, faults: Faults): Columns {
  const at = new Map<Field, Column>();
  const ignored: string[] = [];
  if (cells.length > COLUMNS_MOST) faults.add(row, letterOf(COLUMNS_MOST), 'tooManyColumns');
  for (const [index, cell] of cells.slice(0, COLUMNS_MOST).entries()) {
    const title = textOf(cell).slice(0, CHARACTERS_MOST);
    const field = fieldOf(title);
    if (isPersonalTitle(title)) faults.add(row, title, 'personalColumn');
    else if (field === undefined) ignored.push(title === '' ? letterOf(index) : title);
    else if (at.has(field)) faults.add(row, title, 'twiceColumn');
    else at.set(field, { index, title });
  }
  for (const field of FIELDS) {
    if (!OPTIONAL.has(field) && !at.has(field)) faults.add(row, field, 'missingColumn');
  }
  return { at, ignored: ignored.filter((title) => !/^[A-Z]{1,2}$/.test(title)) };
}

function readOrders(
  rows: readonly (readonly FileCell[])[],
  first: number,
  columns: ReadonlyMap<Field, Column>,
  names: KnownNames,
  faults: Faults,
): Order[] {
  const orders: Order[] = [];
  const ids = new Set<string>();
  const made = new RowIds();
  for (const [i, cells] of rows.entries()) {
    if (isEmpty(cells)) continue;
    const row = new RowReader(cells, first + i, columns, faults);
    const request = readRequest(row, names);
    if (!request) continue;
    const { operator, service, origin, destination, readyAt, parcels, notAfter, divisible } =
      request;
    const content = [operator, service, origin, destination, readyAt, parcels, notAfter, divisible];
    const id = request.id === '' ? made.next(content) : request.id;
    if (ids.has(id)) row.fault('id', 'idTwice');
    ids.add(id);
    orders.push({ row: row.number, request: { ...request, id } });
  }
  return orders;
}

/** A request whose id is empty where the file has none; undefined where anything of it is wrong. */
function readRequest(row: RowReader, names: KnownNames): RequestItem | undefined {
  const id = row.text('id');
  const operator = row.named('operator', 'noOperator', names.operator);
  const service = row.named('service', 'noService', names.service);
  const origin = row.place('origin', names);
  const destination = row.place('destination', names);
  const readyAt = row.time('readyAt');
  const parcels = row.parcels();
  const notAfter = row.time('notAfter');
  const divisible = row.yesNo('divisible');
  if (readyAt && notAfter && Date.parse(notAfter) < Date.parse(readyAt)) {
    row.fault('notAfter', 'order');
  }
  if (!row.isSound || !operator || !service || !origin || !destination) return undefined;
  if (!readyAt || parcels === undefined) return undefined;
  return {
    id: id ?? '',
    operator,
    service,
    origin,
    destination,
    readyAt,
    parcels,
    ...(notAfter && { notAfter }),
    ...(divisible !== undefined && { divisible }),
  };
}

/** Cells of a row by field; what is wrong with one is told in its place, the first thing only. */
class RowReader {
  isSound = true;

  constructor(
    private readonly cells: readonly FileCell[],
    readonly number: number,
    private readonly columns: ReadonlyMap<Field, Column>,
    private readonly faults: Faults,
  ) {}

  fault(field: Field, rule: Rule): undefined {
    this.isSound = false;
    const found = rule === 'personal' ? '' : textOf(this.#cell(field));
    this.faults.add(this.number, this.columns.get(field)?.title ?? field, rule, found);
  }

  /** Undefined where it is empty, or wrong, which is told. */
  text(field: Field): string | undefined {
    const text = textOf(this.#cell(field));
    if (text === '') return OPTIONAL.has(field) ? undefined : this.fault(field, 'needed');
    const most = field === 'id' ? ID_CHARACTERS_MOST : CHARACTERS_MOST;
    if (Array.from(text).length > most) return this.fault(field, 'tooLong');
    if (/[\p{Cc}\p{Cs}]/u.test(text)) return this.fault(field, 'control');
    if (looksPersonal(text)) return this.fault(field, 'personal');
    return text;
  }

  named(field: Field, rule: Rule, find: (text: string) => string | undefined): string | undefined {
    const text = this.text(field);
    return text === undefined ? undefined : (find(text) ?? this.fault(field, rule));
  }

  place(field: Field, { places }: KnownNames): string | undefined {
    const text = this.text(field);
    if (text === undefined) return undefined;
    const found = places(text);
    if (found.length === 1) return found[0];
    return this.fault(field, found.length === 0 ? 'noPlace' : 'severalPlaces');
  }

  time(field: Field): string | undefined {
    const cell = this.#cell(field);
    if (textOf(cell) === '') {
      return OPTIONAL.has(field) ? undefined : this.fault(field, 'needed');
    }
    return chinaTime(cell) ?? this.fault(field, 'time');
  }

  parcels(): number | undefined {
    const text = textOf(this.#cell('parcels'));
    if (text === '') return this.fault('parcels', 'needed');
    const isPlain = /^\d{1,10}$|^\d{1,3}(,\d{3}){1,3}$/.test(text);
    const parcels = isPlain ? Number(text.replaceAll(',', '')) : Number.NaN;
    if (parcels >= 1 && parcels <= PARCELS_MOST) return parcels;
    return this.fault('parcels', 'parcels');
  }

  yesNo(field: Field): boolean | undefined {
    const text = textOf(this.#cell(field)).toLowerCase();
    if (text === '') return undefined;
    if (YES.has(text)) return true;
    return NO.has(text) ? false : this.fault(field, 'yesNo');
  }

  #cell(field: Field): FileCell {
    const index = this.columns.get(field)?.index;
    return index === undefined ? null : (this.cells[index] ?? null);
  }
}

const YES = new Set(['是', '可', '可以', 'y', 'yes', 'true', '1', '√']);
const NO = new Set(['否', '不可', '不可以', 'n', 'no', 'false', '0', '×']);

/** A cell's text, digits and marks as they are written in English, without space around it. */
function textOf(cell: FileCell): string {
  if (cell === null) return '';
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString();
  return String(cell).normalize('NFKC').trim();
}

function isEmpty(cells: readonly FileCell[]): boolean {
  return cells.every((cell) => textOf(cell) === '');
}

/** What spreadsheets call column i. */
function letterOf(i: number): string {
  const last = String.fromCharCode(65 + (i % 26));
  return i < 26 ? last : `${letterOf(Math.floor(i / 26) - 1)}${last}`;
}

const FOUND_MOST = 40;

/** Faults as they are found: the first are kept, all are counted. */
class Faults {
  count = 0;
  readonly #kept: OrderFault[] = [];

  constructor(first: readonly OrderFault[]) {
    for (const { row, column, rule, found } of first) this.add(row, column, rule, found);
  }

  add(row: number, column: string, rule: Rule, found = ''): void {
    this.count += 1;
    if (this.#kept.length >= FAULTS_MOST) return;
    this.#kept.push({ row, column, rule, found: found.slice(0, FOUND_MOST) });
  }

  checked(orders: readonly Order[], ignored: readonly string[]): CheckedFile {
    const isSound = this.count === 0;
    return {
      orders: isSound ? orders : [],
      faults: this.#kept,
      faultCount: this.count,
      ignored,
    };
  }
}
