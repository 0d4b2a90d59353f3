import type { Chance } from './chance.js';
import type { Scheduler } from './scheduler.js';

/**
 * A computer on which a gate's process lives: it crashes, which forgets all; it stands still, which the process does
 * not notice; and its clock may be wrong.
 */
export class Machine {
  /** What its clock says beyond the true time, milliseconds. */
  skew = 0;
  /** Counts the processes it had: what an earlier one waited for never comes. */
  life = 0;
  isUp = false;
  /** When it last went on after standing still, milliseconds of virtual time. */
  resumedAt = 0;
  #standsStill = false;
  #held: { life: number; act: () => void }[] = [];

  constructor(
    readonly name: string,
    private readonly scheduler: Scheduler,
    private readonly chance: Chance,
  ) {}

  get standsStill(): boolean {
    return this.#standsStill;
  }

  start(): number {
    this.isUp = true;
    this.life += 1;
    return this.life;
  }

  crash(): void {
    this.isUp = false;
    this.life += 1;
    this.#held = [];
    this.#standsStill = false;
  }

  pause(): void {
    this.#standsStill = true;
  }

  resume(): void {
    this.#standsStill = false;
    this.resumedAt = this.scheduler.now;
    const held = this.#held;
    this.#held = [];
    for (const { life, act } of held) {
      this.scheduler.after(this.chance.below(20), () => this.deliver(life, act));
    }
  }

  /** Something arrives for a process of this machine: dropped if it is no more, held while the machine stands still. */
  deliver(life: number, act: () => void): void {
    if (life !== this.life) return;
    if (this.#standsStill) this.#held.push({ life, act });
    else act();
  }

  /** Something arrives after so many milliseconds. */
  after(life: number, ms: number, act: () => void): void {
    this.scheduler.after(ms, () => this.deliver(life, act));
  }
}
