import type { ShardOwner } from '../../../src/gate/owner/shard-owner.js';
import type { Chance } from './chance.js';
import type { Host } from './host.js';
import type { Wire } from './simulated-store.js';
import type { SmallWorld } from './small-world.js';

/** What comes from the operator and the gate's own loop: cuts in capacity, time, compression, moves out of overhang; and who looks. */
export class Operator {
  readonly #pauseMs: number;
  #isClosing = false;
  /** Since closing, some owner has gone with the time, durably. */
  hasAdvanced = false;

  constructor(
    private readonly world: SmallWorld,
    private readonly hosts: readonly Host[],
    private readonly wire: Wire,
    private readonly chance: Chance,
  ) {
    this.#pauseMs = chance.pick([2000, 8000]);
  }

  start(): void {
    this.#act();
    this.#look();
  }

  /** Nothing more is asked for, but that owners go with the time: so each finds out whether it is one. */
  close(): void {
    this.#isClosing = true;
    for (const host of this.hosts) void this.#advance(host);
    this.wire.scheduler.after(2000, () => this.close());
  }

  async #advance(host: Host): Promise<void> {
    if ((await host.try((owner) => owner.advance().then(() => 'done'))) === 'done') {
      this.hasAdvanced = true;
    }
  }

  /** Somebody looks at what there is. */
  #look(): void {
    const { chance, wire } = this;
    wire.scheduler.after(chance.delay(this.#pauseMs / 2), () => {
      if (this.#isClosing) return;
      const host = chance.pick(this.hosts);
      host.machine.deliver(host.machine.life, () => void host.show());
      this.#look();
    });
  }

  #act(): void {
    const { chance, wire } = this;
    wire.scheduler.after(chance.delay(this.#pauseMs), () => {
      if (this.#isClosing) return;
      const host = chance.pick(this.hosts);
      const { machine } = host;
      machine.deliver(machine.life, () => void host.try((owner) => this.#acts(host, owner)));
      this.#act();
    });
  }

  #acts(host: Host, owner: ShardOwner): Promise<unknown> {
    const { chance } = this;
    const what = chance.below(5);
    if (what === 0) return owner.advance();
    if (what === 1) return owner.compressSome();
    if (what === 2) return owner.settleOverhang();
    return this.#cut(host, owner);
  }

  #cut(host: Host, owner: ShardOwner): Promise<unknown> {
    const { chance, world, wire } = this;
    const slot = Math.floor(wire.scheduler.now / world.network.slotMs);
    wire.reach.add('capacity cut');
    if (wire.underWay.has(host.machine)) wire.reach.add('capacity cut, appends under way');
    const items = Array.from({ length: chance.between(1, 3) }, () => {
      const parcels = chance.is(0.3) ? 0 : chance.below(10);
      return [chance.below(world.network.resources), slot + chance.below(6), parcels] as const;
    });
    return owner.setCapacities(items);
  }
}
