import type { Scenario } from '../../network/scenario.js';
import type { Warning } from '../../warn/warning.js';
import type { WarnStore } from '../postgres/warn-store.js';
import { policyInForce } from '../warn/policies.js';
import type { WarnDesks } from '../warn/warn-desks.js';
import type { WarnReader } from '../warn/warn-reader.js';
import { NATION } from './live-text.js';
import { iso, viewOf } from './warn/view.js';

export interface LiveWarningDesks extends Pick<WarnDesks, 'sights' | 'timing'> {
  readonly reader: Pick<WarnReader, 'open'>;
  readonly store: Pick<WarnStore, 'policy'>;
}

/** All warnings in force, whole; what their thresholds rest on; and the resources that they name. */
export async function answerLiveWarnings(
  desks: LiveWarningDesks,
  scenario: Scenario,
): Promise<object> {
  const { reader, store } = desks;
  const [{ at, warnings }, { policy }] = await Promise.all([reader.open(), policyInForce(store)]);
  return {
    ...(Number.isFinite(at) && { assessedAt: iso(at) }),
    policy: { version: policy.version, basis: policy.basis },
    items: warnings.flatMap((warning) => viewOf(desks, NATION, warning) ?? []),
    resources: namesIn(warnings, scenario),
  };
}

function namesIn(warnings: readonly Warning[], { resources }: Scenario): object[] {
  const { ids, kind, operator, region } = resources;
  return [...new Set(warnings.flatMap(mentioned))].flatMap((id) => {
    const r = ids.findText(id);
    return r < 0 ? [] : [{ id, kind: kind[r], operator: operator[r], region: region[r] }];
  });
}

function mentioned({ subject, assessment: { causes, cure } }: Warning): string[] {
  const about = subject.kind === 'resource' ? [subject.id] : [];
  return [
    ...about,
    ...causes.flatMap((cause) => cause.resource ?? []),
    ...(cure?.resource ? [cure.resource] : []),
  ];
}
