import type { BatchBuilder, ScanFault } from '../batch-builder.js';
import type { EpcisCode, EpcisCodes } from './codes.js';
import { type EpcisEvent, isRecord } from './documents.js';
import { resourceOf, waybillOf } from './uris.js';

/** The field of an event that has what the standard has no word for: a scan's attributes, weight but for the waybill. */
export const ATTRIBUTES = 'cuofeng:attributes';

/** Where a scan's fields stand in an event. */
const FIELDS: Readonly<Record<string, string>> = {
  kind: 'bizStep',
  resource: 'readPoint',
  to: 'destinationList',
  at: 'eventTime',
};

/** What is wrong with a parcel of an event, or with an event. The text names no value (P13). */
export interface EventFault {
  /** In the list, from 0. */
  readonly event: number;
  /** In the event's list of parcels, from 0; of an event as a whole undefined. */
  readonly epc?: number;
  readonly code: string;
  readonly field?: string;
  readonly text: string;
}

type Refusal = readonly [code: string, text: string, field?: string];

/** Parcels that events name. */
export function countEpcs(events: readonly EpcisEvent[]): number {
  return events.reduce((sum, event) => sum + Math.max(1, epcsOf(event).list.length), 0);
}

/**
 * Adds the scans of events, one for each parcel that an event names: ObjectEvents by their epcList, AggregationEvents by
 * their childEPCs. Whose codes are unknown, or stand for no scan, is quarantined, not guessed; what could not be read takes one
 * line. Says what is wrong, by event.
 */
export class EventReader {
  /** Of each line of the batch. */
  readonly #event: number[] = [];
  readonly #epc: number[] = [];
  /** What is said of a line instead of what the builder says. */
  readonly #instead = new Map<number, Refusal>();

  /** @param operator whose network the events are of. */
  constructor(
    readonly codes: EpcisCodes,
    readonly operator: string,
    readonly builder: BatchBuilder,
  ) {}

  add(events: readonly EpcisEvent[]): void {
    for (const [i, event] of events.entries()) this.#addEvent(event, i);
  }

  get faults(): EventFault[] {
    return this.builder.faults.map((fault) => this.#faultOf(fault));
  }

  /** The place of a scan of the batch. */
  placeOf(row: number): Pick<EventFault, 'event' | 'epc'> {
    const epc = this.#epc[row];
    return { event: this.#event[row], ...(epc >= 0 && { epc }) };
  }

  #addEvent(event: EpcisEvent, i: number): void {
    const { list, field } = epcsOf(event);
    const refusal = refusalOf(event) ?? (list.length === 0 ? noParcels(field) : undefined);
    if (refusal) {
      this.#place(i, -1);
      this.builder.addUnparsable(...refusal);
      return;
    }
    const code = this.codes.find(event.bizStep, event.disposition);
    const doubt = this.#doubtOf(event, code);
    for (const [k, epc] of list.entries()) {
      this.#place(i, k);
      if (doubt) this.#instead.set(this.builder.count, doubt);
      this.builder.add(this.#scanOf(event, epc, doubt ? undefined : code));
    }
  }

  /** Why the kind of an event is not known; undefined if it is. */
  #doubtOf(
    { type, action, bizStep, disposition }: EpcisEvent,
    code?: EpcisCode,
  ): Refusal | undefined {
    if (!code) {
      return this.codes.has(bizStep, disposition)
        ? ['not-a-scan', 'bizStep and disposition are known, and stand for no scan.', 'bizStep']
        : ['unknown-code', 'It is not known what bizStep and disposition stand for.', 'bizStep'];
    }
    const usual = type === 'ObjectEvent' ? code.action : 'OBSERVE';
    if (action === usual) return undefined;
    return ['unknown-code', `With this bizStep the action is ${usual}.`, 'action'];
  }

  /** A scan as the builder takes it; of a kind that is not known without what depends on it. */
  #scanOf(event: EpcisEvent, epc: unknown, code: EpcisCode | undefined): object {
    const resource = isRecord(event.readPoint) ? (resourceOf(event.readPoint.id) ?? '') : undefined;
    const scan = {
      operator: this.operator,
      parcel: waybillOf(epc) ?? '',
      kind: code?.kind ?? 'unknown',
      resource,
      at: event.eventTime,
    };
    if (!code) return scan;
    const given = event[ATTRIBUTES] ?? {};
    const attributes =
      code.reason !== '' && isRecord(given) ? { reason: code.reason, ...given } : given;
    const to = code.to === '' ? undefined : destinationOf(event, code.to);
    return { ...scan, attributes, ...(to !== undefined && { to }) };
  }

  #place(event: number, epc: number): void {
    this.#event.push(event);
    this.#epc.push(epc);
  }

  #faultOf(fault: ScanFault): EventFault {
    const row = fault.line - 1;
    const instead = fault.code === 'unknown-kind' ? this.#instead.get(row) : undefined;
    const [code, text, name] = instead ?? [fault.code, fault.text, fault.field];
    const field = name === undefined ? undefined : fieldName(name);
    return { ...this.placeOf(row), code, text, ...(field !== undefined && { field }) };
  }
}

function fieldName(name: string): string {
  if (name === 'parcel') return 'epc';
  return FIELDS[name] ?? name.replace(/^attributes/, ATTRIBUTES);
}

function epcsOf({ type, epcList, childEPCs }: EpcisEvent): { list: unknown[]; field: string } {
  const list = type === 'AggregationEvent' ? childEPCs : epcList;
  const field = type === 'AggregationEvent' ? 'childEPCs' : 'epcList';
  return { list: Array.isArray(list) ? list : [], field };
}

/** Why an event as a whole is not read; undefined if it is. */
function refusalOf(event: EpcisEvent): Refusal | undefined {
  const { type, errorDeclaration } = event;
  if (type !== 'ObjectEvent' && type !== 'AggregationEvent') {
    return ['unsupported', 'Scans are ObjectEvents and AggregationEvents.', 'type'];
  }
  if (errorDeclaration !== undefined) {
    return ['unsupported', 'An event is not taken back by another.', 'errorDeclaration'];
  }
  if (Object.keys(event).some((name) => name.includes(':') && name !== ATTRIBUTES)) {
    return ['unknown-field', `An event has no field beside the standard's but ${ATTRIBUTES}.`];
  }
  return undefined;
}

function noParcels(field: string): Refusal {
  return ['missing-field', `${field} names the parcels, one or more.`, field];
}

/** The id of the resource that is the destination of a type; empty where it is none of ours. */
function destinationOf({ destinationList }: EpcisEvent, type: string): string | undefined {
  const list: unknown[] = Array.isArray(destinationList) ? destinationList : [];
  const found = list.filter(isRecord).find((each) => each.type === type);
  return found && (resourceOf(found.destination) ?? '');
}
