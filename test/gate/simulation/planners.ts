import type { GatePlan } from '../../../src/gate/gate-plan.js';
import type { Chance } from './chance.js';
import type { Host } from './host.js';
import type { PlanShelf } from './plan-shelf.js';
import type { Reach } from './reach.js';
import type { Scheduler } from './scheduler.js';
import { type SmallWorld, smallPlan } from './small-world.js';

const SLOTS = 8;

/** Planners: each reads the latest version, takes its time, and publishes the next, if nobody has meanwhile. */
export class Planners {
  readonly #pauseMs: number;
  isClosing = false;

  constructor(
    private readonly world: SmallWorld,
    private readonly shelf: PlanShelf,
    private readonly hosts: readonly Host[],
    private readonly scheduler: Scheduler,
    private readonly chance: Chance,
    private readonly reach: Reach,
  ) {
    this.#pauseMs = chance.pick([15_000, 40_000]);
  }

  /** The plan that a season begins with. */
  first(): void {
    this.shelf.publish(smallPlan(this.world, 1, 0, SLOTS, this.chance));
  }

  start(): void {
    const { chance, scheduler } = this;
    scheduler.after(chance.delay(this.#pauseMs), () => {
      if (this.isClosing) return;
      this.#plan();
      if (chance.is(0.4)) this.#plan();
      if (chance.is(0.3)) this.#stale();
      this.start();
    });
  }

  #plan(): void {
    const { chance, scheduler, shelf, world } = this;
    const version = shelf.latest + 1;
    const end = endOf(shelf);
    const from = Math.min(end - 1, Math.floor(scheduler.now / world.network.slotMs));
    scheduler.after(chance.delay(1500), () => {
      const slots = Math.max(SLOTS, end - from);
      const plan = smallPlan(world, version, from, slots, chance);
      if (!shelf.publish(plan)) {
        this.reach.add('planners: two at once, one refused');
        return;
      }
      for (const host of this.hosts) {
        const { machine } = host;
        machine.after(machine.life, chance.delay(50), () => void host.adopt());
      }
    });
  }

  /** A message of a planner that has been overtaken arrives: an old version is offered again (P6). */
  #stale(): void {
    const { chance, shelf, hosts } = this;
    const plan = shelf.find(chance.between(1, shelf.latest));
    const host = hosts.find((h) => h.isAlive && h.owner);
    if (!plan || !host) return;
    const { machine } = host;
    machine.after(machine.life, chance.delay(50), () => {
      const inForce = host.owner?.state.plan?.version ?? 0;
      if (plan.version > inForce) return;
      void this.#offer(host, plan);
    });
  }

  async #offer(host: Host, plan: GatePlan): Promise<void> {
    const adoption = await host.try((owner) => owner.adopt(plan));
    if (adoption === 'stale') this.reach.add('plan: stale, refused');
  }
}

function endOf(shelf: PlanShelf): number {
  const plan = shelf.find(shelf.latest);
  return plan ? plan.from + plan.slots : 0;
}
