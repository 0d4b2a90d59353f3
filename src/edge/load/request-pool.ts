import type { Scenario } from '../../network/scenario.js';
import type { Random } from '../../world/random.js';

/** Digits of a request's number in its id. */
export const DIGITS = 9;
/** Bytes of every id: run, platform in two digits, number, with dashes between. */
export const ID_BYTES = 8 + 1 + 2 + 1 + DIGITS;
/** Bytes before an id in a request, and in its result. */
export const BEFORE_ID = '{"id":"'.length;
/** Bytes of an instant: 2020-11-11T00:00:00+08:00. */
export const INSTANT_BYTES = 25;

const ITEMS = 1 << 15;
/** Shares of requests that name a last slot, and that may be split: most orders do neither. */
const WITH_NOT_AFTER = 0.05;
const DIVISIBLE = 0.03;

/**
 * Requests of one platform, written once and sent over and over with other ids and instants: flows drawn from its demand
 * in the scenario, by their parcels. Item i is bytes[start[i]] … bytes[start[i + 1] − 1], with a comma at its end; its
 * readyAt stands from ready[i], its notAfter, if any, from notAfter[i].
 */
export interface RequestPool {
  readonly size: number;
  /** Bytes of the longest. */
  readonly most: number;
  readonly bytes: Buffer;
  readonly start: Int32Array;
  readonly ready: Int32Array;
  /** 0 where the request has none. */
  readonly notAfter: Int32Array;
  /** Where the last digit of the parcels stands. */
  readonly parcels: Int32Array;
}

/** @param prefix of its ids, up to the number. */
export function makePool(
  scenario: Scenario,
  shipper: number,
  prefix: string,
  random: Random,
): RequestPool {
  const draw = flowDraw(scenario, shipper, random);
  const parts: Buffer[] = [];
  const start = new Int32Array(ITEMS + 1);
  const ready = new Int32Array(ITEMS);
  const notAfter = new Int32Array(ITEMS);
  const parcels = new Int32Array(ITEMS);
  for (let i = 0; i < ITEMS; i++) {
    const at = start[i];
    const item = itemText(scenario, draw(), prefix, random);
    const bytes = Buffer.from(`${item},`);
    ready[i] = at + bytes.indexOf('"readyAt":"') + 11;
    const limit = bytes.indexOf('"notAfter":"');
    notAfter[i] = limit < 0 ? 0 : at + limit + 12;
    parcels[i] = at + bytes.indexOf('"parcels":') + 10;
    while (isDigit(bytes[parcels[i] - at + 1])) parcels[i] += 1;
    start[i + 1] = at + bytes.length;
    parts.push(bytes);
  }
  const most = Math.max(...parts.map((part) => part.length));
  return { size: ITEMS, most, bytes: Buffer.concat(parts), start, ready, notAfter, parcels };
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

function itemText(scenario: Scenario, flow: number, prefix: string, random: Random): string {
  const { pairs, services, demand } = scenario;
  const pair = demand.flowPair[flow];
  const instant = '0'.repeat(INSTANT_BYTES);
  const isDivisible = random.uniform() < DIVISIBLE;
  return JSON.stringify({
    id: prefix + '0'.repeat(DIGITS),
    service: services[demand.flowService[flow]].id,
    operator: pairs.operators.get(pairs.operator[pair]),
    origin: pairs.places.get(pairs.origin[pair]),
    destination: pairs.places.get(pairs.destination[pair]),
    readyAt: instant,
    parcels: isDivisible ? 20 : parcelsOfOrder(random),
    ...(random.uniform() < WITH_NOT_AFTER && { notAfter: instant }),
    ...(isDivisible && { divisible: true }),
  });
}

/** Most orders are one parcel. */
function parcelsOfOrder(random: Random): number {
  return random.uniform() < 0.85 ? 1 : 2 + Math.floor(3 * random.uniform());
}

/** Draws flows as often as the shipper has parcels of them; of all shippers, where it has none. */
function flowDraw({ demand }: Scenario, shipper: number, random: Random): () => number {
  const flows = demand.flowPair.length;
  const sums = new Float64Array(flows);
  let sum = 0;
  for (const own of [true, false]) {
    for (let flow = 0; flow < flows; flow++) {
      const [first, end] = [demand.cohortStart[flow], demand.cohortStart[flow + 1]];
      for (let row = demand.rowStart[first]; row < demand.rowStart[end]; row++) {
        if (!own || demand.rowShipper[row] === shipper) sum += demand.rowParcels[row];
      }
      sums[flow] = sum;
    }
    if (sum > 0) break;
  }
  if (sum === 0) throw new Error('the scenario has no demand to draw requests from');
  return () => {
    const x = random.uniform() * sum;
    let [low, high] = [0, flows - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle] <= x) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}
