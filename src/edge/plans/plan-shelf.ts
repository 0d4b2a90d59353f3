import { randomUUID } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlanSummary, PriceTable } from '../../network/plan-files.js';
import { type PlanInFiles, readPlan } from '../../network/read-plan.js';
import type { Scenario } from '../../network/scenario.js';
import { writePlan } from '../../network/write-plan.js';
import type { Releases } from '../../plan/season-view.js';

/** A plan, to be put on the shelf. */
export interface ShelvedPlan {
  readonly summary: PlanSummary;
  readonly releases: Releases;
  readonly prices: PriceTable;
}

/**
 * Plans of a season as files, each in a folder of its own (docs/spec/release-planning.md, section 5): of published versions and
 * of runs that may yet be published.
 */
export class PlanShelf {
  constructor(
    private readonly folder: string,
    private readonly scenario: Scenario,
  ) {}

  /** Puts a plan on the shelf, whole or not at all; gives the name of its folder. */
  async put({ summary, releases, prices }: ShelvedPlan, signal?: AbortSignal): Promise<string> {
    const name = randomUUID();
    const options = { format: 'parquet' as const, ...(signal && { signal }) };
    await writePlan(join(this.folder, name), this.scenario, summary, releases(), prices, options);
    return name;
  }

  /** @throws FaultyInput if it is not there, or not whole. */
  read(name: string): Promise<PlanInFiles> {
    return readPlan(join(this.folder, name), this.scenario);
  }

  async has(name: string): Promise<boolean> {
    return (await this.#names()).includes(name);
  }

  async remove(name: string): Promise<void> {
    await rm(join(this.folder, name), { recursive: true, force: true });
  }

  /** Removes all but those named: runs that a process before this one made and nobody published. */
  async sweep(kept: ReadonlySet<string>): Promise<void> {
    for (const name of await this.#names()) if (!kept.has(name)) await this.remove(name);
  }

  #names(): Promise<string[]> {
    return readdir(this.folder).catch(() => []);
  }
}
