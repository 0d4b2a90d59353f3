import type {
  Appended,
  JournalEntry,
  JournalStore,
} from '../../../src/gate/owner/journal-store.js';
import type { Chance } from './chance.js';
import { copyOf, type Ledger } from './ledger.js';
import type { Machine } from './machine.js';
import type { Reach } from './reach.js';
import type { Scheduler } from './scheduler.js';

/** How often a call meets each fault, and how long the way to the ledger takes: of one run. */
export interface StoreFaults {
  readonly wayMs: number;
  late: number;
  lost: number;
  replyLost: number;
  doneLater: number;
  twice: number;
  slowRead: number;
}

export const NO_FAULTS: StoreFaults = {
  wayMs: 4,
  late: 0,
  lost: 0,
  replyLost: 0,
  doneLater: 0,
  twice: 0,
  slowRead: 0,
};

/** A call ends within this time, milliseconds. */
const CALL_MOST_MS = 4000;

/** What goes between a process and the ledger in one run. */
export interface Wire {
  readonly scheduler: Scheduler;
  readonly chance: Chance;
  readonly reach: Reach;
  readonly ledger: Ledger;
  faults: StoreFaults;
  /** Names of machines that do not reach the ledger. */
  readonly cut: Set<string>;
  /** Machines with an append on its way; or done, and its process does not know yet. */
  readonly underWay: Map<Machine, 'sent' | 'done'>;
}

/** A reply that nobody gets. */
function nobody(): void {}

type Kind = 'take' | 'append' | 'read' | 'find';

/**
 * A store of one process, over a connection that fails in every way in which one can: each call goes to the ledger,
 * is done there at one instant, and comes back; each of these may be late, or never be.
 */
export class SimulatedStore implements JournalStore {
  readonly #life: number;

  constructor(
    private readonly wire: Wire,
    private readonly machine: Machine,
  ) {
    this.#life = machine.life;
  }

  take(owner: string): Promise<number> {
    return this.#call('take', () => this.wire.ledger.take(owner));
  }

  append(entry: JournalEntry): Promise<Appended> {
    const { machine, wire } = this;
    const sent = copyOf(entry);
    const life = this.#life;
    let isOver = false;
    wire.underWay.set(machine, 'sent');
    const call = this.#call('append', () => {
      const outcome = wire.ledger.append(sent);
      if (outcome === 'appended' && machine.life === life && !isOver)
        wire.underWay.set(machine, 'done');
      if (outcome === 'appended' && machine.life !== life) {
        wire.reach.add('append: of a process that is gone');
      }
      if (outcome === 'fenced' && machine.life === life) {
        wire.reach.add('append: of a zombie, fenced');
      }
      return outcome;
    });
    return call.finally(() => {
      isOver = true;
      wire.underWay.delete(machine);
    });
  }

  async *read(seq: number): AsyncIterable<JournalEntry> {
    const { chance, ledger } = this.wire;
    const most = chance.between(1, 12);
    for (let next = seq; ; next += most) {
      const page = await this.#call('read', () => ({
        entries: ledger.read(next, most),
        isLast: ledger.entries.length < next + most,
      }));
      for (const entry of page.entries) yield copyOf(entry);
      if (page.isLast) return;
    }
  }

  find(seq: number): Promise<JournalEntry | undefined> {
    return this.#call('find', () => {
      const entry = this.wire.ledger.find(seq);
      return entry && copyOf(entry);
    });
  }

  /** Sends a call and gives what becomes of it. A process that is gone waits for ever. */
  #call<T>(kind: Kind, work: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      let isOver = false;
      const { wire, machine } = this;
      const { scheduler, ledger, chance } = wire;
      const { wayMs } = wire.faults;
      const life = this.#life;
      const { generation } = ledger;
      const fail = (ms: number): void =>
        machine.after(life, ms, () => {
          if (isOver) return;
          isOver = true;
          if (kind === 'find') wire.reach.add('read back: failed');
          if (kind === 'read') wire.reach.add('read: broken off');
          if (kind === 'take') wire.reach.add('take: unknown');
          reject(new Error('the connection broke'));
        });
      if (wire.cut.has(machine.name) || ledger.isDown) {
        fail(chance.delay(wayMs));
        return;
      }
      const fate = this.#fate(kind);
      const arrive = (reply: (result: T) => void) => (): void => {
        if (ledger.isDown || ledger.generation !== generation) return;
        // A message of a process that crashed may have left before.
        if (machine.life !== life && chance.is(0.5)) return;
        try {
          reply(work());
        } catch (error) {
          machine.after(life, chance.delay(wayMs), () => reject(error));
        }
      };
      const back = (result: T): void => {
        if (ledger.generation === generation && !wire.cut.has(machine.name)) {
          machine.after(life, chance.delay(wayMs), () => {
            isOver = true;
            resolve(result);
          });
        }
      };
      const way = chance.delay(wayMs) + fate.lateMs;
      // Whatever becomes of it, the call ends.
      fail(fate.isLost ? chance.between(200, CALL_MOST_MS) : CALL_MOST_MS);
      if (fate.arrivals === 0) return;
      if (fate.arrivals === 2) scheduler.after(way, arrive(nobody));
      const last = fate.arrivals === 2 ? way + chance.delay(20 * wayMs) : way;
      scheduler.after(last, arrive(fate.isLost ? nobody : back));
    });
  }

  /** What becomes of a call: how often it arrives, how late, and whether its reply is lost. */
  #fate(kind: Kind): { arrivals: number; lateMs: number; isLost: boolean } {
    const { faults, chance, reach } = this.wire;
    const fate = { arrivals: 1, lateMs: 0, isLost: false };
    if (kind === 'read' || kind === 'find') {
      if (chance.is(faults.slowRead)) {
        fate.lateMs = chance.between(100, 3000);
        reach.add('read: slow');
      }
      if (chance.is(faults.lost)) return { arrivals: 0, lateMs: 0, isLost: true };
      return fate;
    }
    const isAppend = kind === 'append';
    if (chance.is(faults.late)) {
      fate.lateMs = chance.between(50, 2000);
      if (isAppend) reach.add('append: late');
    }
    if (chance.is(faults.lost)) {
      if (isAppend) reach.add('append: lost before it was done');
      return { arrivals: 0, lateMs: 0, isLost: true };
    }
    if (chance.is(faults.replyLost)) {
      if (isAppend) reach.add('append: done, its reply lost');
      fate.isLost = true;
    } else if (chance.is(faults.doneLater)) {
      if (isAppend) reach.add('append: given up, done later');
      fate.lateMs = chance.between(CALL_MOST_MS, 3 * CALL_MOST_MS);
      fate.isLost = true;
    } else if (isAppend && chance.is(faults.twice)) {
      reach.add('append: delivered twice');
      fate.arrivals = 2;
    }
    return fate;
  }
}
