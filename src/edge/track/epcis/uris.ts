/** How resources and parcels are named in EPCIS documents, which have URIs for everything. */
const RESOURCE = 'urn:cuofeng:resource:';
const WAYBILL = 'urn:cuofeng:waybill:';
const PARCEL = 'urn:cuofeng:parcel:';
const EVENT = 'urn:cuofeng:event:';

/** Forms of the standard's own in which an identifier stands as it is. */
const GS1 = /^(?:urn:epc:id:|https:\/\/id\.gs1\.org\/)/;

/** Of a resource by its id; one whose id is an identifier of GS1's is named by it. */
export function resourceUri(id: string): string {
  return GS1.test(id) ? id : RESOURCE + encodeURIComponent(id);
}

/** The id of a resource, or undefined where the URI names none. */
export function resourceOf(uri: unknown): string | undefined {
  return named(uri, RESOURCE);
}

/** The waybill number of a parcel, or undefined where the URI names none. An identifier of GS1's is the number as it stands. */
export function waybillOf(uri: unknown): string | undefined {
  return named(uri, WAYBILL);
}

export function waybillUri(waybill: string): string {
  return GS1.test(waybill) ? waybill : WAYBILL + encodeURIComponent(waybill);
}

/** How a parcel is told: the 128 bits that are kept of its keyed hash (P13). */
export function parcelUri(words: ArrayLike<number>, at = 0): string {
  let hex = '';
  for (let i = at; i < at + 4; i++) hex += (words[i] >>> 0).toString(16).padStart(8, '0');
  return PARCEL + hex;
}

/** The words of a parcel, or undefined where the URI names none. */
export function parcelOf(uri: string): Int32Array | undefined {
  const [, hex] = /^urn:cuofeng:parcel:([0-9a-f]{32})$/.exec(uri) ?? [];
  if (hex === undefined) return undefined;
  return Int32Array.from([0, 8, 16, 24], (at) => Number.parseInt(hex.slice(at, at + 8), 16) | 0);
}

export function eventUri(hex: string): string {
  return EVENT + hex;
}

function named(uri: unknown, prefix: string): string | undefined {
  if (typeof uri !== 'string') return undefined;
  if (GS1.test(uri)) return uri;
  if (!uri.startsWith(prefix)) return undefined;
  try {
    return decodeURIComponent(uri.slice(prefix.length));
  } catch {
    return undefined;
  }
}
