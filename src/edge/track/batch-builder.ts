import type { Names } from '../../network/names.js';
import { KINDS, NOWHERE, type ScanBatch, UNKNOWN } from '../../track/scans.js';
import { parseInstant } from '../gate/instant.js';
import { serialiseAttributes } from './attributes.js';
import { PlainLine } from './plain-line.js';
import type { ScanNames } from './scan-names.js';
import type { WaybillKeys } from './waybill-keys.js';

/** Scans of one batch: a line has two bytes. */
const SCANS_MOST = 65_536;
const WAYBILL_BYTES_MOST = 55;
const NAME_CHARACTERS_MOST = 128;

/** What is wrong with a scan; it is quarantined. The text names no value (P13). */
export interface ScanFault {
  /** In what was received, the first being 1. */
  readonly line: number;
  readonly code: string;
  readonly field?: string;
  readonly text: string;
}

const KIND_NUMBERS: ReadonlyMap<string, number> = new Map(KINDS.map((kind, i) => [kind, i + 1]));
const FIELDS = new Set(['operator', 'parcel', 'kind', 'resource', 'to', 'at', 'attributes']);
const encoder = new TextEncoder();

/**
 * Makes a batch of scans as they come from any format: an object each, {operator, parcel, kind, resource, to, at,
 * attributes}. Waybill numbers are hashed here and go no further (P13). What is wrong keeps its place (T5).
 */
export class BatchBuilder {
  /** Scans so far. */
  count = 0;
  #columns = emptyColumns(1024);
  /** Of the scans that have any, in their order. */
  readonly #attributes = new Map<number, Uint8Array>();
  readonly #plain: PlainLine;
  readonly #waybill = new Uint8Array(WAYBILL_BYTES_MOST);
  readonly faults: ScanFault[] = [];

  constructor(
    readonly names: ScanNames,
    readonly keys: WaybillKeys,
  ) {
    this.#plain = new PlainLine(names);
  }

  /** Adds the scan of a line if it is plain. */
  addPlain(bytes: Uint8Array, start: number, end: number): boolean {
    const plain = this.#plain;
    if (!plain.read(bytes, start, end)) return false;
    const { operator, kind, resource, to, at, waybillStart, waybillEnd } = plain;
    this.#makeRoom();
    const { parcel } = this.#columns;
    this.keys.of(operator).hash(bytes, waybillStart, waybillEnd, parcel, 4 * this.count);
    this.#push(operator, kind, resource, to, at);
    return true;
  }

  /** Adds a scan. One whose operator, kind or resource is not known is a scan, and is quarantined by it. */
  add(item: unknown): void {
    if (this.count === SCANS_MOST) throw new Error(`a batch has at most ${SCANS_MOST} scans`);
    if (!isObject(item)) return this.addUnparsable('malformed', 'A scan is an object.');
    const { operator, parcel, kind, resource, to, at, attributes = {} } = item;
    for (const name of Object.keys(item)) {
      if (!FIELDS.has(name)) {
        return this.addUnparsable('unknown-field', 'A scan has no such field.');
      }
    }
    if (!isName(operator)) return this.#invalid('operator', operator, 'a name');
    if (!isName(kind)) return this.#invalid('kind', kind, 'a name');
    if (!isName(resource)) return this.#invalid('resource', resource, 'a name');
    const bytes = typeof parcel === 'string' ? this.#encode(parcel) : 0;
    if (bytes === 0) return this.#invalid('parcel', parcel, '1 to 55 letters, digits and signs');
    const ms = typeof at === 'string' ? parseInstant(at) : at;
    if (typeof ms !== 'number' || !Number.isSafeInteger(ms)) {
      return this.#invalid('at', at, 'ISO 8601 with seconds and offset, or whole milliseconds');
    }
    if (to !== undefined && (kind !== 'departed' || !isName(to))) {
      return this.#invalid('to', to, 'a name, of a scan departed');
    }
    if (!isObject(attributes)) return this.#invalid('attributes', attributes, 'an object');
    const content = serialiseAttributes(attributes, String(kind));
    if (typeof content !== 'string') {
      const { code, text, field } = content;
      return this.addUnparsable(code, text, field);
    }
    const { names } = this;
    const scope = names.scope;
    const by = this.#number(names.operators, scope?.operators, 'operator', operator);
    this.#makeRoom();
    this.keys.of(by).hash(this.#waybill, 0, bytes, this.#columns.parcel, 4 * this.count);
    if (content !== '') this.#attributes.set(this.count, encoder.encode(content));
    this.#push(
      by,
      this.#kindNumber(kind),
      this.#number(names.resources, scope?.resources, 'resource', resource),
      to === undefined
        ? NOWHERE
        : this.#number(names.resources, scope?.destinations, 'to', to, UNKNOWN),
      ms,
    );
  }

  /** What cannot be read takes a line. */
  addUnparsable(code: string, text: string, field?: string): void {
    this.#fault(code, text, field);
    this.#makeRoom();
    this.#push(-1, 0, -1, NOWHERE, 0, 1);
  }

  /**
   * The batch, by who sent it and when it was received; its number is the log's to give.
   *
   * @param origin of scans driven in again, the entry of each in the quarantine.
   */
  finish(source: number, receivedAt: number, origin?: Int32Array): ScanBatch {
    const { count } = this;
    const { operator, kind, resource, to, at, unparsable, parcel } = this.#columns;
    const attributesStart = new Uint32Array(count + 1);
    const line = new Uint16Array(count);
    const some = this.#attributes.size > 0;
    for (let i = 0; i < count; i++) {
      line[i] = i;
      const bytes = some ? (this.#attributes.get(i)?.length ?? 0) : 0;
      attributesStart[i + 1] = attributesStart[i] + bytes;
    }
    return {
      seq: 0,
      source,
      receivedAt,
      origin,
      count,
      parcel: parcel.subarray(0, 4 * count),
      operator: operator.subarray(0, count),
      kind: kind.subarray(0, count),
      resource: resource.subarray(0, count),
      to: to.subarray(0, count),
      at: at.subarray(0, count),
      unparsable: unparsable.subarray(0, count),
      line,
      attributes: Buffer.concat([...this.#attributes.values()]),
      attributesStart,
    };
  }

  #makeRoom(): void {
    if (this.count === this.#columns.kind.length) this.#columns = grown(this.#columns);
  }

  /** Of a scan whose parcel stands in its column, and its attributes in their list; room has been made. */
  #push(
    operator: number,
    kind: number,
    resource: number,
    to: number,
    at: number,
    unparsable = 0,
  ): void {
    const i = this.count;
    const columns = this.#columns;
    columns.operator[i] = operator;
    columns.kind[i] = kind;
    columns.resource[i] = resource;
    columns.to[i] = to;
    columns.at[i] = at;
    columns.unparsable[i] = unparsable;
    this.count += 1;
  }

  /** Bytes of a waybill number, now in `#waybill`; 0 if it is none: 1 to 55 printable characters of ASCII, no space. */
  #encode(waybill: string): number {
    if (waybill.length > WAYBILL_BYTES_MOST) return 0;
    for (let i = 0; i < waybill.length; i++) {
      const code = waybill.charCodeAt(i);
      if (code <= 0x20 || code >= 0x7f) return 0;
      this.#waybill[i] = code;
    }
    return waybill.length;
  }

  #number(
    names: Names,
    may: Uint8Array | undefined,
    field: string,
    value: unknown,
    unknown = -1,
  ): number {
    const number = names.findText(String(value));
    if (number >= 0 && (!may || may[number] === 1)) return number;
    this.#fault(
      `unknown-${field === 'to' ? 'resource' : field}`,
      `The ${field} is not known.`,
      field,
    );
    return unknown;
  }

  #kindNumber(value: unknown): number {
    const kind = KIND_NUMBERS.get(String(value));
    if (kind === undefined)
      this.#fault('unknown-kind', `kind is one of ${KINDS.join(', ')}.`, 'kind');
    return kind ?? 0;
  }

  #invalid(field: string, value: unknown, text: string): void {
    if (value === undefined)
      this.addUnparsable('missing-field', `${field} is needed: ${text}.`, field);
    else this.addUnparsable('invalid-field', `${field} is ${text}.`, field);
  }

  #fault(code: string, text: string, field?: string): void {
    const line = this.count + 1;
    this.faults.push(field === undefined ? { line, code, text } : { line, code, field, text });
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && value.length > 0 && value.length <= NAME_CHARACTERS_MOST;
}

type Columns = ReturnType<typeof emptyColumns>;

function emptyColumns(room: number) {
  return {
    parcel: new Int32Array(4 * room),
    operator: new Int32Array(room),
    kind: new Uint8Array(room),
    resource: new Int32Array(room),
    to: new Int32Array(room),
    at: new Float64Array(room),
    unparsable: new Uint8Array(room),
  };
}

/** The same columns with twice the room. */
function grown(columns: Columns): Columns {
  const larger = emptyColumns(2 * columns.kind.length);
  larger.parcel.set(columns.parcel);
  larger.operator.set(columns.operator);
  larger.kind.set(columns.kind);
  larger.resource.set(columns.resource);
  larger.to.set(columns.to);
  larger.at.set(columns.at);
  larger.unparsable.set(columns.unparsable);
  return larger;
}
