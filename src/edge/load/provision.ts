import { addKey, revokeKey } from '../access/keys.js';
import { addOrganisation } from '../access/organisations.js';
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

/** Makes a key for each platform, and the platform where it is missing; whoever sends then is the scenario's shipper. */
export async function makeKeys(
  database: PostgresDatabase,
  shippers: readonly string[],
  now: () => number,
): Promise<MadeKeys> {
  await refuseProduction(database);
  const made: { readonly shipper: string; readonly id: string; readonly secret: string }[] = [];
  for (const shipper of shippers) {
    const place = { kind: 'platform', level: 'nation', region: '000000' } as const;
    const asked = { id: shipper, ...place, demonstration: true };
    await addOrganisation(database, 'command-line', asked, now()).catch((error: unknown) => {
      if (!(error instanceof Problem) || error.status !== 409) throw error;
    });
    const key = { label: 'load', role: 'dispatcher' } as const;
    const { id, secret } = await addKey(database, 'command-line', shipper, key, now());
    made.push({ shipper, id, secret });
  }
  return {
    secrets: made.map(({ secret }) => secret),
    async revoke() {
      for (const { shipper, id } of made) {
        await revokeKey(database, 'command-line', shipper, id, now());
      }
    },
  };
}
