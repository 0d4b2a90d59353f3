import { Held } from '../../units/held.js';
import type { Timing } from '../../units/timing.js';
import { Compression } from '../compress.js';
import { isSameRequest, readDecision } from '../decision.js';
import { type Adoption, type Change, Gate } from '../gate.js';
import type { GateNetwork } from '../gate-network.js';
import type { GatePlan } from '../gate-plan.js';
import { GateState } from '../gate-state.js';
import type { Overhang } from '../overhang.js';
import type { GatePolicy } from '../policy.js';
import { type Answers, CONFLICT, REPEATED, type RequestBatch } from '../requests.js';
import { type BatchAnswers, haveChanged, type TicketNow, ticketsNow } from './batch-answers.js';
import { EntryList } from './entry-list.js';
import type { JournalEntry, JournalStore } from './journal-store.js';
import { recordOfRow } from './records.js';
import { recover } from './recover.js';
import { WRITER_LIMITS, Writer, type WriterLimits } from './writer.js';

export interface OwnerOptions {
  readonly network: GateNetwork;
  readonly policy: GatePolicy;
  /** Four secret words, the same for the whole season. */
  readonly key: Int32Array;
  readonly store: JournalStore;
  /** Plans of the shard by version. @throws if there is none. */
  readonly plans: (version: number) => Promise<GatePlan>;
  readonly timing: Timing;
  /** This owner, for those who look who it is. */
  readonly name: string;
  readonly limits?: WriterLimits;
}

/** Rows and tickets of a part of a round of compression: a millisecond or two. */
const SEARCHED_AT_ONCE = 20_000;
const MOVED_AT_ONCE = 400;
/** Tickets that a round finds at most: they are kept until their turn, which is by what they save. */
const FOUND_MOST = 100_000;

/**
 * The owner of a shard: the only one that decides for it, as long as its epoch is in force. It decides in memory,
 * and answers after what it decided, and everything decided before, is durable (P3; writer.ts). What it shows is
 * durable too. Every call may reject with `Held`.
 */
export class ShardOwner {
  readonly #gate: Gate;
  readonly #entries: EntryList;
  readonly #writer: Writer;
  readonly #store: JournalStore;
  readonly #timing: Timing;
  /** Reused by every batch: what is kept of it is copied. */
  #answers: Answers = emptyAnswers(0);
  #round: Compression | undefined;
  /** First row that the next round looks at. */
  #unsearched = 0;

  private constructor(
    { network, policy, key, store, timing, limits = WRITER_LIMITS }: OwnerOptions,
    readonly epoch: number,
    state: GateState,
    entries: EntryList,
  ) {
    this.#gate = new Gate(network, policy, key, state);
    this.#entries = entries;
    this.#writer = new Writer(this.#gate, epoch, store, entries, timing, limits);
    this.#store = store;
    this.#timing = timing;
  }

  /**
   * Takes the shard over: begins an epoch, so that nobody else writes any more, then reads what is there.
   *
   * @throws Error if the journal is damaged (P15).
   */
  static async open(options: OwnerOptions): Promise<ShardOwner> {
    const { network, policy, store, plans, name } = options;
    const epoch = await store.take(name);
    const state = new GateState(network, policy);
    const entries = new EntryList();
    await recover(state, entries, store, plans);
    return new ShardOwner(options, epoch, state, entries);
  }

  /** Why this owner has lost the shard, when it has. */
  get lost(): string | undefined {
    return this.#writer.lost;
  }

  get behindMs(): number {
    return this.#writer.behindMs;
  }

  /** Number of the last entry that is durable. */
  get seq(): number {
    return this.#entries.last?.seq ?? 0;
  }

  /** What the gate knows, some of it perhaps not durable yet: shown with `show`. */
  get state(): GateState {
    return this.#gate.state;
  }

  /** Reads something now, and gives it when all that it may rest on is durable: later decisions are not in it. */
  async show<T>(read: (state: GateState) => T): Promise<T> {
    const value = read(this.#gate.state);
    await this.#writer.durable();
    return value;
  }

  /** Resolves when all that was decided so far is durable. */
  durable(): Promise<void> {
    return this.#writer.durable();
  }

  /** Answers requests in order (G2); those of one batch are of one instant. */
  async answer(batch: RequestBatch): Promise<BatchAnswers> {
    const decided = await this.#durably((gate, now) => this.#decide(gate, batch, now));
    return this.#withRepeats(batch, decided);
  }

  /** Cancels tickets by row, all of one instant (G6). */
  cancel(shipper: number, rows: readonly number[]): Promise<Change[]> {
    return this.#durably((gate, now) => rows.map((row) => gate.cancel(shipper, row, now)));
  }

  /** Confirms tickets by row (G5). */
  confirm(shipper: number, rows: readonly number[]): Promise<Change[]> {
    return this.#durably((gate, now) => rows.map((row) => gate.confirm(shipper, row, now)));
  }

  /** Parcels of these tickets were seen in a pick-up scan (G5). */
  pickUp(rows: readonly number[]): Promise<Change[]> {
    return this.#durably((gate, now) => rows.map((row) => gate.pickUp(row, now)));
  }

  /** Sets capacities from now on (G8), as [resource, slot, parcels]. */
  setCapacities(items: readonly (readonly [number, number, number])[]): Promise<Change[]> {
    return this.#durably((gate, now) =>
      items.map(([resource, slot, parcels]) => gate.setCapacity(resource, slot, parcels, now)),
    );
  }

  /** Takes over a plan, with capacities declared for it, as [resource, slot, parcels] (G8, P6). */
  adopt(
    plan: GatePlan,
    declared: readonly (readonly [number, number, number])[] = [],
  ): Promise<Adoption> {
    return this.#durably((gate, now) => {
      const adoption = gate.adopt(plan, now);
      if (adoption === 'adopted') {
        for (const [resource, slot, parcels] of declared) {
          gate.setCapacity(resource, slot, parcels, now);
        }
      }
      return adoption;
    });
  }

  /** Lets time pass: what is due lapses (G5). */
  advance(): Promise<void> {
    return this.#durably((gate, now) => gate.advance(now));
  }

  /**
   * Offers what is free to those who wait (G7): a part of a round, a millisecond or two, so that nobody waits for it. Gives
   * whether a round is over.
   */
  async compressSome(): Promise<boolean> {
    const round = (this.#round ??= new Compression(this.state, this.#unsearched, FOUND_MOST));
    if (!round.isSearched) round.search(SEARCHED_AT_ONCE);
    else await this.#durably((gate, now) => gate.moveEarlier(round, MOVED_AT_ONCE, now));
    if (!round.isOver) return false;
    this.#unsearched = round.rest;
    this.#round = undefined;
    return true;
  }

  /** Moves tickets out of overhang, because somebody decided so (G8). Gives how many moved. */
  settleOverhang(): Promise<number> {
    return this.#durably((gate, now) => gate.settleOverhang(now));
  }

  /** Shown with `show`. */
  listOverhang(): Overhang[] {
    return this.#gate.listOverhang();
  }

  /** First row of the request that the shipper named so, or −1. */
  find(shipper: number, ids: Uint8Array, start?: number, end?: number): number {
    return this.#gate.find(shipper, ids, start, end);
  }

  /** The durable entry with a row. */
  async entryOf(row: number): Promise<JournalEntry> {
    const seq = this.#entries.seqOf(row);
    const entry = this.#entries.recent(seq) ?? (await this.#find(seq));
    if (!entry) throw new Error(`journal entry ${seq} is missing`);
    return entry;
  }

  async #find(seq: number): Promise<JournalEntry | undefined> {
    try {
      return await this.#store.find(seq);
    } catch (error) {
      throw new Held('unsure', `the ledger cannot be read: ${String(error)}`);
    }
  }

  async #durably<T>(act: (gate: Gate, now: number) => T): Promise<T> {
    const value = this.#act(act);
    await this.#writer.durable();
    return value;
  }

  #act<T>(act: (gate: Gate, now: number) => T): T {
    this.#writer.check();
    const now = this.#timing.now();
    const value = act(this.#gate, now);
    this.#gate.stamp(now);
    return value;
  }

  #decide(gate: Gate, batch: RequestBatch, now: number): Decided {
    if (this.#answers.status.length < batch.count) this.#answers = emptyAnswers(2 * batch.count);
    const answers = this.#answers;
    const start = gate.journal.length;
    gate.decide(batch, now, answers);
    for (const i of inOrderOfRecords(batch.count, answers.record)) {
      this.#writer.addId(batch.ids, batch.idStart[i], batch.idStart[i + 1]);
    }
    const { count } = batch;
    const status = answers.status.slice(0, count);
    const at = answers.record.slice(0, count);
    for (let i = 0; i < count; i++) if (at[i] >= 0) at[i] -= start;
    const repeats: Repeat[] = [];
    for (let i = 0; i < count; i++) {
      if (status[i] !== REPEATED) continue;
      repeats.push({ i, row: answers.row[i], tickets: ticketsNow(gate.state, answers.row[i]) });
    }
    return { status, at, words: gate.journal.words.slice(start, gate.journal.length), repeats };
  }

  /** Fetches the records of what was answered before, and makes sure that the requests are the same (G2). */
  async #withRepeats(batch: RequestBatch, decided: Decided): Promise<BatchAnswers> {
    const { status, at, repeats } = decided;
    const changed = new Map<number, readonly TicketNow[]>();
    const pieces: Int32Array[] = [decided.words];
    let length = decided.words.length;
    for (const { i, row, tickets } of repeats) {
      const record = recordOfRow(await this.entryOf(row), row);
      if (!isSameRequest(record, 0, batch, i)) {
        status[i] = CONFLICT;
        continue;
      }
      at[i] = length;
      length += record.length;
      pieces.push(record);
      if (haveChanged(readDecision(record, 0), tickets)) changed.set(i, tickets);
    }
    return { status, at, words: repeats.length === 0 ? decided.words : joined(pieces), changed };
  }
}

interface Decided extends Omit<BatchAnswers, 'changed'> {
  readonly repeats: readonly Repeat[];
}

/** A request answered before, under `row`, and its tickets at the moment of asking. */
interface Repeat {
  readonly i: number;
  readonly row: number;
  readonly tickets: readonly TicketNow[];
}

function emptyAnswers(count: number): Answers {
  return {
    status: new Uint8Array(count),
    row: new Uint32Array(count),
    record: new Int32Array(count),
  };
}

/** The requests with a record, in the order of the journal: those that share (G10) come out of turn. */
function inOrderOfRecords(count: number, record: Int32Array): Int32Array {
  const order = new Int32Array(count);
  let length = 0;
  let isSorted = true;
  for (let i = 0; i < count; i++) {
    if (record[i] < 0) continue;
    if (length > 0 && record[order[length - 1]] > record[i]) isSorted = false;
    order[length++] = i;
  }
  const recorded = order.subarray(0, length);
  return isSorted ? recorded : recorded.toSorted((i, j) => record[i] - record[j]);
}

function joined(pieces: readonly Int32Array[]): Int32Array {
  const words = new Int32Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    words.set(piece, at);
    at += piece.length;
  }
  return words;
}
