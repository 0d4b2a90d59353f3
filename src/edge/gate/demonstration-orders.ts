import { setTimeout as sleep } from 'node:timers/promises';
import type { GateService, RequestItem } from './gate-service.js';
import type { GateSeason } from './season.js';

/** Between two looks at what has become ready, milliseconds. */
const EVERY_MS = 10_000;
/** Requests of a call. */
const CALL = 200;
/** Of so many requests, one is not confirmed, and its tickets lapse. */
const FORGOTTEN_IN = 40;

type Asked = Pick<GateService, 'decide' | 'confirm'>;

/**
 * Platforms of a made-up season that ask for tickets as its orders become ready, spread over their slot, and confirm nearly all;
 * from the slot on that is under way when they begin. Their ids are the same after a restart, so nothing is asked for twice (G2).
 */
export class DemonstrationOrders {
  readonly #stopping = new AbortController();
  #slot = Number.NaN;
  #rows: readonly Row[] = [];
  #done = 0;
  #running: Promise<void> | undefined;

  constructor(
    private readonly gate: Asked,
    private readonly season: GateSeason,
    private readonly onError: (error: unknown) => void,
  ) {}

  start(): void {
    this.#running = this.#run();
  }

  /** Resolves when nothing is under way any more. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      // What was not answered is asked for again with the next look.
      await this.look().catch(this.onError);
      await sleep(EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Asks for all that has become ready by now. */
  async look(): Promise<void> {
    const { network, timing } = this.season;
    const slots = (timing.now() - network.startMs) / network.slotMs;
    const slot = Math.floor(slots);
    if (slot !== this.#slot) {
      this.#slot = slot;
      this.#rows = rowsOf(this.season, slot);
      this.#done = 0;
    }
    const until = Math.ceil((slots - slot) * this.#rows.length);
    while (this.#done < until && !this.#stopping.signal.aborted) {
      const rows = this.#rows.slice(this.#done, Math.min(until, this.#done + CALL));
      await this.#ask(rows);
      this.#done += rows.length;
    }
  }

  async #ask(rows: readonly Row[]): Promise<void> {
    for (const shipper of new Set(rows.map((row) => row.shipper))) {
      const items = rows.flatMap((row) => (row.shipper === shipper ? [row.item] : []));
      const results = await this.gate.decide(shipper, items);
      const ids = items.flatMap(({ id }, i) =>
        results[i].includes('"status":"ticketed"') && !isForgotten(id) ? [id] : [],
      );
      if (ids.length > 0) await this.gate.confirm(shipper, ids);
    }
  }
}

interface Row {
  readonly shipper: string;
  readonly item: RequestItem;
}

function isForgotten(id: string): boolean {
  return Number(id.slice(id.lastIndexOf('-') + 1)) % FORGOTTEN_IN === 0;
}

/** What becomes ready in a slot, in the order in which it is asked for: spread over flows. */
function rowsOf({ scenario, network: { startMs, slotMs } }: GateSeason, slot: number): Row[] {
  const { demand, pairs, services } = scenario;
  const found: { readonly flow: number; readonly row: number }[] = [];
  for (let flow = 0; flow < demand.flowPair.length; flow++) {
    for (let c = demand.cohortStart[flow]; c < demand.cohortStart[flow + 1]; c++) {
      if (demand.cohortSlot[c] !== slot) continue;
      for (let row = demand.rowStart[c]; row < demand.rowStart[c + 1]; row++) {
        found.push({ flow, row });
      }
    }
  }
  found.sort((a, b) => spread(a.row) - spread(b.row) || a.row - b.row);
  return found.map(({ flow, row }, k) => {
    const pair = demand.flowPair[flow];
    const readyMs = startMs + (slot + k / found.length) * slotMs;
    const item = {
      id: `orders-${slot}-${row}`,
      service: services[demand.flowService[flow]].id,
      operator: pairs.operators.get(pairs.operator[pair]),
      origin: pairs.places.get(pairs.origin[pair]),
      destination: pairs.places.get(pairs.destination[pair]),
      readyAt: new Date(Math.floor(readyMs)).toISOString(),
      parcels: demand.rowParcels[row],
    };
    return { shipper: demand.shippers.get(demand.rowShipper[row]), item };
  });
}

/** A number that neighbours do not share: multiplication by 2³² over the golden ratio (Knuth, TAOCP 3, 6.4). */
function spread(row: number): number {
  return Math.imul(row, 0x9e3779b1) >>> 0;
}
