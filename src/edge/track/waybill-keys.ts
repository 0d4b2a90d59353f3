import { createHmac } from 'node:crypto';
import { WaybillHash } from './waybill-hash.js';

/**
 * Hashes of waybill numbers in a season, each operator's under a key of its own, made from the season's: HMAC-SHA-256 of
 * the operator's id. So nobody's scans touch another operator's parcels, whatever number they bear (P11), and with the
 * season's key all that hashes could be traced by is gone (P13).
 */
export class WaybillKeys {
  readonly #hashes: readonly WaybillHash[];
  /** For scans of operators that are not known. */
  readonly #nobody: WaybillHash;

  /** @param key secret of the season, 32 bytes. @param operators their ids, by number. */
  constructor(key: Uint8Array, operators: readonly string[]) {
    const derived = (id: string) => new WaybillHash(createHmac('sha256', key).update(id).digest());
    this.#hashes = operators.map(derived);
    this.#nobody = derived('');
  }

  /** By an operator's number; −1 where it is not known. */
  of(operator: number): WaybillHash {
    return this.#hashes[operator] ?? this.#nobody;
  }

  /** The four words of an operator's parcel; undefined if it is no waybill number. */
  parcel(operator: number, waybill: string): Int32Array | undefined {
    if (!WAYBILL.test(waybill)) return undefined;
    const bytes = Buffer.from(waybill, 'latin1');
    const words = new Int32Array(4);
    this.of(operator).hash(bytes, 0, bytes.length, words, 0);
    return words;
  }
}

/** 1 to 55 printable characters of ASCII, no space. */
const WAYBILL = /^[\x21-\x7e]{1,55}$/;
