import type { PostgresDatabase } from '../postgres/connect.js';
import { Authenticator } from './authenticate.js';
import { findDeclaration } from './declarations.js';
import type { Guarded } from './guard.js';
import { findOrganisation } from './organisations.js';

/** What the guard of a server asks of the database. @param now milliseconds since 1970. */
export function guardedBy(database: PostgresDatabase, now: () => number): Guarded {
  return {
    authenticator: new Authenticator(database, now, database.ledger),
    findOrganisation: (id) => findOrganisation(database, id),
    findDeclaration: (id) => findDeclaration(database, id),
  };
}
