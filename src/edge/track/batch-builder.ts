import type { Names } from '../../network/names.js';
import { KINDS, kindNumber, NOWHERE, type ScanBatch, UNKNOWN } from '../../track/scans.js';
import { parseInstant } from '../gate/instant.js';
import { serialiseAttributes } from './attributes.js';
import type { WaybillHash } from './waybill-hash.js';

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

/** Names that scans use, by number. */
export interface ScanNames {
  readonly operators: Names;
  readonly resources: Names;
}

const FIELDS = new Set(['operator', 'parcel', 'kind', 'resource', 'to', 'at', 'attributes']);
const encoder = new TextEncoder();

/**
 * Makes a batch of scans as they come from any format: an object each, {operator, parcel, kind, resource, to, at,
 * attributes}. Waybill numbers are hashed here and go no further (P13). What is wrong keeps its place (T5).
 */
export class BatchBuilder {
  readonly #parcel: number[] = [];
  readonly #operator: number[] = [];
  readonly #kind: number[] = [];
  readonly #resource: number[] = [];
  readonly #to: number[] = [];
  readonly #at: number[] = [];
  readonly #unparsable: number[] = [];
  readonly #attributes: Uint8Array[] = [];
  readonly #words = new Int32Array(4);
  readonly #waybill = new Uint8Array(WAYBILL_BYTES_MOST);
  readonly faults: ScanFault[] = [];

  constructor(
    readonly names: ScanNames,
    readonly hash: WaybillHash,
  ) {}

  get count(): number {
    return this.#kind.length;
  }

  /** Adds a scan. One whose operator, kind or resource is not known is a scan, and is quarantined by it. */
  add(item: unknown): void {
    if (this.count === SCANS_MOST) throw new Error(`a batch has at most ${SCANS_MOST} scans`);
    if (!isObject(item)) return this.addUnparsable('malformed', 'A scan is an object.');
    const { operator, parcel, kind, resource, to, at, attributes = {} } = item;
    if (Object.keys(item).some((name) => !FIELDS.has(name))) {
      return this.addUnparsable('unknown-field', 'A scan has no such field.');
    }
    for (const [name, value] of Object.entries({ operator, kind, resource })) {
      if (!isName(value)) return this.#invalid(name, value, 'a name');
    }
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
    this.hash.hash(this.#waybill, 0, bytes, this.#words, 0);
    this.#push(
      this.#number(this.names.operators, 'operator', operator),
      this.#kindNumber(kind),
      this.#number(this.names.resources, 'resource', resource),
      to === undefined ? NOWHERE : this.#number(this.names.resources, 'to', to, UNKNOWN),
      ms,
      content,
    );
  }

  /** What cannot be read takes a line. */
  addUnparsable(code: string, text: string, field?: string): void {
    this.#fault(code, text, field);
    this.#words.fill(0);
    this.#push(-1, 0, -1, NOWHERE, 0, '', 1);
  }

  /** The batch, by its number in the log, who sent it and when it was received. */
  finish(seq: number, source: number, receivedAt: number): ScanBatch {
    const { count } = this;
    const attributesStart = new Uint32Array(count + 1);
    for (let i = 0; i < count; i++) {
      attributesStart[i + 1] = attributesStart[i] + this.#attributes[i].length;
    }
    const attributes = new Uint8Array(attributesStart[count]);
    for (let i = 0; i < count; i++) attributes.set(this.#attributes[i], attributesStart[i]);
    return {
      seq,
      source,
      receivedAt,
      origin: undefined,
      count,
      parcel: Int32Array.from(this.#parcel),
      operator: Int32Array.from(this.#operator),
      kind: Uint8Array.from(this.#kind),
      resource: Int32Array.from(this.#resource),
      to: Int32Array.from(this.#to),
      at: Float64Array.from(this.#at),
      unparsable: Uint8Array.from(this.#unparsable),
      line: Uint16Array.from({ length: count }, (_, i) => i),
      attributes,
      attributesStart,
    };
  }

  #push(
    operator: number,
    kind: number,
    resource: number,
    to: number,
    at: number,
    content: string,
    unparsable = 0,
  ): void {
    this.#parcel.push(...this.#words);
    this.#operator.push(operator);
    this.#kind.push(kind);
    this.#resource.push(resource);
    this.#to.push(to);
    this.#at.push(at);
    this.#unparsable.push(unparsable);
    this.#attributes.push(encoder.encode(content));
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

  #number(names: Names, field: string, value: unknown, unknown = -1): number {
    const number = names.findText(String(value));
    if (number >= 0) return number;
    this.#fault(
      `unknown-${field === 'to' ? 'resource' : field}`,
      `The ${field} is not known.`,
      field,
    );
    return unknown;
  }

  #kindNumber(value: unknown): number {
    const kind = KINDS.find((name) => name === value);
    if (!kind) this.#fault('unknown-kind', `kind is one of ${KINDS.join(', ')}.`, 'kind');
    return kind ? kindNumber(kind) : 0;
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
