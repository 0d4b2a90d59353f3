import { NO_LIMIT, type RequestBatch } from '../../gate/requests.js';
import type { ItemFault, RequestItem } from './gate-service.js';
import { parseInstant } from './instant.js';
import type { SeasonNames } from './season-names.js';

const encoder = new TextEncoder();
/** UTF-8 of an id of 64 characters, at most. */
const ID_BYTES_MOST = 3 * 64;

/** The flow a request names, or what is wrong with it. */
export function flowOfItem(names: SeasonNames, item: RequestItem): number | ItemFault {
  const service = names.service(item.service);
  if (service === undefined) return unknown(item, 'service');
  const operator = names.operator(item.operator);
  if (operator === undefined) return unknown(item, 'operator');
  const origin = names.place(item.origin);
  if (origin === undefined) return unknown(item, 'origin');
  const destination = names.place(item.destination);
  if (destination === undefined) return unknown(item, 'destination');
  const flow = names.flow(service, operator, origin, destination);
  if (flow >= 0) return flow;
  const text = `${item.operator} carries nothing from ${item.origin} to ${item.destination}.`;
  return { id: item.id, code: 'no-flow', field: 'destination', text };
}

function unknown(item: RequestItem, field: 'service' | 'operator' | 'origin' | 'destination') {
  const text = `The season has no ${field} ${item[field]}.`;
  return { id: item.id, code: `unknown-${field}`, field, text };
}

/**
 * Requests of one shipper as the gate takes them (requests.ts).
 *
 * @param flows of the items, as `flowOfItem` gave them.
 */
export function batchOf(
  names: SeasonNames,
  shipper: number,
  items: readonly RequestItem[],
  flows: readonly number[],
): RequestBatch {
  const count = items.length;
  const batch = {
    count,
    shipper: new Int32Array(count).fill(shipper),
    flow: Int32Array.from(flows),
    readyAt: new Float64Array(count),
    parcels: new Int32Array(count),
    notAfter: new Int32Array(count).fill(NO_LIMIT),
    divisible: new Uint8Array(count),
    ids: new Uint8Array(ID_BYTES_MOST * count),
    idStart: new Int32Array(count + 1),
  };
  let end = 0;
  for (let i = 0; i < count; i++) {
    const { id, readyAt, parcels, notAfter, divisible } = items[i];
    batch.readyAt[i] = parseInstant(readyAt);
    batch.parcels[i] = parcels;
    if (notAfter !== undefined) batch.notAfter[i] = names.slotWith(parseInstant(notAfter));
    batch.divisible[i] = divisible === true ? 1 : 0;
    end += encoder.encodeInto(id, batch.ids.subarray(end)).written;
    batch.idStart[i + 1] = end;
  }
  return batch;
}
