import { Client, type ClientBase, type CustomTypesConfig, Pool, type PoolConfig, types } from 'pg';
import type { Acting, Database } from './database.js';
import { codeOf, DatabaseRefused } from './refused.js';
import { migrate } from './schema/migrate.js';

export interface DatabaseOptions {
  /** postgresql://user@host/database; a host %2Frun%2Fpostgresql is a folder with a socket. */
  readonly url: string;
}

/** Milliseconds after which a statement of a request is given up: longer than any of them takes, short of a client's patience. */
const STATEMENT_MS_MOST = 30_000;

/** The same for the ledger's: one entry, or one page of 8 MB; a shard stands still meanwhile. */
const LEDGER_STATEMENT_MS_MOST = 10_000;

/** Longer than the server's own limit, for a server that does not answer at all. */
const SILENCE_MS = 5_000;

/** Connections of each kind, at most: PostgreSQL allows 100 by default, and several processes share them. */
const CONNECTIONS_MOST = 12;

/**
 * Connects to a database, refuses it if it could lose what it has confirmed, and brings its schema up to date.
 *
 * @throws DatabaseRefused
 */
export async function openDatabase(options: DatabaseOptions): Promise<PostgresDatabase> {
  const client = new Client({ ...settings(options, 0), query_timeout: undefined });
  try {
    await client.connect();
  } catch (error) {
    throw unreachable(error);
  }
  try {
    await checkServer(client);
    await migrate(client);
  } finally {
    await client.end();
  }
  return new PostgresDatabase(options);
}

/** The database over the network or a socket; connections are opened as needed, and again after a fault. */
export class PostgresDatabase implements Database {
  /** Sessions that act as the ledger throughout: a statement is a transaction, in one round trip. */
  readonly ledger: Pool;
  readonly #pool: Pool;

  constructor(options: DatabaseOptions) {
    this.#pool = poolOf(settings(options, STATEMENT_MS_MOST));
    this.ledger = poolOf({
      ...settings(options, LEDGER_STATEMENT_MS_MOST),
      options: '-c role=cuofeng_ledger',
    });
  }

  async transact<T>(acting: Acting, work: (client: ClientBase) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect();
    try {
      await client.query(begin(acting, client));
      const result = await work(client);
      const { command } = await client.query('COMMIT');
      if (command !== 'COMMIT') throw new Error('a statement of the transaction had failed');
      client.release();
      return result;
    } catch (error) {
      await client.query('ROLLBACK').then(
        () => client.release(),
        () => client.release(true),
      );
      throw error;
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.#pool.end(), this.ledger.end()]);
  }
}

/** What begins a transaction, in one round trip; the role ends with it. */
function begin(acting: Acting, client: ClientBase): string {
  const start = `BEGIN; SET LOCAL ROLE cuofeng_${acting.as}`;
  if (acting.as !== 'member') return start;
  return `${start}; SET LOCAL cuofeng.organisation = ${client.escapeLiteral(acting.organisation)}`;
}

function poolOf(config: PoolConfig): Pool {
  const pool = new Pool({ ...config, max: CONNECTIONS_MOST });
  // An idle connection that broke is replaced when next one is needed.
  pool.on('error', () => undefined);
  // One that breaks while it is lent says so to whoever has it, by what is under way; and once more as an event, which would
  // end the process if nobody listened.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

function settings({ url }: DatabaseOptions, statementMsMost: number): PoolConfig {
  return {
    connectionString: url,
    application_name: 'cuofeng',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    statement_timeout: statementMsMost,
    query_timeout: statementMsMost + SILENCE_MS,
    idle_in_transaction_session_timeout: 60_000,
    types: { getTypeParser },
  };
}

/** As the driver has it, but bigint as a number: ours count milliseconds, rows and entries, all below 2^53. */
const getTypeParser: CustomTypesConfig['getTypeParser'] = (oid, format) =>
  oid === types.builtins.INT8 && format !== 'binary'
    ? safeInteger
    : types.getTypeParser(oid, format);

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value))
    throw new Error(`${text} is beyond the whole numbers of JavaScript`);
  return value;
}

interface Server {
  readonly number: number;
  readonly version: string;
  readonly fsync: string;
  readonly synchronous_commit: string;
  readonly is_standby: boolean;
}

async function checkServer(client: Client): Promise<void> {
  const { rows } = await client.query<Server>(`SELECT
    current_setting('server_version_num')::int AS number,
    current_setting('server_version') AS version,
    current_setting('fsync') AS fsync,
    current_setting('synchronous_commit') AS synchronous_commit,
    pg_is_in_recovery() AS is_standby`);
  const server = rows[0];
  if (server.number < 150_000) {
    throw new DatabaseRefused(
      `The database is PostgreSQL ${server.version}.`,
      'Use version 15 or later.',
    );
  }
  if (server.fsync === 'off') throw forgetful('fsync');
  if (server.synchronous_commit === 'off') throw forgetful('synchronous_commit');
  if (server.is_standby) {
    throw new DatabaseRefused(
      'The database is a standby: it can only be read.',
      'Name the primary in DATABASE_URL.',
    );
  }
}

function forgetful(setting: string): DatabaseRefused {
  return new DatabaseRefused(
    `The database has ${setting} off: it may forget tickets that were given.`,
    `Set ${setting} = on in postgresql.conf (or for the user or database, if it was set there) and reload.`,
  );
}

function unreachable(error: unknown): DatabaseRefused {
  const why = error instanceof Error ? error.message || String(codeOf(error)) : String(error);
  return new DatabaseRefused(
    `The database cannot be reached: ${why}.`,
    'Check DATABASE_URL, and that the server runs and lets this user in.',
    error,
  );
}
