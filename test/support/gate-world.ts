import { type Decision, readDecision } from '../../src/gate/decision.js';
import type { Gate } from '../../src/gate/gate.js';
import type { GateNetwork } from '../../src/gate/gate-network.js';
import type { GatePlan, ShareRows } from '../../src/gate/gate-plan.js';
import { type Answers, NO_LIMIT, type RequestBatch } from '../../src/gate/requests.js';

/** A request as a test says it; `ready` in slots from the season's start, fractions too. */
export interface Asked {
  readonly shipper?: number;
  readonly id: string;
  readonly flow?: number;
  readonly ready?: number;
  readonly parcels?: number;
  readonly notAfter?: number | undefined;
  readonly divisible?: boolean;
}

/** One share: shipper, flow, slot, way, parcels. */
export type Share = readonly [number, number, number, number, number];

export const KEY = Int32Array.of(0x1234567, -0x7654321, 99, 0x55aa55aa);

export function batchOf(network: GateNetwork, asked: readonly Asked[]): RequestBatch {
  const ids = asked.map(({ id }) => new TextEncoder().encode(id));
  const idStart = new Int32Array(asked.length + 1);
  ids.forEach((bytes, i) => {
    idStart[i + 1] = idStart[i] + bytes.length;
  });
  return {
    count: asked.length,
    shipper: Int32Array.from(asked, ({ shipper = 0 }) => shipper),
    flow: Int32Array.from(asked, ({ flow = 0 }) => flow),
    readyAt: Float64Array.from(asked, ({ ready = 0 }) => network.startMs + ready * network.slotMs),
    parcels: Int32Array.from(asked, ({ parcels = 1 }) => parcels),
    notAfter: Int32Array.from(asked, ({ notAfter = NO_LIMIT }) => notAfter),
    divisible: Uint8Array.from(asked, ({ divisible = false }) => (divisible ? 1 : 0)),
    ids: Uint8Array.from(ids.flatMap((bytes) => [...bytes])),
    idStart,
  };
}

function emptyAnswers(count: number): Answers {
  return {
    status: new Uint8Array(count),
    row: new Uint32Array(count),
    record: new Int32Array(count),
  };
}

function sharesOf(shares: readonly Share[]): ShareRows {
  return {
    count: shares.length,
    shipper: Int32Array.from(shares, (s) => s[0]),
    flow: Int32Array.from(shares, (s) => s[1]),
    slot: Int16Array.from(shares, (s) => s[2]),
    way: Uint8Array.from(shares, (s) => s[3]),
    parcels: Int32Array.from(shares, (s) => s[4]),
  };
}

/** A plan from slot `from` over `slots`, with a capacity for each resource and slot. */
export function planOf(
  network: GateNetwork,
  version: number,
  horizon: { from?: number; slots: number },
  capacity: (resource: number, slot: number) => number,
  shares: readonly Share[],
  prices: readonly (readonly [number, number, number])[] = [],
): GatePlan {
  const { from = 0, slots } = horizon;
  const window = slots + network.tail;
  const values = new Float64Array(network.resources * window);
  for (let r = 0; r < network.resources; r++) {
    for (let u = 0; u < window; u++) values[r * window + u] = capacity(r, from + u);
  }
  return {
    version,
    from,
    slots,
    capacity: { slots: window, values },
    shares: sharesOf(shares),
    prices: {
      resource: Int32Array.from(prices, (p) => p[0]),
      slot: Int32Array.from(prices, (p) => p[1]),
      price: Float64Array.from(prices, (p) => p[2]),
    },
  };
}

/** A gate whose journal is kept whole, with time in slots from the season's start. */
export class Desk {
  readonly journal: number[] = [];
  readonly decisions = new Map<number, Decision>();

  constructor(public gate: Gate) {}

  get network(): GateNetwork {
    return this.gate.state.network;
  }

  at(slot: number): number {
    return this.network.startMs + slot * this.network.slotMs;
  }

  ask(now: number, ...asked: Asked[]): { status: number; row: number; decision?: Decision }[] {
    const answers = emptyAnswers(asked.length);
    this.gate.decide(batchOf(this.network, asked), this.at(now), answers);
    const words = this.keep();
    return asked.map((_, i) => {
      const row = answers.row[i];
      if (answers.record[i] >= 0) this.decisions.set(row, readDecision(words, answers.record[i]));
      const decision = this.decisions.get(row);
      return { status: answers.status[i], row, ...(decision ? { decision } : {}) };
    });
  }

  /** Slot and parcels of a request's tickets, `slot x parcels`; or why there are none. */
  places(now: number, asked: Asked): string {
    const [{ decision }] = this.ask(now, asked);
    if (!decision) return 'error';
    if (decision.tickets.length === 0) return decision.reason;
    return decision.tickets.map((t) => `${t.slot}x${t.parcels}`).join(' ');
  }

  keep(): Int32Array {
    const words = this.gate.journal.take();
    for (const word of words) this.journal.push(word);
    return words;
  }
}

/** What the books must be, recounted from the rows and the runs; a list of what is wrong. */
export function recount({ state }: Gate): string[] {
  const wrong: string[] = [];
  const { books, shares, tickets, network } = state;
  const ticketed = new Float64Array(books.entries);
  const open = new Float64Array(books.entries);
  const add = (to: Float64Array, route: number, slot: number, parcels: number): void => {
    const { stepStart, stepResource, stepLag, stepSpan } = network.routes;
    for (let i = stepStart[route]; i < stepStart[route + 1]; i++) {
      for (let u = slot + stepLag[i]; u < slot + stepLag[i] + stepSpan[i]; u++) {
        if (books.has(u)) to[books.entryOf(stepResource[i], u)] += parcels;
      }
    }
  };
  for (let row = 0; row < tickets.size; row++) {
    if (!tickets.isInForce(row)) continue;
    const route = network.wayRoute[state.wayOf(tickets.account(row), tickets.way(row))];
    add(ticketed, route, tickets.slot(row), tickets.parcels(row));
  }
  for (let run = 0; run < shares.runs; run++) {
    const way = state.wayOf(shares.account(run), shares.way(run));
    add(open, network.wayRoute[way], shares.slot(run), shares.left(run));
  }
  for (let e = 0; e < books.entries; e++) {
    const name = `resource ${books.resourceOf(e)} in slot ${books.slotOf(e)}`;
    const taken = ticketed[e] + open[e];
    if (books.taken(e) !== taken) {
      wrong.push(`${name}: ${books.taken(e)} taken, recounted ${ticketed[e]} + ${open[e]}`);
    }
    if (books.free(e) < 0 && (open[e] > 0 || books.overhang(e) !== -books.free(e))) {
      wrong.push(`${name}: ${books.free(e)} free, which no overhang explains`);
    }
  }
  return wrong;
}
