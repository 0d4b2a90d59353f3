import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { clock } from '../clock.js';
import { PlanDesk } from '../plans/plan-desk.js';
import { PlanFiles } from '../plans/plan-files.js';
import { PlanShelf, type ShelvedPlan } from '../plans/plan-shelf.js';
import { publishNoted } from '../plans/publish-noted.js';
import { type EachTicketed, ticketsInForce } from '../plans/tickets-in-force.js';
import { PlanNotes } from '../postgres/plan-notes.js';
import type { Published } from '../postgres/plan-store.js';
import { type Hosted, type Hosting, onError } from './hosting.js';

/** A thread is left to those who ask meanwhile. */
const THREADS = Math.max(1, availableParallelism() - 1);

const nothing: EachTicketed = async () => {};

/** The plans of a season: those published in the database, their files beside the embedded one's data. */
export function openPlans(
  { store: { database }, season }: Hosting,
  data: string,
  eachTicketed = nothing,
): PlanFiles {
  const notes = new PlanNotes(database, season.id);
  const shelf = new PlanShelf(join(data, 'plans', season.id), season.scenario);
  return new PlanFiles(database, season, notes, shelf, eachTicketed);
}

/** Publishes a plan from the command line, with its files. */
export async function publishFiled(
  { database, season, shelf }: PlanFiles,
  base: number,
  plan: ShelvedPlan,
  reason: string,
): Promise<Published> {
  const files = await shelf.put(plan);
  const said = { files, summary: plan.summary, base, reason, restores: null };
  const { prices } = plan;
  const made = { releases: plan.releases(), prices };
  const done = await publishNoted(database, season, 'command-line', made, said, Date.now());
  if (done === 'stale') await shelf.remove(files);
  return done;
}

/** Why a season's first version is as it is. */
export const FIRST = 'first plan of the season';

/** Publishes a first plan, if the season has none. */
export async function publishFirst(plans: PlanFiles, plan: ShelvedPlan): Promise<void> {
  const [newest] = await plans.notes.list();
  if (!newest) await publishFiled(plans, 0, plan, FIRST);
}

/** Planning and looking at plans, to be served. What runs before this one left unpublished is removed. */
export async function hostPlans(hosting: Hosting, data: string, gate: Hosted): Promise<Hosted> {
  const { gate: served } = gate.served;
  const each = served ? ticketsInForce(served.open, served.season) : nothing;
  const files = openPlans(hosting, data, each);
  const versions = await files.notes.list();
  await files.shelf.sweep(new Set(versions.flatMap(({ note }) => (note ? [note.files] : []))));
  const plans = new PlanDesk({
    files,
    generated: hosting.isMadeUp,
    clock,
    threads: THREADS,
    onFailure: onError,
  });
  return { served: { plans }, close: () => plans.close() };
}
