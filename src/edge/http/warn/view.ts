import type { Cause, Cure, Warning } from '../../../warn/warning.js';
import type { Organisation } from '../../access/principal.js';
import type { NumberedEvent } from '../../warn/warn-events.js';
import type { WarnContext } from './context.js';

const HOUR_MS = 3_600_000;

type Context = Pick<WarnContext, 'sights' | 'timing'>;

/** A warning as somebody sees it; undefined where it is not theirs to see. */
export function viewOf(
  context: Context,
  viewer: Organisation,
  warning: Warning,
): object | undefined {
  const sight = context.sights.of(viewer, warning);
  if (!sight) return undefined;
  const level = levelView(context, warning);
  return sight === 'whole' ? { ...level, ...wholeView(context, viewer, warning) } : level;
}

/** What became of a warning, as somebody sees it who sees the warning: by whom and why, only who sees it whole. */
export function eventView(
  { sights }: Context,
  viewer: Organisation,
  warning: Warning,
  event: NumberedEvent,
): object {
  const { seq, at, act, level, reach, actor, reason, notified } = event;
  const told = { seq, at: iso(at), act, level };
  if (sights.of(viewer, warning) !== 'whole') return told;
  return {
    ...told,
    reach,
    ...(actor !== undefined && { actor }),
    ...(reason !== undefined && { reason }),
    notified,
  };
}

function levelView({ timing }: Context, warning: Warning): object {
  const { id, subject, level, issuedAt, endedAt, assessment } = warning;
  const { shape, breachAt } = assessment;
  const leadHours = breachAt === undefined ? 0 : Math.max(0, breachAt - timing.now()) / HOUR_MS;
  return {
    id,
    subject,
    level,
    ...(isAssessed(warning) && { shape }),
    ...(breachAt !== undefined && { breachAt: iso(breachAt) }),
    ...(breachAt !== undefined && endedAt === undefined && { leadHours }),
    issuedAt: iso(issuedAt),
    ...(endedAt !== undefined && { endedAt: iso(endedAt) }),
  };
}

function wholeView({ sights }: Context, viewer: Organisation, warning: Warning): object {
  const { assessment, reach, policyVersion, events } = warning;
  const { basis, chance, floorShare, capacityHours, causes, cure, owner } = assessment;
  const named = ({ resource, ...rest }: Cause | Cure): object => ({
    ...rest,
    ...(resource !== undefined && sights.seesResource(viewer, resource) && { resource }),
  });
  return {
    ...(isAssessed(warning) && {
      basis,
      chance,
      floorShare,
      ...(Number.isFinite(capacityHours) && { capacityHours }),
      causes: causes.map(named),
      ...(cure && { cure: named(cure) }),
    }),
    owner,
    reach,
    policyVersion,
    acknowledged: events.some(({ act }) => act === 'acknowledged'),
    byPerson: events[0].actor !== undefined,
  };
}

/** Not one that a person issued and nothing has shown since. */
function isAssessed({ assessment }: Warning): boolean {
  return !Number.isNaN(assessment.chance);
}

export function iso(ms: number): string {
  return new Date(ms).toISOString();
}
