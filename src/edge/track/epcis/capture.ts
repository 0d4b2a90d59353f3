import { randomUUID } from 'node:crypto';
import { faultOf } from '../../../track/fault-of.js';
import { DEFAULT_TRACK_POLICY } from '../../../track/policy.js';
import { QUARANTINED, REASONS, Reason, type ScanBatch } from '../../../track/scans.js';
import { emptyTally, type Tally } from '../../../track/sources.js';
import { BatchBuilder } from '../batch-builder.js';
import type { ScanNames } from '../scan-names.js';
import type { TakenBatch, TrackService } from '../track-service.js';
import type { EpcisCodes } from './codes.js';
import type { EpcisEvent } from './documents.js';
import { type EventFault, EventReader } from './read-events.js';

/** What happens to a document of which some is wrong: all of it is refused, or what is right is taken. */
export type ErrorBehaviour = 'rollback' | 'proceed';

/** The part of a document that was quarantined, as the standard has problems. */
export interface CaptureError {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** Where, in the document. */
  readonly instance: string;
}

/** What became of a document, as the standard has it; with the counts of T6. */
export interface CaptureJob {
  readonly captureID: string;
  readonly createdAt: string;
  readonly finishedAt: string;
  readonly running: boolean;
  readonly success: boolean;
  readonly captureErrorBehaviour: ErrorBehaviour;
  readonly errors: readonly CaptureError[];
  readonly 'cuofeng:scans': Tally;
}

/** Who sends, and what of the network its scans may name. */
export interface CaptureSender {
  readonly source: number;
  readonly operator: string;
  readonly names: ScanNames;
}

/** Errors that a job tells; the counts tell how many there are. */
const ERRORS_MOST = 1000;

/**
 * Takes the events of a document: answers when their scans are durable (T6), so that a job has always ended. With `rollback`
 * nothing is taken if anything is wrong that can be known before; what is in conflict with scans that are there is known
 * when it is counted only, and is quarantined in any case (T1).
 *
 * @returns the job; or what is wrong, and nothing was taken.
 */
export async function capture(
  service: TrackService,
  codes: EpcisCodes,
  { source, operator, names }: CaptureSender,
  events: readonly EpcisEvent[],
  behaviour: ErrorBehaviour,
): Promise<CaptureJob | EventFault[]> {
  const { season } = service;
  const reader = new EventReader(codes, operator, new BatchBuilder(names, season.keys));
  reader.add(events);
  const createdAt = season.timing.now();
  const batch = reader.builder.finish(source, createdAt);
  const faults = [...reader.faults, ...stampFaults(batch, reader, service)];
  if (behaviour === 'rollback' && faults.length > 0) return faults;
  const taken = batch.count === 0 ? undefined : await service.take(batch);
  const found = behaviour === 'rollback' || !taken ? [] : withConflicts(faults, taken, reader);
  return {
    captureID: randomUUID(),
    createdAt: new Date(createdAt).toISOString(),
    finishedAt: new Date(season.timing.now()).toISOString(),
    running: false,
    success: found.length === 0,
    captureErrorBehaviour: behaviour,
    errors: found.slice(0, ERRORS_MOST).map(errorOf),
    'cuofeng:scans': taken?.tally ?? emptyTally(),
  };
}

const STAMPS: Readonly<Record<number, string>> = {
  [Reason.future]: 'It is stamped later than it was received.',
  [Reason.outOfSeason]: 'It is stamped outside of the season.',
};

/** Scans that are right but for their stamps (T5). */
function stampFaults(
  batch: ScanBatch,
  reader: EventReader,
  { season }: TrackService,
): EventFault[] {
  const faults: EventFault[] = [];
  for (let i = 0; i < batch.count; i++) {
    const reason = faultOf(batch, i, season.network, DEFAULT_TRACK_POLICY);
    const text = STAMPS[reason];
    if (text === undefined) continue;
    faults.push({ ...reader.placeOf(i), code: REASONS[reason], field: 'eventTime', text });
  }
  return faults;
}

function withConflicts(
  faults: readonly EventFault[],
  { outcomes }: TakenBatch,
  reader: EventReader,
): EventFault[] {
  const all = [...faults];
  for (const [i, status] of outcomes.status.entries()) {
    if (status !== QUARANTINED || outcomes.reason[i] !== Reason.conflict) continue;
    const text = 'Another content under the same identity counts.';
    all.push({ ...reader.placeOf(i), code: REASONS[Reason.conflict], text });
  }
  return all;
}

function errorOf(fault: EventFault): CaptureError {
  return {
    type: 'epcisException:ValidationException',
    title: fault.code,
    status: 400,
    detail: fault.text,
    instance: `#/${placeText(fault)}`,
  };
}

/** Where a fault is in its document, as a path of it. */
export function placeText({ event, epc, field }: EventFault): string {
  const parts = ['epcisBody', 'eventList', event, ...(field === undefined ? [] : [field])];
  return [...parts, ...(epc === undefined ? [] : [`epc ${epc}`])].join('/').replace(' ', '/');
}
