import type { Chance } from './chance.js';
import type { Host } from './host.js';
import type { Wire } from './simulated-store.js';

/** Sees to it that the shard has an owner: when nobody has renewed the lease for some time, a machine takes it. */
export class Watch {
  #seen = 0;

  constructor(
    private readonly wire: Wire,
    private readonly hosts: readonly Host[],
    private readonly chance: Chance,
  ) {}

  start(): void {
    const { wire, hosts, chance } = this;
    const { now } = wire.scheduler;
    const isReached = (host: Host): boolean => !wire.cut.has(host.machine.name);
    if (hosts.some((host) => host.isAlive && isReached(host))) this.#seen = now;
    else if (now === 0 || now - this.#seen > 2500) {
      void chance.pick(hosts).open();
      this.#seen = now - 2000;
    }
    wire.scheduler.after(chance.between(200, 800), () => this.start());
  }
}
