import { createHash } from 'node:crypto';
import type { GatePlan } from '../../../src/gate/gate-plan.js';
import type { JournalEntry } from '../../../src/gate/owner/journal-store.js';
import {
  decisionText,
  type Record,
  type RequestRecord,
  readRecords,
  STATES,
} from './journal-reader.js';
import { NaiveBooks } from './naive-books.js';
import { CLASSES, type Reach } from './reach.js';
import type { SmallWorld } from './small-world.js';

interface Row {
  readonly shipper: number;
  readonly flow: number;
  readonly ready: number;
  readonly parcels: number;
  slot: number;
  way: number;
  state: string;
  /** What it ever was. */
  readonly past: string[];
}

/** What was decided on a request, as the journal has it. */
export interface Decided {
  readonly content: string;
  readonly text: string;
  readonly tickets: number;
}

/** What a request is, beside its shipper and id. */
export function contentOf(
  flow: number,
  readyAt: number,
  parcels: number,
  notAfter: number,
  divisible: number,
): string {
  return JSON.stringify([flow, readyAt, parcels, notAfter, divisible]);
}

/**
 * An auditor reads each entry when it has become durable, and keeps books of its own: plain rows, maps and sums over
 * the words of the journal, and no line of the gate's code. What is wrong is put on a list, with the promise broken.
 */
export class Audit {
  readonly violations: string[] = [];
  readonly rows: Row[] = [];
  readonly decided = new Map<string, Decided>();
  readonly plans: { readonly version: number; readonly plan: GatePlan }[] = [];
  now = Number.NEGATIVE_INFINITY;
  #entries = 0;
  #epoch = 0;
  #at = Number.NEGATIVE_INFINITY;
  #hash = Buffer.alloc(32);
  #sharesDue = 0;
  readonly books: NaiveBooks;
  /** Parcels of the plan's shares not yet drawn, whatever of them lapsed or was cut. */
  readonly #shares = new Map<string, number>();

  constructor(
    private readonly world: SmallWorld,
    private readonly planOf: (version: number) => GatePlan | undefined,
    private readonly reach: Reach,
  ) {
    this.books = new NaiveBooks(world);
  }

  check(isRight: boolean, promise: string, what: () => string): void {
    if (!isRight) this.violations.push(`${promise}: ${what()}`);
  }

  /** @param inForce the epoch in force when the entry was written. */
  entry(entry: JournalEntry, inForce: number): void {
    try {
      this.#entry(entry, inForce);
    } catch (error) {
      this.check(false, 'P14', () => `entry ${entry.seq} cannot be read: ${String(error)}`);
    }
  }

  #entry(entry: JournalEntry, inForce: number): void {
    const { seq, epoch, at, firstRow, rows } = entry;
    const name = `entry ${seq}`;
    this.check(seq === this.#entries + 1, 'P14', () => `${name} after ${this.#entries}`);
    this.check(epoch >= this.#epoch, 'P6', () => `${name}: epoch ${epoch} after ${this.#epoch}`);
    this.check(epoch === inForce, 'P6', () => `${name}: epoch ${epoch}, in force ${inForce}`);
    this.check(at >= this.#at, 'G11', () => `${name} was closed at ${at}, before the last one`);
    this.check(firstRow === this.rows.length, 'P5', () => `${name} begins with row ${firstRow}`);
    this.#chain(entry);
    const told = new Map<number, number[]>();
    for (const record of readRecords(entry)) {
      this.#tell(record, told);
      this.#record(record);
    }
    const own = [...told].toSorted(([a], [b]) => a - b);
    const found = entry.notices.map(({ audience, words }) => [audience, [...words]]);
    this.check(
      JSON.stringify(own) === JSON.stringify(found),
      'G7, G8',
      () => `${name}: who is told`,
    );
    this.check(this.rows.length === firstRow + rows, 'P5', () => `${name} has not ${rows} rows`);
    this.#entries = seq;
    this.#epoch = epoch;
    this.#at = at;
  }

  /** Plans of versions in force stay what they were (P6). */
  plansStay(): void {
    for (const { version, plan } of this.plans) {
      this.check(
        this.planOf(version) === plan,
        'P6',
        () => `version ${version} became another plan`,
      );
    }
  }

  #chain(entry: JournalEntry): void {
    const { seq, epoch, at, firstRow, rows, words, ids } = entry;
    const head = Buffer.alloc(56);
    [seq, epoch, at, firstRow, rows, 4 * words.length, ids.length].forEach((value, i) => {
      head.writeDoubleLE(value, 8 * i);
    });
    const body = Buffer.alloc(4 * words.length);
    words.forEach((word, i) => body.writeInt32LE(word, 4 * i));
    const hash = createHash('sha256').update(this.#hash).update(head).update(body).update(ids);
    this.#hash = hash.digest();
    this.check(this.#hash.equals(entry.hash), 'P14', () => `entry ${seq}: its hash does not fit`);
  }

  /** Puts down who is to be told of a record that is about to happen (src/gate/owner/notices.ts). */
  #tell(record: Record, told: Map<number, number[]>): void {
    const notice: number[] = [];
    let audience = -1;
    if (record.kind === 'plan') notice.push(2, record.version);
    else if (record.kind === 'capacity') {
      notice.push(3, record.resource, record.slot, record.parcels);
    } else if (record.kind === 'state' || record.kind === 'moved') {
      const { shipper, slot, way } = this.rows[record.row];
      audience = shipper;
      if (record.kind === 'state') notice.push(6, record.row, record.state, slot, way);
      else notice.push(7, record.row, record.reason, record.slot, record.way, slot, way);
    }
    if (notice.length === 0) return;
    while (notice.length < 8) notice.push(0);
    told.set(audience, [...(told.get(audience) ?? []), ...notice]);
  }

  #record(record: Record): void {
    const { kind } = record;
    if (kind === 'clock') {
      this.check(record.now >= this.now, 'G11', () => `the clock went back to ${record.now}`);
      this.now = record.now;
    } else if (kind === 'plan') this.#plan(record.version);
    else if (kind === 'capacity') this.#cut(record);
    else if (kind === 'request') this.#request(record);
    else if (kind === 'shares lapsed') {
      const due = this.startOf(record.slot + 1) - this.world.policy.shareCutOffMs;
      this.check(due <= this.now, 'G5', () => `shares of slot ${record.slot} lapsed too early`);
      this.#sharesDue = record.slot + 1;
    } else if (kind === 'state') this.#change(record.row, STATES[record.state]);
    else this.#move(record);
  }

  #plan(version: number): void {
    const plan = this.planOf(version);
    const before = this.plans.at(-1);
    if (!plan) throw new Error(`there is no plan version ${version}`);
    this.check(
      !before || version > before.version,
      'P6',
      () => `${version} after ${before?.version}`,
    );
    this.plans.push({ version, plan });
    this.#shares.clear();
    this.books.plan(plan);
    const { shipper, flow, slot, way, parcels, count } = plan.shares;
    for (let i = 0; i < count; i++) {
      const key = [shipper[i], flow[i], slot[i], way[i]].join();
      this.#shares.set(key, (this.#shares.get(key) ?? 0) + parcels[i]);
    }
  }

  #cut({ resource, slot, parcels }: { resource: number; slot: number; parcels: number }): void {
    const key = `${resource}/${slot}`;
    const { capacity, ticketed } = this.books;
    this.check(capacity.has(key), 'G8', () => `${key} is outside of the plan`);
    capacity.set(key, parcels);
    if ((ticketed.get(key) ?? 0) > parcels) this.reach.add('overhang');
  }

  #request(record: RequestRecord): void {
    const { id, shipper, flow, readyAt, asked, notAfter, divisible, tickets, row } = record;
    const name = `request ${shipper}/${id}`;
    const key = `${shipper}/${id}`;
    this.check(!this.decided.has(key), 'P2', () => `${name} was decided twice`);
    const content = contentOf(flow, readyAt, asked, notAfter, divisible);
    this.decided.set(key, { content, text: decisionText(record), tickets: tickets.length });
    this.check(row === this.rows.length, 'P5', () => `${name} has row ${row}`);
    const plan = this.plans.at(-1);
    this.check(record.version === plan?.version, 'P6', () => `${name}: plan ${record.version}`);
    const end = plan ? plan.plan.from + plan.plan.slots : 0;
    const ready = this.#slotAt(Math.max(readyAt, this.now));
    for (const { run, slot, way, parcels } of tickets) {
      const isIn = slot >= ready && slot <= notAfter && slot < end;
      this.check(isIn, 'G4', () => `${name}: slot ${slot}, ready in ${ready}`);
      if (run >= 0) this.#draw([shipper, flow, slot, way].join(), slot, parcels, name);
      const now = { slot, way, state: 'issued', past: ['issued'] };
      this.rows.push({ shipper, flow, ready, parcels, ...now });
      this.books.load(flow, way, slot, parcels);
      this.#fits(flow, way, slot, name);
    }
    if (tickets.length === 0) {
      const none = { slot: 0, way: 0, parcels: 0, state: 'refused' };
      this.rows.push({ shipper, flow, ready, ...none, past: ['refused'] });
    }
    const sum = tickets.reduce((total, ticket) => total + ticket.parcels, 0);
    const isWhole = sum === asked || sum === 0;
    const isRight =
      divisible === 1 ? sum <= asked : isWhole && new Set(tickets.map((t) => t.slot)).size <= 1;
    this.check(isRight, 'G4', () => `${name}: ${sum} of ${asked} parcels`);
  }

  #draw(key: string, slot: number, parcels: number, name: string): void {
    const left = (this.#shares.get(key) ?? 0) - parcels;
    this.#shares.set(key, left);
    this.check(left >= 0, 'P1', () => `${name} draws more than the share ${key}`);
    this.check(slot >= this.#sharesDue, 'G5', () => `${name} draws on a share that lapsed`);
  }

  #change(at: number, to: string): void {
    const row = this.rows[at];
    if (!row) throw new Error(`there is no row ${at}`);
    const { state: from, slot } = row;
    const waits = from === 'issued' || from === 'confirmed';
    const due = this.startOf(slot + 1) - this.world.policy.ticketCutOffMs;
    const may: { readonly [state: string]: boolean | undefined } = {
      confirmed: from === 'issued',
      'picked up': waits,
      cancelled: waits && this.startOf(slot) > this.now,
      lapsed: from === 'issued' && due <= this.now,
    };
    this.check(may[to] ?? false, 'G5, G6', () => `row ${at} was ${from}, is ${to}`);
    if (isInForce(from) && !isInForce(to)) this.books.load(row.flow, row.way, slot, -row.parcels);
    row.state = to;
    row.past.push(to);
    const name = CLASSES.find((reached) => reached === `ticket: ${to}`);
    if (name) this.reach.add(name);
  }

  #move(record: { row: number; slot: number; way: number; reason: number }): void {
    const row = this.rows[record.row];
    if (!row) throw new Error(`there is no row ${record.row}`);
    const waits =
      (row.state === 'issued' || row.state === 'confirmed') && this.startOf(row.slot) > this.now;
    const isRight = record.reason === 1 ? record.slot < row.slot : record.slot >= row.slot;
    const isReady = record.slot >= Math.max(row.ready, this.#slotAt(this.now));
    this.check(waits && isRight && isReady, 'G7, G8', () => `row ${record.row} moved wrongly`);
    this.books.load(row.flow, row.way, row.slot, -row.parcels);
    row.slot = record.slot;
    row.way = record.way;
    this.books.load(row.flow, row.way, row.slot, row.parcels);
    this.#fits(row.flow, row.way, row.slot, `the move of row ${record.row}`);
    this.reach.add('ticket: moved');
  }

  /** No more on tickets than the capacity in force, wherever a ticket just given loads (P1). */
  #fits(flow: number, way: number, slot: number, name: string): void {
    const over = this.books.over(flow, way, slot);
    this.check(over === undefined, 'P1', () => `${name}: ${over}`);
  }

  /** The instant of a slot's start, or of a part of it. */
  startOf(slot: number): number {
    return this.world.network.startMs + slot * this.world.network.slotMs;
  }

  #slotAt(instant: number): number {
    return Math.floor((instant - this.world.network.startMs) / this.world.network.slotMs);
  }
}

export function isInForce(state: string): boolean {
  return state === 'issued' || state === 'confirmed' || state === 'picked up';
}
