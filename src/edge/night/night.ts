import type { Scenario } from '../../network/scenario.js';
import { type FilmNetwork, filmNetwork } from '../../world/film/film-network.js';
import type { Reel } from '../../world/film/reel.js';
import type { PolicyName } from '../../world/policy/policy.js';
import type { SurpriseLevel } from '../../world/simulation/surprise-levels.js';

/** The two ways of a night, in the order shown. */
export const SIDES = ['at-once', 'plan'] as const satisfies readonly PolicyName[];
/** The replay of the demonstration has the same: the night that is seen live is the one that was released at once. */
export const NIGHT_SEED = 1;
export const NIGHT_SURPRISES: SurpriseLevel = 'ordinary';

/** Shown after the last trouble, hours: the viewer sees that it is over. */
const REST_HOURS = 12;

/**
 * A season twice, at once and by plan, as far as both have been lived through. Kept in memory; it grows while it is made and never
 * changes what it has shown.
 */
export class Night {
  readonly network: FilmNetwork;
  readonly #reels = new Map<PolicyName, Reel>();
  #version = 0;
  #failed = false;

  constructor(readonly scenario: Scenario) {
    this.network = filmNetwork(scenario);
  }

  /** Rises with whatever changes. */
  get version(): number {
    return this.#version;
  }

  get state(): 'making' | 'done' | 'failed' {
    if (this.#failed) return 'failed';
    return this.sides.every((reel) => reel?.figures) ? 'done' : 'making';
  }

  /** In the order of SIDES; undefined where nothing has been made yet. */
  get sides(): readonly (Reel | undefined)[] {
    return SIDES.map((policy) => this.#reels.get(policy));
  }

  /** Slots that can be shown of both. */
  get made(): number {
    return Math.min(this.until, ...this.sides.map(slotsMade));
  }

  /** Slots that there are to show: the season, and until the last trouble of either side is over. May grow until it is made. */
  get until(): number {
    const rest = Math.round((REST_HOURS * 60) / this.scenario.slotMinutes);
    const shown = this.sides.map((reel) => (reel ? troubleEnd(reel) + rest : 0));
    const lived = Math.max(this.scenario.slots, ...this.sides.map((reel) => reel?.slots ?? 0));
    return Math.min(lived, Math.max(this.scenario.slots, ...shown));
  }

  take(reel: Reel): void {
    this.#reels.set(reel.policy, reel);
    this.#version += 1;
  }

  fail(): void {
    this.#failed = true;
    this.#version += 1;
  }
}

/** A run that has ended stands still from then on. */
function slotsMade(reel: Reel | undefined): number {
  if (!reel) return 0;
  return reel.figures ? Number.POSITIVE_INFINITY : reel.slots;
}

/** The slot after the last in which a hub overflowed, hubs blocked each other or vehicles waited. */
function troubleEnd({ overflowing, gridlocked, waiting }: Reel): number {
  for (let t = overflowing.length; t > 0; t--) {
    if (overflowing[t - 1] > 0 || gridlocked[t - 1] > 0 || waiting[t - 1] >= 1) return t;
  }
  return 0;
}
