import { createHash } from 'node:crypto';
import type { GatePlan } from './gate-plan.js';

/** "CFGP" and the number of the form: another form is not read. */
const MAGIC = 0x50474643;
const FORM = 1;

/** Words of the head: magic, form, version, from, T, slots of the capacity table, and how long the columns are. */
const HEAD = 10;
const DIGEST_BYTES = 32;

/** How long the columns of a plan are. */
interface Lengths {
  readonly capacity: number;
  readonly prices: number;
  readonly shares: number;
}

/**
 * A plan as bytes, for those who keep it: the head, its columns one after the other, the wider before the narrower so
 * that each is aligned, and the SHA-256 of all of it. Little-endian. 15 bytes a share, 16 a price, 8 a capacity.
 */
export function encodePlan({
  version,
  from,
  slots,
  capacity,
  shares,
  prices,
}: GatePlan): Uint8Array {
  const lengths = {
    capacity: capacity.values.length,
    prices: prices.price.length,
    shares: shares.count,
  };
  const bytes = new Uint8Array(sizeOf(lengths));
  const head = [MAGIC, FORM, version, from, slots, capacity.slots, ...Object.values(lengths), 0];
  new Int32Array(bytes.buffer, 0, HEAD).set(head);
  const { count } = shares;
  const columns = columnsIn(bytes, lengths);
  columns.capacity.set(capacity.values);
  columns.price.set(prices.price);
  columns.priceResource.set(prices.resource);
  columns.priceSlot.set(prices.slot);
  columns.shipper.set(shares.shipper.subarray(0, count));
  columns.flow.set(shares.flow.subarray(0, count));
  columns.parcels.set(shares.parcels.subarray(0, count));
  columns.slot.set(shares.slot.subarray(0, count));
  columns.way.set(shares.way.subarray(0, count));
  bytes.set(digestOf(bytes), bytes.length - DIGEST_BYTES);
  return bytes;
}

/**
 * The plan in bytes, as views of them where they are aligned.
 *
 * @throws Error if they are not what `encodePlan` gave (P15).
 */
export function decodePlan(given: Uint8Array): GatePlan {
  const bytes = given.byteOffset % 8 === 0 ? given : new Uint8Array(given);
  const digest = bytes.subarray(-DIGEST_BYTES);
  if (bytes.length < 4 * HEAD || Buffer.compare(digest, digestOf(bytes)) !== 0) {
    throw new Error('the plan is damaged: its digest does not fit; restore it from a copy');
  }
  const head = new Int32Array(bytes.buffer, bytes.byteOffset, HEAD);
  const [magic, form, version, from, slots, capacitySlots, capacity, prices, shares] = head;
  const lengths = { capacity, prices, shares };
  if (magic !== MAGIC || form !== FORM || bytes.length !== sizeOf(lengths)) {
    throw new Error(
      'the plan is of another form: it was written by another version of the program',
    );
  }
  const columns = columnsIn(bytes, lengths);
  const { shipper, flow, parcels, slot, way, priceResource, priceSlot, price } = columns;
  return {
    version,
    from,
    slots,
    capacity: { slots: capacitySlots, values: columns.capacity },
    shares: { count: shares, shipper, flow, slot, way, parcels },
    prices: { resource: priceResource, slot: priceSlot, price },
  };
}

/** The digest at the end of a plan's bytes. */
export function planDigest(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(-DIGEST_BYTES);
}

function sizeOf({ capacity, prices, shares }: Lengths): number {
  return 4 * HEAD + 8 * capacity + 16 * prices + 15 * shares + DIGEST_BYTES;
}

/** Where each column stands. */
function columnsIn({ buffer, byteOffset }: Uint8Array, { capacity, prices, shares }: Lengths) {
  let at = byteOffset + 4 * HEAD;
  const next = (bytes: number): number => {
    at += bytes;
    return at - bytes;
  };
  return {
    capacity: new Float64Array(buffer, next(8 * capacity), capacity),
    price: new Float64Array(buffer, next(8 * prices), prices),
    priceResource: new Int32Array(buffer, next(4 * prices), prices),
    priceSlot: new Int32Array(buffer, next(4 * prices), prices),
    shipper: new Int32Array(buffer, next(4 * shares), shares),
    flow: new Int32Array(buffer, next(4 * shares), shares),
    parcels: new Int32Array(buffer, next(4 * shares), shares),
    slot: new Int16Array(buffer, next(2 * shares), shares),
    way: new Uint8Array(buffer, next(shares), shares),
  };
}

function digestOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes.subarray(0, -DIGEST_BYTES)).digest();
}
