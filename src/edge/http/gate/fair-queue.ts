import { Busy } from '../../gate/gate-service.js';

export interface FairQueueOptions {
  /** Cost under way at a time; a single piece of work that costs more is done alone. */
  readonly underWayMost: number;
  /** Cost that one organisation may have waiting. */
  readonly waitingMost: number;
  /** What an organisation may spend when its turn comes, before the next has its turn. */
  readonly quantum: number;
}

/** Places of a line kept after their work has begun: taking them off one by one would move all the others. */
const KEPT_MOST = 1024;

interface Waiting {
  readonly cost: number;
  readonly start: () => void;
}

interface Line {
  readonly waiting: Waiting[];
  /** Index of the first that still waits. */
  first: number;
  cost: number;
  credit: number;
}

/**
 * Work of many organisations, done in fair turns: deficit round robin. However much one of them asks for, a piece
 * of work of cost c of another waits for at most ⌈c / quantum⌉ turns of each organisation that waits beside what is
 * under way, and only the one with too much waiting is told that it is `Busy`. What one asks for is begun in its
 * order.
 *
 * M. Shreedhar, G. Varghese: Efficient fair queuing using deficit round-robin. IEEE/ACM Transactions on
 * Networking 4 (1996).
 */
export class FairQueue {
  readonly #options: FairQueueOptions;
  /** Who waits, in the order of their turns: the first is having its turn. */
  readonly #lines = new Map<string, Line>();
  #underWay = 0;

  constructor(options: FairQueueOptions) {
    this.#options = options;
  }

  get underWay(): number {
    return this.#underWay;
  }

  /** Cost that waits, of all. */
  get waiting(): number {
    let sum = 0;
    for (const { cost } of this.#lines.values()) sum += cost;
    return sum;
  }

  /** Does the work in its turn. Throws `Busy` where the organisation has too much waiting. */
  async run<T>(organisation: string, cost: number, work: () => Promise<T>): Promise<T> {
    if (this.#lines.size > 0 || !this.#hasRoom(cost)) await this.#wait(organisation, cost);
    else this.#underWay += cost;
    try {
      return await work();
    } finally {
      this.#underWay -= cost;
      this.#start();
    }
  }

  #wait(organisation: string, cost: number): Promise<void> {
    const line = this.#lines.get(organisation) ?? { waiting: [], first: 0, cost: 0, credit: 0 };
    if (line.cost + cost > this.#options.waitingMost && line.cost > 0) throw new Busy(1);
    this.#lines.set(organisation, line);
    line.cost += cost;
    return new Promise((start) => {
      line.waiting.push({ cost, start });
      this.#start();
    });
  }

  #hasRoom(cost: number): boolean {
    return this.#underWay === 0 || this.#underWay + cost <= this.#options.underWayMost;
  }

  /** Starts what has room, in turns. */
  #start(): void {
    for (;;) {
      const [turn] = this.#lines;
      if (!turn) return;
      const [organisation, line] = turn;
      const next = line.waiting[line.first];
      if (line.credit < next.cost) {
        line.credit += this.#options.quantum;
        if (line.credit < next.cost) this.#toTheEnd(organisation, line);
        continue;
      }
      if (!this.#hasRoom(next.cost)) return;
      this.#begin(organisation, line, next);
    }
  }

  #begin(organisation: string, line: Line, next: Waiting): void {
    line.first += 1;
    if (line.first === KEPT_MOST) line.waiting.splice(0, line.first);
    line.first %= KEPT_MOST;
    line.cost -= next.cost;
    line.credit -= next.cost;
    this.#underWay += next.cost;
    if (line.first === line.waiting.length) this.#lines.delete(organisation);
    else if (line.credit < line.waiting[line.first].cost) this.#toTheEnd(organisation, line);
    next.start();
  }

  #toTheEnd(organisation: string, line: Line): void {
    this.#lines.delete(organisation);
    this.#lines.set(organisation, line);
  }
}
