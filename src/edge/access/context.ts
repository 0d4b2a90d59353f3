import type { Database } from '../postgres/database.js';

/** What the routes of organisations, people and keys share. */
export interface AccessContext {
  readonly database: Database;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}
