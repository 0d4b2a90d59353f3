import { Reach } from './reach.js';
import { OWN_ROOMS, type Rooms } from './rooms.js';
import { type Outcome, simulate } from './simulate.js';

/** What came out of many runs. */
export interface Campaign {
  readonly runs: number;
  readonly reach: Reach;
  readonly requests: number;
  readonly entries: number;
  readonly happenings: number;
  readonly failed: readonly Outcome[];
}

/** Runs seeds from … to, and ends with the run after which enough have failed. */
export async function campaign(
  from: number,
  to: number,
  options: {
    readonly rooms?: Rooms;
    readonly failuresMost?: number;
    /** Called after each run. */
    readonly watch?: (sum: Campaign, last: Outcome) => void;
  } = {},
): Promise<Campaign> {
  const { rooms = OWN_ROOMS, failuresMost = Number.POSITIVE_INFINITY, watch } = options;
  const reach = new Reach();
  const failed: Outcome[] = [];
  const sum = { runs: 0, reach, requests: 0, entries: 0, happenings: 0, failed };
  for (let seed = from; seed <= to && failed.length < failuresMost; seed++) {
    const outcome = await simulate(seed, rooms);
    reach.include(outcome.reach);
    sum.runs += 1;
    sum.requests += outcome.requests;
    sum.entries += outcome.entries;
    sum.happenings += outcome.happenings;
    if (outcome.violations.length > 0) failed.push(outcome);
    watch?.(sum, outcome);
  }
  return sum;
}

/** A failed run in one line, with what runs it again. */
export function reproduction({ seed, violations }: Outcome): string {
  return `seed ${seed}: ${violations[0]}\n  npx tsx test/gate/simulation/run.ts --seeds ${seed}`;
}
