import { NO_LIMIT } from '../../../src/gate/requests.js';
import type { Audit } from './audit.js';
import type { Chance } from './chance.js';
import type { Host, Reply } from './host.js';
import type { Reach } from './reach.js';
import type { Scheduler } from './scheduler.js';
import type { SmallWorld } from './small-world.js';
import type { Answer, Request } from './told.js';

/** How shippers behave, and what lies between them and the gate: of one run. */
export interface ShipperHabits {
  /** Between two batches, on average, milliseconds. */
  readonly pauseMs: number;
  readonly batchMost: number;
  readonly wayMs: number;
  readonly lost: number;
  readonly twice: number;
  readonly repeat: number;
  readonly otherContent: number;
  readonly change: number;
  readonly silent: number;
  /** Chance that a message goes to any machine, instead of who owns the shard. */
  readonly astray: number;
  /** The same for confirmations and cancellations. */
  readonly changeAstray: number;
}

interface Ask {
  readonly request: Request;
  answer: Answer | undefined;
  /** Until when its shipper does not ask again, though it has no answer. */
  quietUntil: number;
  sent: number;
  isAwaited: boolean;
}

/** Until when an answer is waited for before asking again, milliseconds. */
const PATIENCE_MS = 4000;

/** Shippers that ask, ask again until they are answered, and confirm and cancel what they got. */
export class Shippers {
  readonly #asks: Ask[] = [];
  /** Changes that wait for an answer, given up or not. */
  #changesWaiting = 0;
  #id = 0;
  #isClosing = false;

  constructor(
    private readonly world: SmallWorld,
    private habits: ShipperHabits,
    private readonly hosts: readonly Host[],
    private readonly audit: Audit,
    private readonly scheduler: Scheduler,
    private readonly chance: Chance,
    private readonly reach: Reach,
  ) {}

  /** Requests without an answer, and changes without an outcome. */
  get waiting(): number {
    return this.#asks.filter((ask) => ask.answer === undefined).length + this.#changesWaiting;
  }

  get asked(): number {
    return this.#asks.length;
  }

  /** Begins to ask, and goes on until closing. */
  start(): void {
    if (this.#isClosing) return;
    const asks = this.#someAsks();
    this.#send(asks);
    const fresh = [...new Set(asks)].filter((ask) => !ask.isAwaited);
    for (const ask of fresh) ask.isAwaited = true;
    this.#await(fresh);
    this.scheduler.after(this.chance.delay(this.habits.pauseMs), () => this.start());
  }

  /** Nothing new is asked, and messages are no longer lost or led astray. */
  close(): void {
    this.#isClosing = true;
    this.habits = { ...this.habits, lost: 0, astray: 0, changeAstray: 0 };
  }

  #someAsks(): Ask[] {
    const { chance, habits } = this;
    return Array.from({ length: chance.between(1, habits.batchMost) }, () => {
      const old = this.#asks.length > 0 && chance.is(habits.repeat);
      if (!old) return this.#newAsk();
      const ask = chance.pick(this.#asks);
      if (ask.answer) this.reach.add('request: repeated after its answer');
      return ask;
    });
  }

  #newAsk(): Ask {
    const { chance, habits } = this;
    const before = this.#asks.length > 0 && chance.is(habits.otherContent);
    const shipper = chance.below(this.world.shippers);
    const request = this.#newRequest(shipper, `id-${this.#id}`);
    // Now and then shippers use the same id, each for its own.
    if (!chance.is(0.2)) this.#id += 1;
    const isKnown = (id: string): boolean =>
      this.#asks.some((a) => a.request.shipper === shipper && a.request.id === id);
    const other = before ? chance.pick(this.#asks).request : undefined;
    if (other) this.reach.add('request: with other content');
    else if (isKnown(request.id)) this.#id += 1;
    const id = other?.id ?? (isKnown(request.id) ? `id-${this.#id++}` : request.id);
    const ask: Ask = {
      request: { ...request, id, shipper: other?.shipper ?? shipper },
      answer: undefined,
      quietUntil: 0,
      sent: 0,
      isAwaited: false,
    };
    this.#asks.push(ask);
    return ask;
  }

  #newRequest(shipper: number, id: string): Request {
    const { chance, world, scheduler } = this;
    const slot = scheduler.now / world.network.slotMs;
    const isFaulty = chance.is(0.02);
    if (isFaulty) this.reach.add('request: no such flow, or no parcels');
    return {
      shipper,
      id,
      flow: isFaulty && chance.is(0.5) ? -1 : chance.below(world.flows),
      ready: chance.is(0.6) ? 0 : Math.floor(4 * slot + chance.below(16)) / 4,
      parcels: isFaulty ? 0 : chance.between(1, 4),
      notAfter: chance.is(0.8) ? NO_LIMIT : Math.floor(slot) + chance.below(6),
      divisible: chance.is(0.4),
    };
  }

  #target(astray: number): Host {
    const { chance, hosts } = this;
    const owner = hosts.find((host) => host.isAlive && host.owner);
    return owner && !chance.is(astray) ? owner : chance.pick(hosts);
  }

  #send(asks: readonly Ask[]): void {
    const requests = asks.map(({ request }) => request);
    for (const ask of asks) {
      if (ask.sent > 0 && !ask.answer) this.reach.add('request: retried');
      ask.sent += 1;
      if (this.chance.is(this.habits.silent) && !this.#isClosing) {
        ask.quietUntil = this.scheduler.now + 20_000;
        this.reach.add('shipper: silent');
      }
    }
    this.#exchange(
      this.habits.astray,
      (host) => host.answer(requests),
      (answers) => asks.forEach((ask, i) => this.#receive(ask, answers[i])),
    );
  }

  /** Waits for answers, and asks again for those that do not come. */
  #await(asks: readonly Ask[]): void {
    this.scheduler.after(PATIENCE_MS, () => this.#askAgain(asks));
  }

  #askAgain(asks: readonly Ask[]): void {
    const left = asks.filter((ask) => !ask.answer);
    if (left.length === 0) return;
    const quietUntil = Math.max(...left.map((ask) => ask.quietUntil));
    if (!this.#isClosing && quietUntil > this.scheduler.now) {
      this.scheduler.after(quietUntil - this.scheduler.now, () => this.#askAgain(left));
      return;
    }
    this.#send(left);
    this.#await(left);
  }

  #receive(ask: Ask, answer: Answer): void {
    if (answer.status === 'unanswered') return;
    const { request, answer: before } = ask;
    const isSame = !before || (before.status === answer.status && before.text === answer.text);
    this.audit.check(isSame, 'P2', () => {
      return `request ${request.shipper}/${request.id}: ${before?.text}, then ${answer.text}`;
    });
    ask.answer = answer;
    if (!before && answer.rows.length > 0 && this.chance.is(this.habits.change)) {
      this.#plan(request.shipper, answer.rows);
    }
  }

  /** What will become of tickets: confirmed, cancelled, handed in, or tried on by somebody else. */
  #plan(owner: number, rows: readonly number[]): void {
    const { chance, world, scheduler } = this;
    for (let n = chance.between(1, 2); n > 0; n--) {
      const what = chance.pick(['cancel', 'cancel', 'confirm', 'pick up'] as const);
      const soon = chance.pick([200, 5000]);
      const isOwn = chance.is(0.9);
      if (!isOwn) this.reach.add('ticket: of somebody else');
      const shipper = isOwn ? owner : (owner + 1) % world.shippers;
      scheduler.after(chance.delay(soon), () => this.#change(what, shipper, rows, 2));
    }
  }

  #change(
    what: 'cancel' | 'confirm' | 'pick up',
    shipper: number,
    rows: readonly number[],
    times: number,
  ): void {
    let isOver = false;
    this.#changesWaiting += 1;
    const over = (): boolean => {
      if (isOver) return false;
      isOver = true;
      this.#changesWaiting -= 1;
      return true;
    };
    this.#exchange(
      this.habits.changeAstray,
      (host) => host.change(what, shipper, rows),
      (changes) => {
        if (!over()) return;
        const isDone = what === 'cancel' && changes.every((change) => change === 'done');
        if (!isDone || times === 1) return;
        // Once more: it must free nothing a second time.
        this.reach.add('ticket: cancelled again');
        this.#change(what, shipper, rows, 1);
      },
    );
    this.scheduler.after(PATIENCE_MS, () => {
      if (over()) this.#change(what, shipper, rows, times);
    });
  }

  /** A message there and an answer back, either of which may be lost, and the first come twice. */
  #exchange<T>(
    astray: number,
    ask: (host: Host) => Promise<Reply<T>>,
    receive: (answers: readonly T[]) => void,
  ): void {
    const { chance, habits, scheduler, reach } = this;
    const host = this.#target(astray);
    const arrivals = chance.is(habits.twice) ? 2 : 1;
    if (arrivals === 2) reach.add('request: delivered twice');
    if (chance.is(habits.lost)) return;
    for (let n = 0; n < arrivals; n++) {
      scheduler.after(chance.delay(habits.wayMs), () => {
        const { machine } = host;
        if (!machine.isUp) return;
        machine.deliver(machine.life, () => void this.#arrive(host, ask, receive));
      });
    }
  }

  async #arrive<T>(
    host: Host,
    ask: (host: Host) => Promise<Reply<T>>,
    receive: (answers: readonly T[]) => void,
  ): Promise<void> {
    const reply = await ask(host);
    if (reply === 'held') return;
    const { chance, habits, scheduler } = this;
    if (chance.is(habits.lost)) this.reach.add('request: reply lost');
    else scheduler.after(chance.delay(habits.wayMs), () => receive(reply));
  }
}
