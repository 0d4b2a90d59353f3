import type { Chance } from './chance.js';
import type { Host } from './host.js';
import { copyOf, type Damage, NO_DAMAGE } from './ledger.js';
import type { Reach } from './reach.js';
import { NO_FAULTS, type StoreFaults, type Wire } from './simulated-store.js';

const TROUBLES = [
  'crash',
  'pause',
  'cut',
  'failover',
  'clock',
  'damage',
  'spurious take',
  'two takes',
  'takes in a row',
  'set back',
] as const;

/**
 * What goes wrong in a run. Each run has its own mixture: some faults often, some never, for what is rare beside
 * everything else is found where it is alone.
 */
export class Faults {
  readonly #troubles: readonly (typeof TROUBLES)[number][];
  readonly #pauseMs: number;
  isOver = false;

  constructor(
    private readonly wire: Wire,
    private readonly hosts: readonly Host[],
    private readonly chance: Chance,
    private readonly reach: Reach,
  ) {
    this.#troubles = TROUBLES.filter(() => chance.is(0.4));
    this.#pauseMs = chance.pick([2000, 6000, 15_000]);
    wire.faults = storeFaults(chance);
    if (chance.is(0.5)) {
      reach.add('clock: skewed');
      for (const { machine } of hosts) machine.skew = chance.between(-8000, 8000);
    }
  }

  start(): void {
    this.wire.scheduler.after(this.chance.delay(this.#pauseMs), () => {
      if (this.isOver) return;
      if (this.#troubles.length > 0) this.#happen(this.chance.pick(this.#troubles));
      this.start();
    });
  }

  /** No fault any more: all machines up, all ways open, the ledger restored. Clocks stay as they are. */
  heal(): void {
    const { wire, hosts } = this;
    this.isOver = true;
    wire.faults = NO_FAULTS;
    wire.cut.clear();
    wire.ledger.isDown = false;
    wire.ledger.damage = NO_DAMAGE;
    for (const { machine } of hosts) {
      if (machine.standsStill) machine.resume();
      if (!machine.isUp) machine.start();
    }
  }

  #happen(trouble: (typeof TROUBLES)[number]): void {
    const { chance, hosts } = this;
    const owner = hosts.find((host) => host.isAlive);
    const host = owner && chance.is(0.7) ? owner : chance.pick(hosts);
    if (trouble === 'crash') this.#crash(host);
    else if (trouble === 'pause') this.#pause(host);
    else if (trouble === 'cut') this.#cut(host);
    else if (trouble === 'failover') this.#failOver();
    else if (trouble === 'clock') this.#jump(host);
    else if (trouble === 'damage') this.#damage();
    else if (trouble === 'set back') this.#setBack(host);
    else this.#takes(trouble);
  }

  #crash(host: Host): void {
    const { machine } = host;
    if (!machine.isUp) return;
    host.crash();
    this.#later(this.chance.between(200, 6000), () => {
      if (!machine.isUp) machine.start();
    });
  }

  #pause(host: Host): void {
    const { machine } = host;
    if (!machine.isUp || machine.standsStill) return;
    machine.pause();
    this.reach.add('pause');
    const { life } = machine;
    const { epoch } = this.wire.ledger;
    this.#later(this.chance.between(100, 15_000), () => {
      if (machine.life !== life) return;
      if (host.owner && this.wire.ledger.epoch > epoch) {
        this.reach.add('pause, overtaken, resumed');
      }
      machine.resume();
    });
  }

  #cut({ machine }: Host): void {
    const { cut } = this.wire;
    cut.add(machine.name);
    this.reach.add('connection cut');
    this.#later(this.chance.between(100, 12_000), () => cut.delete(machine.name));
  }

  #failOver(): void {
    const { ledger, underWay } = this.wire;
    if (ledger.isDown) return;
    ledger.failOver();
    this.reach.add('failover to the standby');
    if (underWay.size > 0) this.reach.add('failover with appends under way');
    this.#later(this.chance.between(100, 8000), () => {
      ledger.isDown = false;
    });
  }

  #jump({ machine }: Host): void {
    const { chance } = this;
    const isForward = chance.is(0.4);
    this.reach.add(isForward ? 'clock: forward' : 'clock: backward');
    machine.skew += (isForward ? 1 : -1) * chance.between(1000, 70_000);
  }

  /** Its clock is set back while another takes the shard: of the time that passes it sees nothing. */
  #setBack(host: Host): void {
    if (!host.owner) return;
    host.machine.skew -= 60_000;
    this.reach.add('clock: backward');
    this.reach.add('clock: set back and overtaken');
    const other = this.chance.pick(this.hosts.filter((h) => h !== host));
    void other.open();
  }

  /** Some owner will have to read it. */
  #damage(): void {
    const { ledger } = this.wire;
    const damage = damageOf(this.wire, this.chance, this.reach);
    if (!damage) return;
    ledger.damage = damage;
    for (const host of this.hosts) if (host.isAlive && this.chance.is(0.7)) this.#crash(host);
    this.#later(this.chance.between(4000, 15_000), () => {
      if (ledger.damage === damage) ledger.damage = NO_DAMAGE;
    });
  }

  #takes(trouble: 'spurious take' | 'two takes' | 'takes in a row'): void {
    const { chance, hosts, reach } = this;
    if (trouble === 'spurious take') {
      reach.add('take: spurious');
      void chance.pick(hosts).open();
    } else if (trouble === 'two takes') {
      reach.add('take: two at once');
      void hosts[0].open();
      void hosts[1].open();
    } else {
      reach.add('take: several in a row');
      for (let n = 0; n < 3; n++) {
        this.#later(chance.below(2000), () => void chance.pick(hosts).open());
      }
    }
  }

  #later(ms: number, act: () => void): void {
    this.wire.scheduler.after(ms, () => {
      if (!this.isOver) act();
    });
  }
}

function storeFaults(chance: Chance): StoreFaults {
  const rate = (): number => (chance.is(0.5) ? 0 : chance.pick([0.02, 0.1, 0.3]));
  return {
    wayMs: chance.pick([3, 20, 100]),
    late: rate(),
    lost: rate(),
    replyLost: rate(),
    doneLater: rate(),
    twice: rate(),
    slowRead: rate(),
  };
}

function damageOf({ ledger }: Wire, chance: Chance, reach: Reach): Damage | undefined {
  const { entries } = ledger;
  if (entries.length < 3) return undefined;
  const seq = chance.between(1, entries.length - 1);
  const kind = chance.below(4);
  if (kind === 0) {
    reach.add('damage: an entry missing');
    return { read: new Map([[seq, undefined]]), shows: true };
  }
  if (kind === 1) {
    reach.add('damage: entries swapped');
    const [a, b] = entries.slice(seq - 1, seq + 1);
    return {
      read: new Map([
        [seq, b],
        [seq + 1, a],
      ]),
      shows: true,
    };
  }
  if (kind === 2) {
    reach.add('damage: the end missing');
    return { read: new Map([[entries.length, undefined]]), shows: false };
  }
  reach.add('damage: a bit');
  const entry = copyOf(entries[seq - 1]);
  const part = chance.pick([entry.words, entry.hash, entry.ids].filter((p) => p.length > 0));
  part[chance.below(part.length)] ^= 1 << chance.below(8);
  return { read: new Map([[seq, entry]]), shows: true };
}
