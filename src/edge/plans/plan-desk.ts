import type { PlanClock } from '../../plan/plan.js';
import type { Organisation, Principal } from '../access/principal.js';
import { conflict, notThere } from '../access/refusals.js';
import type { NotedVersion } from '../postgres/plan-notes.js';
import type { PlanFiles } from './plan-files.js';
import { type AskedRun, PlanRun } from './plan-run.js';
import { type PlanSight, planSightOf } from './plan-sight.js';
import { type PlanView, PlanViews } from './plan-views.js';
import { publishNoted } from './publish-noted.js';
import { withoutTicketed } from './unticketed.js';

/** Runs that are kept, the one at hand among them; each that is done has its files on the shelf. */
const RUNS_MOST = 6;

interface PlanDeskOptions {
  readonly files: PlanFiles;
  /** The scenario says that its data are generated. */
  readonly generated: boolean;
  readonly clock: PlanClock;
  readonly threads: number;
  readonly onFailure: (error: unknown) => void;
}

/** What plans are asked for over HTTP. */
export type Plans = Pick<
  PlanDesk,
  | 'sightOf'
  | 'versions'
  | 'view'
  | 'runs'
  | 'run'
  | 'start'
  | 'end'
  | 'publish'
  | 'restore'
  | 'close'
>;

/** Versions of a season's plan: looked at, made, published, brought back. */
export class PlanDesk {
  readonly #views: PlanViews;
  /** Newest first. */
  #runs: readonly PlanRun[] = [];

  constructor(private readonly options: PlanDeskOptions) {
    const { season, notes, shelf } = options.files;
    this.#views = new PlanViews(season.scenario, notes, shelf);
  }

  sightOf(viewer: Organisation): PlanSight {
    return planSightOf(this.options.files.season.scenario, viewer, this.options.generated);
  }

  /** The newest first; the first is in force. */
  versions(): Promise<NotedVersion[]> {
    return this.options.files.notes.list();
  }

  /**
   * A version with its note, for whoever sees any of it.
   *
   * @throws Problem 404, also where its files are not on this server
   */
  async view(
    viewer: Organisation,
    version: number,
  ): Promise<{ noted: NotedVersion; view: PlanView; sight: PlanSight }> {
    const sight = this.sightOf(viewer);
    const noted = await this.options.files.notes.find(version);
    const view = sight.part === 'nothing' ? undefined : await this.#views.find(version);
    if (!view || !noted) throw notThere('plan');
    return { noted, view, sight };
  }

  /** Runs that somebody may know of: administrations of all, others of their own. */
  runs({ organisation }: Principal): readonly PlanRun[] {
    const { id, kind } = organisation;
    return this.#runs.filter(({ by }) => kind === 'administration' || by.organisation.id === id);
  }

  /** @throws Problem 404 */
  run(viewer: Principal, id: string): PlanRun {
    const run = this.runs(viewer).find((each) => each.id === id);
    if (!run) throw notThere('run');
    return run;
  }

  /** @throws Problem 409 while another runs, or when there is nothing left to plan; 404 to whom the season is not for */
  async start(by: Principal, asked: AskedRun): Promise<PlanRun> {
    const { files, clock, threads, onFailure } = this.options;
    if (this.sightOf(by.organisation).part === 'nothing') throw notThere('plan');
    const [newest] = await this.versions();
    const from = this.#nextSlot();
    if (from >= files.season.scenario.slots) throw conflict('The season is over.');
    if (this.#runs.some(({ state }) => state === 'running')) {
      throw conflict('A plan is being made already; wait for it, or stop it.');
    }
    const how = { files, clock, threads, onFailure };
    const madeAt = new Date().toISOString();
    const run = new PlanRun(by, asked, newest?.version ?? 0, from, madeAt, how);
    const runs = [run, ...this.#runs];
    this.#runs = runs.slice(0, RUNS_MOST);
    for (const old of runs.slice(RUNS_MOST)) await this.#forget(old);
    return run;
  }

  /** Stops a run, or forgets one that has ended. */
  async end(viewer: Principal, id: string): Promise<void> {
    const run = this.run(viewer, id);
    if (run.state === 'running') return run.stop();
    this.#runs = this.#runs.filter((each) => each !== run);
    await this.#forget(run);
  }

  /**
   * Publishes what a run made as the next version; gives its number.
   *
   * @throws Problem 404, 409 where it is not done, or another version came since it began (P6), 422
   */
  async publish(by: Principal, id: string, reason: string): Promise<number> {
    const run = this.run(by, id);
    if (run.state !== 'done' || !run.made) throw conflict('It is not done, or published already.');
    const { made, base } = run;
    run.version = await this.#publish(by, made.files, { ...made, base, reason, restores: null });
    run.state = 'published';
    return run.version;
  }

  /**
   * Brings a version's plan back as the next version; gives its number.
   *
   * @param base the version that whoever asks believes to be in force.
   * @throws Problem 404, 409 where it is another, 422
   */
  async restore(by: Principal, version: number, base: number, reason: string): Promise<number> {
    const { noted } = await this.view(by.organisation, version);
    if (!noted.note) throw notThere('plan');
    const { files, summary } = noted.note;
    return this.#publish(by, files, { files, summary, base, reason, restores: version });
  }

  /** Ends what runs. */
  async close(): Promise<void> {
    for (const run of this.#runs) run.stop();
    await Promise.all(this.#runs.map(({ ended }) => ended));
  }

  async #publish(
    by: Principal,
    folder: string,
    publication: Parameters<typeof publishNoted>[4],
  ): Promise<number> {
    const { database, season, shelf, eachTicketed } = this.options.files;
    const { prices, ...plan } = await shelf.read(folder);
    const from = this.#nextSlot();
    const all = () => plan.releases();
    const releases = await withoutTicketed(season.scenario, all, from, eachTicketed);
    const shares = { releases: releases(), prices };
    const done = await publishNoted(database, season, by, shares, publication, Date.now());
    if (done === 'published') return publication.base + 1;
    throw conflict(
      `Version ${publication.base} is no longer in force: look at the one that is, and plan again.`,
    );
  }

  /** The first slot that has not begun, in 0 … T. */
  #nextSlot(): number {
    const { scenario, network, timing } = this.options.files.season;
    const slot = Math.floor((timing.now() - network.startMs) / network.slotMs) + 1;
    return Math.min(Math.max(0, slot), scenario.slots);
  }

  async #forget(run: PlanRun): Promise<void> {
    if (run.state !== 'published' && run.made)
      await this.options.files.shelf.remove(run.made.files);
  }
}
