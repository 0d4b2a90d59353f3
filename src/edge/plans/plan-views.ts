import type { PlanSummary, PriceTable } from '../../network/plan-files.js';
import type { Scenario } from '../../network/scenario.js';
import {
  type HoldsView,
  type LoadsView,
  type Releases,
  viewHolds,
  viewLoads,
} from '../../plan/season-view.js';
import type { PlanNotes } from '../postgres/plan-notes.js';
import { type DeclaredValue, declaredScenario } from './declared-scenario.js';
import { keptReleases } from './kept-releases.js';
import type { PlanShelf } from './plan-shelf.js';
import { countsFor, type PlanSight } from './plan-sight.js';

/** Versions whose tables are in memory: the one in force, the one beside it, and one that somebody else looks at. */
const VERSIONS_MOST = 3;
/** Organisations of each version whose holds are in memory; groups and a hundred explanations each. */
const SIGHTS_MOST = 40;

/** A version of a plan as it can be looked at. */
export interface PlanView {
  readonly version: number;
  /** The season with capacities as they were when it was made. */
  readonly scenario: Scenario;
  readonly summary: PlanSummary;
  readonly prices: PriceTable;
  readonly releases: Releases;
  readonly loads: LoadsView;
  /** Who waits, as far as somebody sees. */
  holds(sight: PlanSight): Promise<HoldsView>;
}

/** Views of versions: those asked for last are kept, others are made again of their files. */
export class PlanViews {
  readonly #views = new Recent<number, Promise<PlanView | undefined>>(VERSIONS_MOST);

  constructor(
    private readonly scenario: Scenario,
    private readonly notes: PlanNotes,
    private readonly shelf: PlanShelf,
  ) {}

  /** Undefined where there is no such version, or its files are not here. */
  async find(version: number): Promise<PlanView | undefined> {
    const view = await this.#views.get(version, () => this.#make(version));
    // It may be published yet.
    if (!view) this.#views.forget(version);
    return view;
  }

  async #make(version: number): Promise<PlanView | undefined> {
    const found = await this.notes.find(version);
    if (!found?.note || !(await this.shelf.has(found.note.files))) return undefined;
    const { summary, prices, ...plan } = await this.shelf.read(found.note.files);
    const scenario = declaredScenario(this.scenario, declaredOf(summary));
    const releases = keptReleases(() => plan.releases());
    const loads = await viewLoads(scenario, { releases, prices });
    const sights = new Recent<string, Promise<HoldsView>>(SIGHTS_MOST);
    const holds = (sight: PlanSight) =>
      sights.get(sight.key, () => viewHolds(scenario, { releases, prices }, countsFor(sight)));
    return { version, scenario, summary, prices, releases, loads, holds };
  }
}

/** Declared capacities that a plan was made with. */
function declaredOf({ declared }: PlanSummary): readonly DeclaredValue[] {
  return Array.isArray(declared) ? declared : [];
}

/** The values asked for last, by key; what fails is not kept. */
class Recent<K, V extends Promise<unknown>> {
  readonly #kept = new Map<K, V>();

  constructor(private readonly most: number) {}

  get(key: K, make: () => V): V {
    const value = this.#kept.get(key) ?? make();
    this.#kept.delete(key);
    this.#kept.set(key, value);
    value.catch(() => this.#kept.delete(key));
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > this.most) this.#kept.delete(oldest);
    return value;
  }

  forget(key: K): void {
    this.#kept.delete(key);
  }
}
