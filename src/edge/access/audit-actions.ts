/**
 * Verbs of the audit log, each of its thing. What is not here cannot be written down; the console has words for each
 * (console/src/audit/words.ts).
 */
export const AUDIT_ACTIONS = [
  'session.begin',
  'organisation.add',
  'organisation.suspend',
  'organisation.resume',
  'account.add',
  'account.change',
  'key.add',
  'key.revoke',
  'issuer.set',
  'capacity.declare',
  'capacity.approve',
  'capacity.reject',
  'capacity.withdraw',
  'plan.publish',
  'plan.restore',
  'warning.issue',
  'warning.acknowledge',
  'warning.adjust',
  'warning.lift',
  'warning.policy',
  'webhook.create',
  'webhook.change',
  'webhook.remove',
  'scans.archive',
  'scans.delete',
  'scans.archive.delete',
  'scans.key.delete',
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];
