import type { Scenario } from '../../network/scenario.js';
import type { GateService } from '../gate/gate-service.js';
import { type PairGroups, type PairsAsked, pairGroups } from '../gate/pair-groups.js';
import { COLUMNS, ROW_NUMBERS } from '../gate/pair-tally.js';
import { Summaries } from '../gate/summaries.js';
import type { TrackService } from '../track/track-service.js';
import { type Entrances, entrancesOf } from './entrances.js';
import { SlotCounts } from './slot-counts.js';

/** Questions whose answers are kept: some megabytes each where the nation is asked about. */
const KEPT_MOST = 12;

/** What was counted of groups of pairs; of group g in slot t, column k of pair-tally.ts: counts[(g · slots + t) · COLUMNS + k]. */
export interface Acceptance {
  /** The season's clock when it was counted, ms since 1970. */
  readonly at: number;
  /** The slot that ran then. */
  readonly now: number;
  readonly groups: PairGroups;
  readonly slots: number;
  readonly counts: Float64Array;
  /** Parcels accepted by operator and origin, by slot; an origin whose parcels enter together with others' is not there. */
  readonly accepted: ReadonlyMap<string, Float64Array>;
}

interface BoardOptions {
  readonly gate: Pick<GateService, 'tally' | 'now'>;
  readonly scenario: Scenario;
  /** Milliseconds by a clock that only rises. */
  readonly elapsed: () => number;
  /** Left out where nobody tracks. */
  readonly service: Pick<TrackService, 'flows' | 'season'> | undefined;
  /** Parcels that each tracked one stands for. */
  readonly scale: number;
}

/** How acceptance goes on, counted once for all who ask the same. */
export class AcceptanceBoard {
  readonly #kept: Summaries<Acceptance>;
  readonly #entrances: Entrances;
  readonly #counts: SlotCounts | undefined;

  constructor(private readonly options: BoardOptions) {
    const { scenario, service, elapsed } = options;
    this.#kept = new Summaries(elapsed, KEPT_MOST);
    this.#entrances = entrancesOf(scenario);
    this.#counts =
      service && new SlotCounts(service, this.#entrances.resources, ['accepted'], scenario.slots);
  }

  look(asked: PairsAsked): Promise<Acceptance> {
    return this.#kept.get(JSON.stringify(asked), () => this.#count(asked));
  }

  async #count(asked: PairsAsked): Promise<Acceptance> {
    const { gate, scenario } = this.options;
    const { start, slotMinutes, slots } = scenario;
    const at = gate.now();
    const now = Math.floor((at - Date.parse(start)) / (slotMinutes * 60_000));
    const groups = pairGroups(scenario, asked);
    const counts = new Float64Array(groups.groups.length * slots * COLUMNS);
    for (const rows of await gate.tally(asked)) {
      for (let i = 0; i < rows.length; i += ROW_NUMBERS) {
        const to = (rows[i] * slots + rows[i + 1]) * COLUMNS;
        for (let k = 0; k < COLUMNS; k++) counts[to + k] += rows[i + 2 + k];
      }
    }
    const accepted =
      asked.destination === undefined
        ? await this.#accepted(groups)
        : new Map<string, Float64Array>();
    return { at, now, groups, slots, counts, accepted };
  }

  /** Scans say where parcels were accepted, not where to: a place counts for an origin if only its parcels enter there. */
  async #accepted({ of, groups }: PairGroups): Promise<Map<string, Float64Array>> {
    const accepted = new Map<string, Float64Array>();
    if (!this.#counts) return accepted;
    await this.#counts.refresh();
    const mixed = new Set<string>();
    const { resources, pairs } = this.#entrances;
    for (let i = 0; i < resources.length; i++) {
      const origins = new Set(pairs[i].map((pair) => originKey(groups[of[pair]])));
      if (origins.size > 1) for (const origin of origins) mixed.add(origin);
      const [origin] = origins;
      if (origins.size === 1 && origin !== '') this.#add(accepted, origin, i);
    }
    for (const origin of mixed) accepted.delete(origin);
    return accepted;
  }

  #add(accepted: Map<string, Float64Array>, origin: string, i: number): void {
    const { scenario, scale } = this.options;
    const { slots } = scenario;
    const sums = accepted.get(origin) ?? new Float64Array(slots);
    accepted.set(origin, sums);
    const values = this.#counts?.values ?? sums;
    for (let t = 0; t < slots; t++) sums[t] += scale * values[i * slots + t];
  }
}

/** An operator's origin; empty for what is not asked about. */
export function originKey(
  group: { readonly operator: string; readonly origin: string } | undefined,
): string {
  return group ? JSON.stringify([group.operator, group.origin]) : '';
}
