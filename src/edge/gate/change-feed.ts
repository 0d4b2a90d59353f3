import type { JournalEntry, Notices } from '../../gate/owner/journal-store.js';
import { NOTICE } from '../../gate/owner/notices.js';
import { requestOfRow } from '../../gate/owner/records.js';
import { cursorText, type Position, parseCursor } from './change-cursor.js';
import { ChangeViews, type NoticeAt, type RequestRecord, rowOfNotice } from './change-view.js';
import { BadCursor, type Change, type ChangePage, type ChangesAsked } from './gate-service.js';
import type { Scope } from './scope.js';

/** Notices of an entry for one audience. */
export interface NoticeRow extends Notices {
  readonly seq: number;
  /** When the entry was written, milliseconds since 1970. */
  readonly at: number;
}

/** A shard's notices and entries as they lie in the ledger. */
export interface NoticeStore {
  /** Number of the last entry, 0 if there is none. */
  head(): Promise<number>;
  /**
   * All notices of the first `entries` entries from `seq` on that have any, in order of entry and audience: of one
   * audience and of everyone, or of all.
   */
  notices(audience: number | undefined, seq: number, entries: number): Promise<NoticeRow[]>;
  /** The entry with a ticket's row. */
  findRow(row: number): Promise<JournalEntry | undefined>;
}

/** How often the ledger is looked at while somebody waits for a change, milliseconds. */
const LOOK_MS = 250;
/** Entries with notices read at a time and shard. */
const ENTRIES_READ = 50;
/** Entries kept of a shard, for tickets that change together were mostly given together. */
const ENTRIES_KEPT = 32;

/**
 * Changes in order, from a cursor on (docs/spec/gate.md), read from the ledger: whoever owns a shard, any process tells
 * them, and nothing is lost between one call and the next. Within a shard the order is the journal's; between shards
 * that of their clocks, as far as both were there to read.
 */
export class ChangeFeed {
  readonly #entries = new Map<number, JournalEntry[]>();

  constructor(
    private readonly stores: ReadonlyMap<number, NoticeStore>,
    private readonly views: ChangeViews,
    /** Ends after so many milliseconds, or when the signal says so. */
    private readonly pause: (ms: number, signal: AbortSignal) => Promise<void>,
  ) {}

  /**
   * @param audience number of a shipper, or undefined for who sees more than one.
   * @throws BadCursor
   */
  async read(
    scope: Scope,
    audience: number | undefined,
    after: string | undefined,
    { limit, waitMs, signal }: ChangesAsked,
  ): Promise<ChangePage> {
    let positions: readonly Position[] =
      after === undefined ? await this.#heads() : this.#positions(after);
    for (let waited = 0; ; waited += LOOK_MS) {
      const page = await this.#page(scope, audience, positions, limit);
      positions = page.positions;
      if (page.changes.length > 0 || waited >= waitMs || signal.aborted) {
        return { changes: page.changes, cursor: cursorText(positions) };
      }
      if (!page.isMore) await this.pause(LOOK_MS, signal);
    }
  }

  async #heads(): Promise<Position[]> {
    const heads = [...this.stores].map(async ([shard, store]) => ({
      shard,
      seq: (await store.head()) + 1,
      index: 0,
    }));
    return Promise.all(heads);
  }

  /** A cursor's position in each shard of today, those it does not name from the beginning. */
  #positions(cursor: string): Position[] {
    const given = parseCursor(cursor);
    if (!given) throw new BadCursor();
    const of = new Map(given.map((position) => [position.shard, position]));
    return [...this.stores.keys()].map((shard) => of.get(shard) ?? { shard, seq: 1, index: 0 });
  }

  async #page(
    scope: Scope,
    audience: number | undefined,
    positions: readonly Position[],
    limit: number,
  ) {
    const changes: Change[] = [];
    const next: Position[] = [];
    let isMore = false;
    for (const position of positions) {
      const store = this.stores.get(position.shard);
      const room = limit - changes.length;
      if (!store || room <= 0) {
        next.push(position);
        continue;
      }
      const rows = await store.notices(audience, position.seq, ENTRIES_READ);
      const read = await this.#changes(scope, store, position, rows, room);
      changes.push(...read.changes);
      next.push(read.position);
      isMore ||= rows.length > 0;
    }
    return { changes: changes.toSorted((a, b) => compare(a.at, b.at)), positions: next, isMore };
  }

  /** Up to `room` changes from a position on, and the position behind the last notice looked at. */
  async #changes(
    scope: Scope,
    store: NoticeStore,
    from: Position,
    rows: readonly NoticeRow[],
    room: number,
  ) {
    const { shard } = from;
    const changes: Change[] = [];
    let position = from;
    let at = 0;
    for (const group of bySeq(rows)) {
      const { seq } = group[0];
      // The clock of a new owner may be behind.
      at = Math.max(at, group[0].at);
      let index = 0;
      for (const { words } of group) {
        for (let start = 0; start < words.length; start += NOTICE, index++) {
          if (seq === from.seq && index < from.index) continue;
          if (changes.length >= room) return { changes, position: { shard, seq, index } };
          const notice = { shard, at, words, start };
          const change = this.views.of(scope, notice, await this.#request(store, notice));
          if (change) changes.push(change);
        }
      }
      position = { shard, seq: seq + 1, index: 0 };
    }
    return { changes, position };
  }

  async #request(store: NoticeStore, notice: NoticeAt): Promise<RequestRecord | undefined> {
    const row = rowOfNotice(notice);
    if (row < 0) return undefined;
    const kept = this.#entries.get(notice.shard) ?? [];
    let entry = kept.find(({ firstRow, rows }) => row >= firstRow && row < firstRow + rows);
    if (!entry) {
      entry = await store.findRow(row);
      if (!entry) throw new Error(`shard ${notice.shard} has no entry with row ${row}`);
      this.#entries.set(notice.shard, [entry, ...kept.slice(0, ENTRIES_KEPT - 1)]);
    }
    return requestOfRow(entry, row);
  }
}

/** Rows of one entry together: an index counts through all of them. */
function bySeq(rows: readonly NoticeRow[]): NoticeRow[][] {
  const groups: NoticeRow[][] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    if (last?.[0].seq === row.seq) last.push(row);
    else groups.push([row]);
  }
  return groups;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
