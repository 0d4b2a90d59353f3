import { Problem } from '../http/problem.js';
import { codeOf } from '../postgres/refused.js';

/* What is wrong with an act upon organisations, people or keys. */

export function notThere(what: string): Problem {
  return new Problem(404, 'Not found', `There is no such ${what}.`);
}

export function conflict(text: string): Problem {
  return new Problem(409, 'Conflict', text);
}

export function wrong(field: string, text: string): Problem {
  return new Problem(422, 'Unprocessable content', text, {}, [{ field, text }]);
}

/** Whether PostgreSQL refused a key that is there already. */
export function isTaken(error: unknown): boolean {
  return codeOf(error) === '23505';
}

/** Whether PostgreSQL missed what a row refers to. */
export function isForeignKey(error: unknown): boolean {
  return codeOf(error) === '23503';
}
