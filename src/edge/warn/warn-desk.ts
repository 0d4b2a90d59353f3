import type { Assessment, Subject, Warning, WarningLevel } from '../../warn/warning.js';
import { NoSuchWarning, type WarningBook } from '../../warn/warning-book.js';
import { actsOf, appendAudit } from '../access/audit.js';
import type { AuditAction } from '../access/audit-actions.js';
import { looksPersonal } from '../access/handles.js';
import type { Principal } from '../access/principal.js';
import { conflict, notThere, wrong } from '../access/refusals.js';
import type { WarnStore } from '../postgres/warn-store.js';
import { withNotified } from './notify.js';
import { policyInForce } from './policies.js';
import { eventsSince, findNumber } from './warn-events.js';
import type { WarnReader } from './warn-reader.js';
import { reachesUp, type WarnSights } from './warn-sight.js';
import { bookOf } from './warn-watch.js';

export interface WarnDeskOptions {
  readonly store: WarnStore;
  readonly reader: WarnReader;
  readonly sights: WarnSights;
  /** The season's clock. */
  readonly seasonNow: () => number;
  /** The machine's, for the audit log. */
  readonly now: () => number;
}

/** A warning that somebody issues. */
export interface NewWarning {
  readonly subject: Subject;
  readonly level: WarningLevel;
  readonly reason: string;
  /** When the floor is expected to be passed, ms since 1970. */
  readonly breachAt: number | undefined;
}

/** What people do to warnings: each act with its reason, in the book, its events and the audit log at once. */
export class WarnDesk {
  constructor(private readonly options: WarnDeskOptions) {}

  /** @throws Problem 404 for a subject that is not theirs, 409 where a warning of it is in force */
  async issue(by: Principal, { subject, level, reason, breachAt }: NewWarning): Promise<Warning> {
    const { sights } = this.options;
    checkReason(reason);
    const owner = sights.ownerOf(subject);
    const isTheirs = owner && sights.of(by.organisation, { subject, assessment: { owner } });
    if (!owner || isTheirs !== 'whole') throw notThere('subject');
    const assessment = byHand(subject, level, breachAt, owner);
    return this.#act(by, 'warning.issue', { reason, level }, (book, at) => {
      const warning = book.issue(assessment, level, nameOf(by), reason, at);
      if (!warning) throw conflict('A warning of it is in force.');
      return warning;
    });
  }

  /** @throws Problem 404; 409 if it has ended */
  async acknowledge(by: Principal, id: string, reason: string): Promise<Warning> {
    await this.#check(by, id, reason);
    return this.#act(by, 'warning.acknowledge', { reason }, (book, at) =>
      book.acknowledge(id, nameOf(by), reason, at),
    );
  }

  /** @throws Problem 404; 409 if it has ended, or has come above those who ask */
  async adjust(by: Principal, id: string, level: WarningLevel, reason: string): Promise<Warning> {
    await this.#check(by, id, reason);
    return this.#act(by, 'warning.adjust', { reason, level }, (book, at) => {
      checkReach(by, book, id);
      return book.adjust(id, level, nameOf(by), reason, at);
    });
  }

  /** @throws Problem 404; 409 if it has ended, or has come above those who ask */
  async lift(by: Principal, id: string, reason: string): Promise<Warning> {
    await this.#check(by, id, reason);
    return this.#act(by, 'warning.lift', { reason }, (book, at) => {
      checkReach(by, book, id);
      return book.lift(id, nameOf(by), reason, at);
    });
  }

  async #check(by: Principal, id: string, reason: string): Promise<void> {
    checkReason(reason);
    const { reader, sights } = this.options;
    const number = findNumber(id);
    const warning = number === undefined ? undefined : await reader.find(number);
    if (!warning || sights.of(by.organisation, warning) !== 'whole') throw notThere('warning');
  }

  async #act(
    by: Principal,
    action: AuditAction,
    detail: { readonly reason: string; readonly level?: WarningLevel },
    act: (book: WarningBook, at: number) => Warning,
  ): Promise<Warning> {
    const { store, seasonNow, now } = this.options;
    const { policy } = await policyInForce(store);
    const done = await store.change(undefined, async (client, row) => {
      const { book, before } = bookOf(policy, row);
      const warning = unlessEnded(() => act(book, Math.max(seasonNow(), row.at)));
      const events = await withNotified(client, eventsSince(before.get(warning.id), warning));
      const { kind, id } = warning.subject;
      const told = { ...detail, subject: `${kind} ${id}` };
      const acts = actsOf(by, by.organisation.id, action, warning.id, told);
      await appendAudit(client, now(), acts);
      return { state: book.state(), events, value: warning };
    });
    if (!done) throw new Error('the book of warnings is gone');
    return done;
  }
}

function unlessEnded(act: () => Warning): Warning {
  try {
    return act();
  } catch (error) {
    if (error instanceof NoSuchWarning) throw conflict('It has ended.');
    throw error;
  }
}

function checkReach({ organisation }: Principal, book: WarningBook, id: string): void {
  const warning = book.find(id);
  if (!warning || reachesUp(organisation, warning.reach)) return;
  throw conflict(`It has come to the ${warning.reach}: the administration there decides.`);
}

function checkReason(reason: string): void {
  if (looksPersonal(reason)) {
    throw wrong('reason', 'A reason says nothing of people, nor waybill numbers.');
  }
}

function nameOf({ organisation, actor }: Principal): string {
  return `${organisation.id}/${actor}`;
}

/** What a person says without figures: those that nobody assessed are NaN. */
function byHand(
  subject: Subject,
  level: WarningLevel,
  breachAt: number | undefined,
  owner: Assessment['owner'],
): Assessment {
  return {
    subject,
    level,
    keeps: level,
    basis: 'plan',
    shape: 'peak',
    breachAt,
    chance: Number.NaN,
    floorShare: Number.NaN,
    capacityHours: Number.POSITIVE_INFINITY,
    causes: [],
    cure: undefined,
    owner,
  };
}
