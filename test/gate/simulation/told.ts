import { readDecision } from '../../../src/gate/decision.js';
import type { Change } from '../../../src/gate/gate.js';
import type { GateState } from '../../../src/gate/gate-state.js';
import type { BatchAnswers } from '../../../src/gate/owner/batch-answers.js';
import {
  CONFLICT,
  INVALID,
  REASONS,
  REFUSED,
  REPEATED,
  TICKETED,
} from '../../../src/gate/requests.js';
import { type Audit, contentOf } from './audit.js';
import { STATES } from './journal-reader.js';

/** A request as a shipper sends it. */
export interface Request {
  readonly shipper: number;
  readonly id: string;
  readonly flow: number;
  /** In slots from the season's start, fractions too. */
  readonly ready: number;
  readonly parcels: number;
  readonly notAfter: number;
  readonly divisible: boolean;
}

/** What a shipper is told of a request: nothing that changes later. */
export interface Answer {
  readonly status: 'decided' | 'conflict' | 'invalid' | 'unanswered';
  /** The decision. */
  readonly text: string;
  /** Rows of its tickets. */
  readonly rows: readonly number[];
}

/** The answers of an owner to a batch, as they leave it. */
export function answersOf({ status, at, words }: BatchAnswers): Answer[] {
  return Array.from(status, (code, i): Answer => {
    if (code === CONFLICT) return { status: 'conflict', text: '', rows: [] };
    if (code === INVALID) return { status: 'invalid', text: '', rows: [] };
    if (code !== TICKETED && code !== REFUSED && code !== REPEATED) {
      return { status: 'unanswered', text: '', rows: [] };
    }
    const { row, plan, tickets, short, reason, binding } = readDecision(words, at[i]);
    const given = tickets.map((t) => [t.row, t.slot, t.way, t.parcels]);
    const binds = binding ? [binding.resource, binding.slot, binding.price] : [];
    const text = JSON.stringify([row, plan, given, short, REASONS.indexOf(reason), binds]);
    return { status: 'decided', text, rows: tickets.map((t) => t.row) };
  });
}

/**
 * Whether an answer may leave an owner: the journal has it already, decided on this very request, and in the
 * same words (P2, P3, P4).
 */
export function checkTold(
  audit: Audit,
  requests: readonly Request[],
  answers: readonly Answer[],
): void {
  requests.forEach(({ shipper, id, flow, ready, parcels, notAfter, divisible }, i) => {
    const { status, text } = answers[i];
    const name = `request ${shipper}/${id}`;
    const decided = audit.decided.get(`${shipper}/${id}`);
    const readyAt = audit.startOf(ready);
    const content = contentOf(flow, readyAt, parcels, notAfter, divisible ? 1 : 0);
    if (status === 'decided') {
      audit.check(
        decided !== undefined,
        'P3, P4',
        () => `${name} was answered, and is not durable`,
      );
      audit.check(decided?.text === text, 'P2', () => `${name}: ${text}, decided ${decided?.text}`);
      audit.check(decided?.content === content, 'P2', () => `${name}: answered for other content`);
    } else if (status === 'conflict') {
      const isOther = decided !== undefined && decided.content !== content;
      audit.check(isOther, 'P2', () => `${name} is no conflict, or with nothing durable`);
    } else if (status === 'invalid') {
      const isRequest = parcels >= 1 && flow >= 0;
      audit.check(!isRequest, 'G2', () => `${name} is a request, and was not answered`);
    }
  });
}

/** States of all rows, as an owner shows them. */
export function rowsOf({ tickets }: GateState): string[] {
  return Array.from({ length: tickets.size }, (_, row) => STATES[tickets.state(row)]);
}

/** Whether a row that is shown was ever so in the journal (P3). */
export function checkShown(audit: Audit, row: number, state: string): void {
  const isDurable = audit.rows[row]?.past.includes(state) ?? false;
  audit.check(isDurable, 'P3', () => `row ${row} was shown as ${state}, which is not durable`);
}

/** Whether the journal has what a shipper is told of a ticket it changed (P3). */
export function checkChanged(
  audit: Audit,
  what: 'cancel' | 'confirm' | 'pick up',
  shipper: number | undefined,
  at: number,
  change: Change,
): void {
  const row = audit.rows[at];
  const isOwn = row !== undefined && (shipper === undefined || row.shipper === shipper);
  const past = row?.past ?? [];
  const right: { [change: string]: () => boolean } = {
    unknown: () => !isOwn || row.state === 'refused',
    done: () => {
      if (!isOwn) return false;
      if (what === 'cancel') return row.state === 'cancelled';
      return past.includes('picked up') || (what === 'confirm' && past.includes('confirmed'));
    },
    'not-in-force': () => isOwn && !['issued', 'confirmed'].includes(row.state),
    'too-late': () => isOwn && what === 'cancel' && audit.startOf(row.slot) <= audit.now,
  };
  audit.check(right[change](), 'P3', () => `${what} of row ${at}: ${change}, is ${row?.state}`);
}
