import { faultOf } from '../../../track/fault-of.js';
import { partitionOf } from '../../../track/partitions.js';
import { DEFAULT_TRACK_POLICY } from '../../../track/policy.js';
import { Reason, type ScanBatch } from '../../../track/scans.js';
import type { TrackNetwork } from '../../../track/track-network.js';
import type { TrackService } from '../track-service.js';
import { type EventLog, lastBefore } from './event-log.js';
import type { EventFilter } from './event-query.js';
import { type Telling, type ToldEvent, tellEvent } from './tell-event.js';

/** Scans looked at for one page: what is asked for may be rare. Then the page is short, and the next goes on. */
const LOOKED_AT_MOST = 100_000;

/** Places in the logs from where a page goes on: entry and row of each log, by turns. */
export type Places = readonly number[];

export interface EventPage {
  readonly events: readonly ToldEvent[];
  /** Where the next page begins; undefined where there is none. */
  readonly next: Places | undefined;
}

interface Asked {
  readonly log: EventLog;
  readonly network: TrackNetwork;
  readonly telling: Telling;
  readonly filter: EventFilter;
  readonly perPage: number;
}

/** One log, read backwards. */
interface Cursor {
  readonly number: number;
  /** The entry to go on with, and its last row to look at; entry 0 where there are no more. */
  seq: number;
  row: number;
  /** Entries read, the next one first. */
  ahead: ScanBatch[];
}

/**
 * Events in the order of their receipt, the last first. Reads from the last entry that can be meant to the first: what was
 * stamped at a moment was not received before it, but for the tolerance of clocks (T5), so that both times bound what is read.
 */
export async function findEvents(asked: Asked, places?: Places): Promise<EventPage> {
  const { filter, perPage } = asked;
  const cursors = await cursorsOf(asked, places);
  const events = new Map<string, ToldEvent>();
  let looked = 0;
  while (events.size < perPage && looked < LOOKED_AT_MOST) {
    const cursor = await latest(asked, cursors);
    if (!cursor) return { events: [...events.values()], next: undefined };
    const [batch] = cursor.ahead;
    for (; cursor.row >= 0 && events.size < perPage; cursor.row--, looked++) {
      if (!isAskedFor(batch, cursor.row, asked)) continue;
      const event = tellEvent(batch, cursor.row, asked.telling);
      // A scan that was sent twice is there twice.
      if (filter.codes(event)) events.set(event.eventID, event);
    }
    if (cursor.row < 0) pass(cursor);
  }
  return { events: [...events.values()], next: cursors.flatMap(({ seq, row }) => [seq, row]) };
}

/** The cursor whose entry was received last; of two, that of the lower log. */
async function latest(asked: Asked, cursors: readonly Cursor[]): Promise<Cursor | undefined> {
  let best: Cursor | undefined;
  for (const cursor of cursors) {
    if (cursor.seq === 0) continue;
    if (cursor.ahead.length === 0) await readAhead(asked, cursor);
    const [batch] = cursor.ahead;
    if (batch && (!best || batch.receivedAt > best.ahead[0].receivedAt)) best = cursor;
  }
  return best;
}

async function readAhead({ log, filter }: Asked, cursor: Cursor): Promise<void> {
  const ahead = await log.back(cursor.number, cursor.seq);
  const [batch] = ahead;
  const tooEarly = Math.max(filter.receivedFrom, filter.from - DEFAULT_TRACK_POLICY.futureMs);
  if (!batch || batch.receivedAt < tooEarly) {
    cursor.seq = 0;
    return;
  }
  cursor.ahead = ahead.filter(({ receivedAt }) => receivedAt >= tooEarly);
  cursor.row = Math.min(cursor.row, batch.count - 1);
}

/** To the entry before. */
function pass(cursor: Cursor): void {
  cursor.ahead.shift();
  cursor.seq -= 1;
  cursor.row = cursor.ahead.length > 0 ? cursor.ahead[0].count - 1 : Number.MAX_SAFE_INTEGER;
}

async function cursorsOf({ log, filter }: Asked, places?: Places): Promise<Cursor[]> {
  const cursors: Cursor[] = [];
  for (let number = 0; number < log.logs; number++) {
    const [seq, row] = places
      ? places.slice(2 * number)
      : [await lastOf(log, number, filter), Number.MAX_SAFE_INTEGER];
    cursors.push({ number, seq, row, ahead: [] });
  }
  return cursors;
}

async function lastOf(log: EventLog, number: number, filter: EventFilter): Promise<number> {
  const range = await log.range(number);
  if (range[1] < range[0]) return 0;
  if (filter.receivedUntil === Number.POSITIVE_INFINITY) return range[1];
  const last = await lastBefore(log, number, range, filter.receivedUntil);
  return last < range[0] ? 0 : last;
}

function isAskedFor(batch: ScanBatch, i: number, { filter, network }: Asked): boolean {
  const at = batch.at[i];
  return (
    batch.unparsable[i] === 0 &&
    filter.kinds[batch.kind[i]] === 1 &&
    filter.resources[batch.resource[i]] === 1 &&
    filter.operators[batch.operator[i]] === 1 &&
    at >= filter.from &&
    at < filter.until &&
    batch.receivedAt >= filter.receivedFrom &&
    batch.receivedAt < filter.receivedUntil &&
    faultOf(batch, i, network, DEFAULT_TRACK_POLICY) === Reason.none
  );
}

/**
 * Events of some parcels, the last first: their histories say in which entries they are, so that nothing else is read.
 *
 * @param skip as many were told before.
 */
export async function findEventsOf(
  asked: Asked,
  service: Pick<TrackService, 'find'>,
  parcels: readonly Int32Array[],
  skip: number,
): Promise<EventPage> {
  const found: { readonly batch: ScanBatch; readonly row: number }[] = [];
  for (const parcel of parcels) {
    const life = await service.find(parcel);
    const number = partitionOf(parcel[0], asked.log.logs);
    const seqs = new Set((life?.scans ?? []).flatMap(({ seq }) => seq ?? []));
    for (const batch of await asked.log.list(number, [...seqs])) {
      for (let row = 0; row < batch.count; row++) {
        if (isOf(batch, row, parcel) && isAskedFor(batch, row, asked)) found.push({ batch, row });
      }
    }
  }
  found.sort(
    (a, b) => b.batch.receivedAt - a.batch.receivedAt || b.batch.at[b.row] - a.batch.at[a.row],
  );
  const told = found.map(({ batch, row }) => tellEvent(batch, row, asked.telling));
  const distinct = [
    ...new Map(told.filter(asked.filter.codes).map((e) => [e.eventID, e])).values(),
  ];
  const end = skip + asked.perPage;
  return { events: distinct.slice(skip, end), next: distinct.length > end ? [end] : undefined };
}

function isOf({ parcel }: ScanBatch, row: number, words: Int32Array): boolean {
  return words.every((word, i) => parcel[4 * row + i] === word);
}
