import { actsOf, appendAudit, type By } from '../access/audit.js';
import { looksPersonal } from '../access/handles.js';
import { wrong } from '../access/refusals.js';
import { type NewPlan, publishPlan } from '../gate/publish.js';
import type { GateSeason } from '../gate/season.js';
import type { PostgresDatabase } from '../postgres/connect.js';
import { type PlanNote, PlanNotes } from '../postgres/plan-notes.js';
import type { Published } from '../postgres/plan-store.js';

/** Why and of what a version is made. */
export interface Publication extends Pick<PlanNote, 'files' | 'restores' | 'reason' | 'summary'> {
  /** The version it was made from. */
  readonly base: number;
}

/**
 * Publishes a plan as the next version with its note, and audits it, in one transaction: all of it or nothing (P6, P14).
 *
 * @param now milliseconds since 1970.
 * @throws Problem 422
 */
export async function publishNoted(
  database: PostgresDatabase,
  season: GateSeason,
  by: By,
  plan: NewPlan,
  { base, ...said }: Publication,
  now: number,
): Promise<Published> {
  if (looksPersonal(said.reason)) {
    throw wrong('reason', 'A reason says nothing of people, nor waybill numbers.');
  }
  const version = base + 1;
  const notes = new PlanNotes(database, season.id);
  const note = { ...said, ...authorOf(by) };
  return publishPlan(database, season, base, plan, async (client) => {
    await notes.write(client, version, note);
    if (typeof by === 'string') return;
    const { reason, restores } = said;
    const action = restores === null ? 'plan.publish' : 'plan.restore';
    const detail = { season: season.id, base, reason, ...(restores !== null && { restores }) };
    const acts = actsOf(by, by.organisation.id, action, `plan ${version}`, detail);
    await appendAudit(client, now, acts);
  });
}

function authorOf(by: By): Pick<PlanNote, 'organisation' | 'actor'> {
  if (typeof by === 'string') return { organisation: null, actor: by };
  return { organisation: by.organisation.id, actor: by.actor };
}
