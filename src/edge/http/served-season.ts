import type { PriceTable } from '../../network/plan-files.js';
import type { Scenario } from '../../network/scenario.js';
import type { Releases, SeasonView } from '../../plan/season-view.js';

/** A planned season as the server shows it: all of it in memory, made once, never changed. */
export interface ServedSeason {
  readonly scenario: Scenario;
  readonly view: SeasonView;
  readonly plan: PlanFigures;
  /** The plan again, for the explanation of a cohort that is not among the costly. */
  readonly releases: Releases;
  readonly prices: PriceTable;
}

interface PlanFigures {
  /** ISO 8601, UTC. */
  readonly madeAt: string;
  /** Wall time that making it took. */
  readonly seconds: number;
  readonly objective: number;
  readonly bound: number;
  readonly gap: number;
}
