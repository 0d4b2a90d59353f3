import type { ClientBase } from 'pg';
import { bytesOf } from './binary-row.js';
import type { PostgresDatabase } from './connect.js';
import { copyRows, literal } from './copy-rows.js';
import type { Database } from './database.js';
import { withClient } from './with-client.js';

/** What plans are kept in. */
export type LedgerDatabase = Database & Pick<PostgresDatabase, 'ledger'>;

/** A plan is kept in parts of so many bytes: what a statement carries is in the server's memory twice. */
const PART_BYTES = 16 * 2 ** 20;

/** What became of a plan: everybody sees it, whole; or another one came before, and nothing was done (P6). */
export type Published = 'published' | 'stale';

/** The plans of a season, by version, as bytes (src/gate/plan-codec.ts). */
export class PlanStore {
  constructor(
    private readonly database: LedgerDatabase,
    private readonly season: string,
  ) {}

  /**
   * Publishes a plan made from version `base`, 0 for a first one, if that is still the current version. In one
   * transaction: nobody sees a part of it. The same plan once more is published, as it was.
   *
   * @param version greater than `base`.
   * @param also written with it, in the same transaction, by a keeper.
   */
  publish(
    base: number,
    version: number,
    bytes: Uint8Array,
    digest: Uint8Array,
    also?: (client: ClientBase) => Promise<void>,
  ): Promise<Published> {
    return this.database.transact({ as: also ? 'keeper' : 'ledger' }, async (client) => {
      const inserted = await client.query(INSERT, [this.season, version, base, bytesOf(digest)]);
      if (inserted.rowCount === 0) return this.#isThere(client, base, version, digest);
      for (let part = 0; part * PART_BYTES < bytes.length; part++) {
        const piece = bytes.subarray(part * PART_BYTES, (part + 1) * PART_BYTES);
        await client.query(
          'INSERT INTO gate_plan_part (season, version, part, bytes) VALUES ($1, $2, $3, $4)',
          [this.season, version, part, bytesOf(piece)],
        );
      }
      await also?.(client);
      return 'published';
    });
  }

  /** The highest version; 0 if there is no plan yet. */
  async currentVersion(): Promise<number> {
    const { rows } = await this.database.ledger.query<{ version: number }>(
      'SELECT coalesce(max(version), 0) AS version FROM gate_plan WHERE season = $1',
      [this.season],
    );
    return rows[0].version;
  }

  /** The bytes of a version, if there is one. */
  read(version: number): Promise<Uint8Array | undefined> {
    const where = `season = ${literal(this.season)} AND version = ${Math.trunc(version)}`;
    return withClient(this.database.ledger, async (client) => {
      const { rows } = await client.query<{ parts: number; bytes: number }>(
        `SELECT count(*) AS parts, coalesce(sum(octet_length(bytes)), 0)::bigint AS bytes FROM gate_plan_part WHERE ${where}`,
      );
      const [{ parts, bytes }] = rows;
      if (parts === 0) return undefined;
      const whole = new Uint8Array(bytes);
      for (let part = 0; part < parts; part++) {
        const select = `SELECT bytes FROM gate_plan_part WHERE ${where} AND part = ${part}`;
        const [piece] = await copyRows(client, select, (row) => row.bytes());
        whole.set(piece, part * PART_BYTES);
      }
      return whole;
    });
  }

  async #isThere(
    client: ClientBase,
    base: number,
    version: number,
    digest: Uint8Array,
  ): Promise<Published> {
    const { rowCount } = await client.query(
      'SELECT FROM gate_plan WHERE season = $1 AND version = $2 AND base = $3 AND digest = $4',
      [this.season, version, base, bytesOf(digest)],
    );
    return rowCount === 0 ? 'stale' : 'published';
  }
}

/** Versions are a chain (schema/0001-ledger.ts): a base that has a successor, or is not there, gives no row. */
const INSERT = `
  INSERT INTO gate_plan (season, version, base, digest)
  SELECT $1, $2, $3, $4
  WHERE $3::int = 0 OR EXISTS (SELECT FROM gate_plan WHERE season = $1 AND version = $3::int)
  ON CONFLICT DO NOTHING`;
