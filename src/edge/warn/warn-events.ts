import type { Assessment, Warning, WarningAct, WarningLevel } from '../../warn/warning.js';

type Reach = Warning['reach'];

/** Something that became of a warning, as it is kept (schema/0010-warnings.ts). */
export interface KeptEvent {
  /** Number of the warning: 7 of `w7`. */
  readonly number: number;
  readonly at: number;
  readonly act: WarningAct;
  readonly level: WarningLevel;
  /** From then on. */
  readonly reach: Reach;
  readonly actor: string | undefined;
  readonly reason: string | undefined;
  readonly policyVersion: number;
  readonly assessment: Assessment;
  /** Organisations that it came to. */
  readonly notified: readonly string[];
}

/** One with its place among all of a season. */
export interface NumberedEvent extends KeptEvent {
  readonly seq: number;
}

/** What became of a warning since it was as `before`; undefined: since it was not there. */
export function eventsSince(before: Warning | undefined, after: Warning): KeptEvent[] {
  const { id, events, policyVersion, assessment } = after;
  const fresh = events.slice(before?.events.length ?? 0);
  let left = fresh.filter(({ act }) => act === 'escalated').length;
  let reach = before?.reach ?? (left > 0 ? 'city' : after.reach);
  return fresh.map(({ at, act, level, actor, reason }) => {
    if (act === 'escalated') {
      left -= 1;
      // Reach only rises: of two at once the first was to the province.
      reach = left > 0 ? 'province' : after.reach;
    }
    const number = numberOf(id);
    return {
      number,
      at,
      act,
      level,
      reach,
      actor,
      reason,
      policyVersion,
      assessment,
      notified: [],
    };
  });
}

/** Warnings, by number, as their events in their order say. */
export function replayEvents(events: Iterable<KeptEvent>): Map<number, Warning> {
  const warnings = new Map<number, Warning>();
  for (const event of events) {
    const { number, at, act, level, reach, actor, reason, assessment, policyVersion } = event;
    const told = {
      at,
      act,
      level,
      ...(actor !== undefined && { actor }),
      ...(reason !== undefined && { reason }),
    };
    const before = warnings.get(number);
    const { subject } = assessment;
    const first = { id: `w${number}`, subject, policyVersion, issuedAt: at, events: [] };
    warnings.set(number, {
      ...(before ?? first),
      assessment,
      level,
      reach,
      endedAt: act === 'lifted' ? at : undefined,
      events: [...(before?.events ?? []), told],
    });
  }
  return warnings;
}

/** 7 of `w7`; undefined for what is no such name. */
export function findNumber(id: string): number | undefined {
  const digits = /^w([1-9]\d{0,8})$/.exec(id)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

export function numberOf(id: string): number {
  const number = findNumber(id);
  if (number === undefined) throw new Error(`${id} is no warning's`);
  return number;
}
