import { FaultList } from '../../network/fault.js';
import { DEFAULT_WARN_POLICY } from '../../warn/default-policy.js';
import { parseWarnPolicy } from '../../warn/parse-policy.js';
import type { WarnPolicy } from '../../warn/warn-policy.js';
import { actsOf, appendAudit } from '../access/audit.js';
import { looksPersonal } from '../access/handles.js';
import type { Principal } from '../access/principal.js';
import { conflict, wrong } from '../access/refusals.js';
import { Problem } from '../http/problem.js';
import type { WarnStore } from '../postgres/warn-store.js';

/** The policy in force, and who set it; the assumed one has nobody. */
export interface PolicyInForce {
  readonly policy: WarnPolicy;
  readonly madeBy?: string;
  readonly reason?: string;
  readonly madeAt?: Date;
}

/** A policy that somebody sets, in the place of version `base`. */
export interface NewPolicy {
  readonly base: number;
  readonly reason: string;
  readonly policy: Omit<WarnPolicy, 'version' | 'basis'>;
}

export async function policyInForce(store: Pick<WarnStore, 'policy'>): Promise<PolicyInForce> {
  const row = await store.policy();
  if (!row) return { policy: DEFAULT_WARN_POLICY };
  const { madeBy, reason, madeAt } = row;
  return { policy: JSON.parse(row.policy), madeBy, reason, madeAt };
}

/**
 * Sets a policy: the next version, from the next assessment on.
 *
 * @param now the machine's clock, for the audit log.
 * @throws Problem 409 if another version is in force by now, 422 with what is wrong with it
 */
export async function setPolicy(
  store: WarnStore,
  by: Principal,
  { base, reason, policy: given }: NewPolicy,
  now: number,
): Promise<PolicyInForce> {
  if (looksPersonal(reason)) throw wrong('reason', 'A reason says nothing of people.');
  const policy = checked({ ...given, version: base + 1, basis: 'set' });
  const { organisation, actor } = by;
  const row = {
    version: policy.version,
    policy: JSON.stringify(policy),
    madeBy: `${organisation.id}/${actor}`,
    reason,
    madeAt: new Date(now),
  };
  const isKept = await store.database.transact({ as: 'keeper' }, async (client) => {
    if (!(await store.addPolicy(client, row))) return false;
    const detail = { reason, version: policy.version };
    await appendAudit(client, now, actsOf(by, organisation.id, 'warning.policy', 'policy', detail));
    return true;
  });
  if (!isKept) throw conflict(`Version ${base} is not the one in force: read it again.`);
  return { policy, madeBy: row.madeBy, reason, madeAt: row.madeAt };
}

/** @throws Problem 422 */
function checked(policy: WarnPolicy): WarnPolicy {
  const faults = new FaultList();
  const parsed = parseWarnPolicy('policy', Buffer.from(JSON.stringify(policy)), faults);
  if (parsed) return parsed;
  const list = faults.first.map(({ field, text }) => ({ field: `policy.${field}`, text }));
  throw new Problem(422, 'Unprocessable content', 'It is no policy.', {}, list);
}
