import { flowOf, type GateNetwork } from '../../gate/gate-network.js';
import { NO_LIMIT } from '../../gate/requests.js';
import type { Shards } from '../../gate/shards.js';
import type { Scenario } from '../../network/scenario.js';
import { parseInstant } from './instant.js';

const MINUTE_MS = 60_000;

/**
 * The names of a season as they stand in requests and answers, and the numbers that the gate has for them.
 * Names that go into every answer are kept as JSON texts.
 */
export class SeasonNames {
  readonly #operators: Map<string, number>;
  readonly #places: Map<string, number>;
  readonly #services: Map<string, number>;
  readonly #resources: Map<string, number>;
  /** Pair by operator, origin and destination. */
  readonly #pairs = new Map<number, number>();
  readonly #routeTexts: (string | undefined)[] = [];
  readonly #slotTexts = new Map<number, string>();
  readonly #offsetMs: number;
  readonly #offsetText: string;

  constructor(
    readonly scenario: Scenario,
    readonly network: GateNetwork,
    readonly shards: Shards,
  ) {
    const { pairs, services, resources } = scenario;
    this.#operators = numbered(pairs.operators.list());
    this.#places = numbered(pairs.places.list());
    this.#services = numbered(services.map(({ id }) => id));
    this.#resources = numbered(resources.ids.list());
    for (let p = 0; p < pairs.size; p++) {
      this.#pairs.set(this.#pairKey(pairs.operator[p], pairs.origin[p], pairs.destination[p]), p);
    }
    this.#offsetText = /(Z|[+-]\d\d:\d\d)$/.exec(scenario.start)?.[0] ?? 'Z';
    this.#offsetMs = offsetOf(this.#offsetText);
  }

  /** Number of an operator, a place or a service; undefined where there is none. */
  operator(id: string): number | undefined {
    return this.#operators.get(id);
  }

  place(id: string): number | undefined {
    return this.#places.get(id);
  }

  service(id: string): number | undefined {
    return this.#services.get(id);
  }

  resource(id: string): number | undefined {
    return this.#resources.get(id);
  }

  /** The flow of numbers above, or −1 where the operator has none from here to there. */
  flow(service: number, operator: number, origin: number, destination: number): number {
    const pair = this.#pairs.get(this.#pairKey(operator, origin, destination));
    return pair === undefined ? -1 : flowOf(this.network, pair, service);
  }

  /**
   * The slot in which an instant falls, in the bounds of a column: −1 is before every season, and there is none behind the
   * last. NaN stays NaN.
   */
  slotWith(instant: number): number {
    const slot = Math.floor((instant - this.network.startMs) / this.network.slotMs);
    return Math.max(-1, Math.min(NO_LIMIT - 1, slot));
  }

  /** The slot that begins then; −1 where none does. */
  slotOf(slotStart: string): number {
    const slot = (parseInstant(slotStart) - this.network.startMs) / this.network.slotMs;
    return Number.isInteger(slot) ? slot : -1;
  }

  /** Operators with routes in a shard. */
  operatorsOf(shard: number): string[] {
    const { operators, operator } = this.scenario.pairs;
    const numbers = new Set(operator.filter((_, p) => this.shards.ofPair[p] === shard));
    return [...numbers].map((i) => operators.get(i));
  }

  resourceId(resource: number): string {
    return this.scenario.resources.ids.get(resource);
  }

  routeId(route: number): string {
    return this.scenario.routes.ids.get(route);
  }

  /** What a route loads, in order; nothing where there is none. */
  resourcesOf(route: string): string[] {
    const { ids, stepStart, stepResource } = this.scenario.routes;
    const r = ids.findText(route);
    if (r < 0) return [];
    const steps = stepResource.subarray(stepStart[r], stepStart[r + 1]);
    return Array.from(steps, (resource) => this.resourceId(resource));
  }

  /** `"route":"…"` as it goes into an answer. */
  routeText(route: number): string {
    this.#routeTexts[route] ??= `"route":${JSON.stringify(this.routeId(route))}`;
    return this.#routeTexts[route];
  }

  /** `"slotStart":"…","slotEnd":"…"` as it goes into an answer. */
  slotText(slot: number): string {
    let text = this.#slotTexts.get(slot);
    if (text === undefined) {
      text = `"slotStart":"${this.slotStart(slot)}","slotEnd":"${this.slotStart(slot + 1)}"`;
      this.#slotTexts.set(slot, text);
    }
    return text;
  }

  /** ISO 8601, with the season's own offset. */
  slotStart(slot: number): string {
    return this.instant(this.network.startMs + slot * this.network.slotMs);
  }

  instant(ms: number): string {
    const local = new Date(ms + this.#offsetMs).toISOString();
    return local.replace(/\.000Z$|Z$/, this.#offsetText);
  }

  #pairKey(operator: number, origin: number, destination: number): number {
    const places = this.scenario.pairs.places.size;
    return (operator * places + origin) * places + destination;
  }
}

function numbered(ids: readonly string[]): Map<string, number> {
  return new Map(ids.map((id, i) => [id, i]));
}

function offsetOf(text: string): number {
  if (text === 'Z') return 0;
  const [hours, minutes] = text.slice(1).split(':').map(Number);
  return (text.startsWith('-') ? -1 : 1) * (60 * hours + minutes) * MINUTE_MS;
}
