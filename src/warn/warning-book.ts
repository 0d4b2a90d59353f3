import { provinceOf } from './areas.js';
import { rankOf } from './levels.js';
import type { EscalationRule, WarnPolicy } from './warn-policy.js';
import type { Assessment, Subject, Warning, WarningEvent, WarningLevel } from './warning.js';

const HOUR_MS = 3_600_000;
const REACHES = ['city', 'province', 'nation'] as const;

/** A warning in force, with what its next change turns on. */
interface Standing {
  warning: Warning;
  /** Since when it could stand lower; and the highest level at which it had to stay since then. */
  lowerSince: number | undefined;
  lowerTo: WarningLevel | undefined;
  /** When its level last changed. */
  changedAt: number;
  /** A person set its level when the rule's was this: the rule raises it only above both, and does not lower it. */
  setAt: WarningLevel | 'none' | undefined;
  /** Issued by a person: only a person ends it. */
  byPerson: boolean;
}

/** All of a book, as JSON. */
export interface WarningBookState {
  readonly next: number;
  readonly at: number;
  readonly standing: readonly Standing[];
  /** Subjects whose warning a person lifted, with its level: quiet until they reach a higher one, or were calm. */
  readonly lifted: readonly (readonly [subject: string, level: WarningLevel])[];
}

/** No such warning in force. */
export class NoSuchWarning extends Error {
  constructor(readonly id: string) {
    super(`no warning ${id} is in force`);
    this.name = 'NoSuchWarning';
  }
}

/**
 * Warnings from issue to end, by assessments and by people (docs/maths/warn.md#hysteresis). Raised at once; lowered only after
 * it could have stood lower for `lowerAfterHours` on end, by the margin, and `leastHours` after its last change; at most one
 * in force a subject. The same calls give the same warnings; ids count up. Instants never go back.
 */
export class WarningBook {
  #next = 1;
  #at = Number.NEGATIVE_INFINITY;
  readonly #standing = new Map<string, Standing>();
  readonly #lifted = new Map<string, WarningLevel>();

  constructor(readonly policy: WarnPolicy) {}

  static restore(policy: WarnPolicy, state: WarningBookState): WarningBook {
    const book = new WarningBook(policy);
    book.#next = state.next;
    book.#at = state.at;
    for (const standing of state.standing)
      book.#standing.set(keyOf(standing.warning.subject), { ...standing });
    for (const [subject, level] of state.lifted) book.#lifted.set(subject, level);
    return book;
  }

  state(): WarningBookState {
    return {
      next: this.#next,
      at: this.#at,
      standing: [...this.#standing.values()].map((standing) => ({ ...standing })),
      lifted: [...this.#lifted],
    };
  }

  /** Warnings in force, by id. */
  list(): Warning[] {
    const warnings = [...this.#standing.values()].map(({ warning }) => warning);
    return warnings.toSorted((a, b) => numberOf(a) - numberOf(b));
  }

  find(id: string): Warning | undefined {
    return this.list().find((warning) => warning.id === id);
  }

  /** What is expected now of all subjects; those not named are calm. Gives the warnings that changed, by id, ended ones too. */
  step(at: number, assessments: readonly Assessment[]): Warning[] {
    this.#goOn(at);
    const bySubject = new Map(assessments.map((a) => [keyOf(a.subject), a]));
    for (const key of this.#lifted.keys()) if (!bySubject.has(key)) this.#lifted.delete(key);
    const changed = new Map<string, Warning>();
    const note = (warning: Warning | undefined): void => {
      if (warning) changed.set(warning.id, warning);
    };
    for (const key of [...new Set([...this.#standing.keys(), ...bySubject.keys()])].toSorted()) {
      const assessment = bySubject.get(key);
      const standing = this.#standing.get(key);
      if (standing) note(this.#follow(at, key, standing, assessment));
      else if (assessment) note(this.#issueBy(at, key, assessment));
      note(this.#escalate(at, key));
    }
    return [...changed.values()].toSorted((a, b) => numberOf(a) - numberOf(b));
  }

  /** A person issues a warning; undefined where one is in force for the subject. Only a person ends it. */
  issue(
    assessment: Assessment,
    level: WarningLevel,
    actor: string,
    reason: string,
    at: number,
  ): Warning | undefined {
    this.#goOn(at);
    const key = keyOf(assessment.subject);
    if (this.#standing.has(key)) return undefined;
    this.#lifted.delete(key);
    const warning = this.#open(at, key, assessment, level, { actor, reason });
    this.#get(warning.id)[1].byPerson = true;
    return this.#escalate(at, key) ?? warning;
  }

  acknowledge(id: string, actor: string, reason: string, at: number): Warning {
    this.#goOn(at);
    const [, standing] = this.#get(id);
    return act(standing, { at, act: 'acknowledged', level: standing.warning.level, actor, reason });
  }

  /** A person sets the level. */
  adjust(id: string, level: WarningLevel, actor: string, reason: string, at: number): Warning {
    this.#goOn(at);
    const [key, standing] = this.#get(id);
    standing.setAt = standing.warning.assessment.level ?? 'none';
    standing.changedAt = at;
    const warning = act(standing, { at, act: 'adjusted', level, actor, reason });
    return this.#escalate(at, key) ?? warning;
  }

  /** A person ends it; the rule issues another only at a higher level, or after the subject was calm. */
  lift(id: string, actor: string, reason: string, at: number): Warning {
    this.#goOn(at);
    const [key, standing] = this.#get(id);
    this.#lifted.set(key, standing.warning.level);
    return this.#end(key, standing, {
      at,
      act: 'lifted',
      level: standing.warning.level,
      actor,
      reason,
    });
  }

  #goOn(at: number): void {
    if (at < this.#at) throw new Error(`warnings at ${at}, before ${this.#at}`);
    this.#at = at;
  }

  #get(id: string): [key: string, standing: Standing] {
    for (const entry of this.#standing) if (entry[1].warning.id === id) return entry;
    throw new NoSuchWarning(id);
  }

  #issueBy(at: number, key: string, assessment: Assessment): Warning | undefined {
    const { level } = assessment;
    if (level === undefined || rankOf(level) <= rankOf(this.#lifted.get(key))) return undefined;
    this.#lifted.delete(key);
    return this.#open(at, key, assessment, level, {});
  }

  #open(
    at: number,
    key: string,
    assessment: Assessment,
    level: WarningLevel,
    by: Pick<WarningEvent, 'actor' | 'reason'>,
  ): Warning {
    const { subject } = assessment;
    const warning: Warning = {
      id: `w${this.#next++}`,
      subject,
      assessment,
      level,
      policyVersion: this.policy.version,
      issuedAt: at,
      endedAt: undefined,
      reach: reachOf(subject, assessment.owner.region),
      events: [{ at, act: 'issued', level, ...by }],
    };
    const fresh = { lowerSince: undefined, lowerTo: undefined, changedAt: at, setAt: undefined };
    this.#standing.set(key, { warning, ...fresh, byPerson: false });
    return warning;
  }

  #follow(
    at: number,
    key: string,
    standing: Standing,
    assessment: Assessment | undefined,
  ): Warning | undefined {
    const { warning } = standing;
    if (assessment) standing.warning = { ...warning, assessment };
    const reached = assessment?.level;
    const above = Math.max(
      rankOf(warning.level),
      standing.setAt === 'none' ? -1 : rankOf(standing.setAt),
    );
    if (reached !== undefined && rankOf(reached) > above) {
      Object.assign(standing, {
        changedAt: at,
        lowerSince: undefined,
        lowerTo: undefined,
        setAt: undefined,
      });
      return act(standing, { at, act: 'raised', level: reached });
    }
    return this.#lower(at, key, standing, assessment?.keeps);
  }

  #lower(
    at: number,
    key: string,
    standing: Standing,
    keeps: WarningLevel | undefined,
  ): Warning | undefined {
    const { level } = standing.warning;
    if (standing.byPerson) return undefined;
    const stays = standing.setAt !== undefined && keeps !== undefined;
    if (stays || rankOf(keeps) >= rankOf(level)) {
      Object.assign(standing, { lowerSince: undefined, lowerTo: undefined });
      return undefined;
    }
    if (standing.lowerSince === undefined)
      Object.assign(standing, { lowerSince: at, lowerTo: keeps });
    else if (rankOf(keeps) > rankOf(standing.lowerTo)) standing.lowerTo = keeps;
    const { lowerSince = at, lowerTo, changedAt } = standing;
    const { lowerAfterHours, leastHours } = this.policy;
    if (at - lowerSince < lowerAfterHours * HOUR_MS || at - changedAt < leastHours * HOUR_MS)
      return undefined;
    if (lowerTo === undefined) return this.#end(key, standing, { at, act: 'lifted', level });
    Object.assign(standing, { changedAt: at, lowerSince: undefined, lowerTo: undefined });
    return act(standing, { at, act: 'lowered', level: lowerTo });
  }

  #end(key: string, standing: Standing, event: WarningEvent): Warning {
    act(standing, event);
    standing.warning = { ...standing.warning, endedAt: event.at };
    this.#standing.delete(key);
    return standing.warning;
  }

  #escalate(at: number, key: string): Warning | undefined {
    const standing = this.#standing.get(key);
    if (!standing) return undefined;
    let changed: Warning | undefined;
    for (const rule of this.policy.escalation) {
      const { warning } = standing;
      if (REACHES.indexOf(rule.to) <= REACHES.indexOf(warning.reach) || !applies(rule, warning, at))
        continue;
      standing.warning = { ...warning, reach: rule.to };
      changed = act(standing, { at, act: 'escalated', level: warning.level });
    }
    return changed;
  }
}

function act(standing: Standing, event: WarningEvent): Warning {
  const { warning } = standing;
  standing.warning = { ...warning, level: event.level, events: [...warning.events, event] };
  return standing.warning;
}

/** In force at the rule's level or above for so long, and not acknowledged if that ends it. */
function applies(
  { level, afterHours, unlessAcknowledged }: EscalationRule,
  { events }: Warning,
  at: number,
): boolean {
  if (unlessAcknowledged && events.some(({ act: done }) => done === 'acknowledged')) return false;
  let since: number | undefined;
  for (const event of events) {
    if (rankOf(event.level) < rankOf(level)) since = undefined;
    else since ??= event.at;
  }
  return since !== undefined && at - since >= afterHours * HOUR_MS;
}

/** To whom a warning comes at its issue. */
function reachOf({ kind }: Subject, region: string): Warning['reach'] {
  if (kind === 'operator' || kind === 'nation') return 'nation';
  if (kind === 'province' || provinceOf(region) === region) return 'province';
  return 'city';
}

function keyOf({ kind, id }: Subject): string {
  return `${kind} ${id}`;
}

function numberOf({ id }: Warning): number {
  return Number(id.slice(1));
}
