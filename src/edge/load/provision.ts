import { addKey, revokeKey } from '../access/keys.js';
import { addOrganisation } from '../access/organisations.js';
import type { OrganisationKind } from '../access/principal.js';
import { Problem } from '../http/problem.js';
import type { PostgresDatabase } from '../postgres/connect.js';

/** Refused: what was asked for is for made-up seasons only (P15). */
class ProductionStore extends Error {}

/**
 * Sees that a database holds made-up seasons only: those whose clock is not the machine's. Nothing that makes up requests
 * may touch another.
 *
 * @throws ProductionStore
 */
export async function refuseProduction(database: PostgresDatabase): Promise<void> {
  const { rows } = await database.ledger.query<{ name: string }>(
    'SELECT name FROM gate_season WHERE clock_offset_ms = 0 LIMIT 1',
  );
  if (rows.length > 0) {
    throw new ProductionStore(
      `The database has a season that is not made up (${rows[0].name}): load is for others.`,
    );
  }
}

export interface MadeKeys {
  readonly secrets: readonly string[];
  /** From then on they let nobody in. */
  revoke(): Promise<void>;
}

/**
 * Makes a key for each organisation of a kind, and the organisation where it is missing: platforms are the scenario's shippers,
 * operators its operators, each as a whole.
 */
export async function makeKeys(
  database: PostgresDatabase,
  organisations: readonly string[],
  now: () => number,
  kind: OrganisationKind = 'platform',
): Promise<MadeKeys> {
  await refuseProduction(database);
  const made: { readonly organisation: string; readonly id: string; readonly secret: string }[] =
    [];
  for (const organisation of organisations) {
    const place = { kind, level: 'nation', region: '000000' } as const;
    const asked = { id: organisation, ...place, demonstration: true };
    await addOrganisation(database, 'command-line', asked, now()).catch((error: unknown) => {
      if (!(error instanceof Problem) || error.status !== 409) throw error;
    });
    const key = { label: 'load', role: 'dispatcher' } as const;
    const { id, secret } = await addKey(database, 'command-line', organisation, key, now());
    made.push({ organisation, id, secret });
  }
  return {
    secrets: made.map(({ secret }) => secret),
    async revoke() {
      for (const { organisation, id } of made) {
        await revokeKey(database, 'command-line', organisation, id, now());
      }
    },
  };
}
