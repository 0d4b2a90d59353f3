import { type ChildProcess, spawn } from 'node:child_process';
import { realpath, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { type Binaries, findBinaries } from './embedded-binaries.js';
import {
  endOfLog,
  identity,
  makeData,
  makeFolder,
  openLog,
  SERVER_ENV,
  socketFolder,
  writeAccess,
} from './embedded-folder.js';
import { type ServerUser, serverUser } from './embedded-user.js';
import { endLeftOver, findPostmaster, stopPostmaster } from './postmaster.js';
import { reachableBy } from './reachable-binaries.js';
import { codeOf, DatabaseRefused } from './refused.js';

/** Number of the lock that the owner of a server holds as long as it lives. */
const OWNER_LOCK = 20_201_111;

/** Milliseconds until a server that starts must answer: reading its log after a crash may take minutes. */
const START_MS_MOST = 300_000;

/** Milliseconds, at most, before a server that ended by itself is started again: what it was doing ends first. */
const RESTART_MS_MOST = 5_000;

/** A database that lives in a folder, as long as this process does. */
export interface EmbeddedDatabase {
  readonly url: string;
  /** The same server for its superuser: to make other databases. */
  readonly adminUrl: string;
  /** Ends the server, after what it has under way. */
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL on a folder, which is made if it is not there; what it holds is kept between runs, with fsync and
 * synchronous commits on. It listens on a socket in a folder that nobody else can enter, and the system vouches
 * for who connects.
 *
 * The server is no part of the terminal's group, so that Ctrl-C reaches this process only, which ends it when it
 * has finished. If this process is killed, the server stays: the next one on the folder ends it and starts its own. A
 * server whose owner lives is refused. If the server is killed, it is started again.
 *
 * @param says is told of restarts.
 * @throws DatabaseRefused
 */
export async function startEmbedded(
  folder: string,
  says: (text: string) => void = () => undefined,
): Promise<EmbeddedDatabase> {
  const user = await serverUser();
  const binaries = await reachableBy(user, await findBinaries());
  await makeFolder(resolve(folder), user);
  const path = await realpath(folder);
  const data = await makeData(path, binaries, user);
  await endOrphan(data);
  await writeAccess(data, user);
  const server = new Server(path, data, binaries, user, await socketFolder(path, user), says);
  try {
    await server.start();
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server;
}

/** URL of the server that runs on a folder, if one does: for those who join it while its owner lives. */
export async function findEmbedded(folder: string): Promise<string | undefined> {
  const path = await realpath(folder).catch(() => undefined);
  const running = path === undefined ? undefined : await findPostmaster(join(path, 'data'));
  return running && urlOf(running.socket, 'cuofeng', 'cuofeng');
}

class Server implements EmbeddedDatabase {
  readonly url: string;
  readonly adminUrl: string;
  #child: ChildProcess | undefined;
  /** The session that holds the owner's lock. */
  #owner: Client | undefined;
  #restarting: Promise<void> | undefined;
  #isStopping = false;

  constructor(
    private readonly folder: string,
    private readonly data: string,
    private readonly binaries: Binaries,
    private readonly user: ServerUser,
    private readonly socket: string,
    private readonly says: (text: string) => void,
  ) {
    this.url = urlOf(socket, 'cuofeng', 'cuofeng');
    this.adminUrl = urlOf(socket, 'postgres', 'postgres');
  }

  async start(): Promise<void> {
    const child = await this.#spawn();
    const owner = await this.#owned(child);
    await makeDatabase(owner);
    if (hasEnded(child)) throw new Error('The database ended as soon as it had started.');
    this.#hold(owner, child);
    child.once('exit', () => {
      this.#restarting = this.#restart();
    });
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.#restarting;
    await this.#owner?.end().catch(() => undefined);
    const pid = this.#child?.pid;
    if (pid !== undefined) await stopPostmaster(pid, this.data);
    if (this.socket !== this.folder) await rm(this.socket, { recursive: true, force: true });
  }

  async #spawn(): Promise<ChildProcess> {
    const log = await openLog(this.folder);
    const socket = ['-c', `unix_socket_directories="${this.socket}"`];
    try {
      const child = spawn(this.binaries.postgres, ['-D', this.data, ...SETTINGS, ...socket], {
        ...identity(this.user),
        cwd: this.folder,
        env: SERVER_ENV,
        detached: true,
        stdio: ['ignore', log.fd, log.fd],
      });
      child.on('error', (error) => this.says(`The database did not start: ${error.message}`));
      child.unref();
      this.#child = child;
      return child;
    } finally {
      await log.close();
    }
  }

  /** The session of the owner, as soon as the server lets one in. */
  async #owned(child: ChildProcess): Promise<Client> {
    this.#owner = await this.#answered(child);
    await own(this.#owner);
    return this.#owner;
  }

  /** When a process of the server dies, all its sessions end and it starts itself over: the owner comes back then. */
  #hold(owner: Client, child: ChildProcess): void {
    owner.once('end', () => {
      if (this.#isStopping || hasEnded(child)) return;
      this.#owned(child).then(
        (again) => this.#hold(again, child),
        (error: Error) => this.#giveUp(child, error),
      );
    });
  }

  /**
   * Ends a server that does not come back, so that it is started again: one whose process was killed while it started
   * itself over may wait for ever, and let nobody in.
   */
  async #giveUp(child: ChildProcess | undefined, error: Error): Promise<void> {
    if (this.#isStopping) return;
    this.says(error.message);
    if (child?.pid === undefined || hasEnded(child)) return;
    await stopPostmaster(child.pid, this.data, ['SIGQUIT', 'SIGKILL']).catch((still: Error) => {
      this.says(still.message);
    });
  }

  /** A session with the server, as soon as it lets one in. */
  async #answered(child: ChildProcess): Promise<Client> {
    for (let waited = 0; waited < START_MS_MOST && !hasEnded(child); waited += 20) {
      const client = await connected(this.adminUrl);
      // Somebody else's, who started at the same time, may be in its place.
      if (client && (await findPostmaster(this.data))?.pid === child.pid) return client;
      await client?.end();
      await sleep(20);
    }
    throw new DatabaseRefused(
      `The database in ${this.folder} did not start: ${await endOfLog(this.folder)}`,
      'Mend what it says, or name a database in DATABASE_URL.',
    );
  }

  async #clear(): Promise<void> {
    if (!(await findPostmaster(this.data))) await endLeftOver(this.data);
  }

  /** Starts the server again after it ended by itself, until it runs. */
  async #restart(): Promise<void> {
    for (let waitMs = 100; !this.#isStopping; waitMs = Math.min(2 * waitMs, RESTART_MS_MOST)) {
      this.says('The database ended unexpectedly and is started again.');
      await sleep(waitMs);
      // What the dead one left would be in the way.
      const failed = await this.#clear()
        .then(() => this.start())
        .then(
          () => undefined,
          (error: Error) => error,
        );
      if (!failed) return;
      await this.#giveUp(this.#child, failed);
    }
  }
}

function hasEnded({ pid, exitCode, signalCode }: ChildProcess): boolean {
  return pid === undefined || exitCode !== null || signalCode !== null;
}

const SETTINGS = Object.entries({
  listen_addresses: '',
  unix_socket_permissions: '0700',
  port: '5432',
  // At midnight the ledger writes 50 MB/s: the usual 1 GB would bring a checkpoint every ten seconds. More would make
  // starting after a crash longer, which reads up to half of it.
  max_wal_size: '4GB',
  shared_buffers: '256MB',
  cluster_name: 'cuofeng',
}).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

function urlOf(socket: string, user: string, database: string): string {
  return `postgresql://${user}@${encodeURIComponent(socket)}/${database}`;
}

/** A session, if the server lets one in by now. */
async function connected(url: string): Promise<Client | undefined> {
  const client = new Client({
    connectionString: url,
    application_name: `cuofeng ${process.pid}`,
  });
  // Its end is seen by the server's own.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    if (WAITING.has(codeOf(error))) return undefined;
    throw error;
  }
}

/** No socket yet, nobody at it, starting up or shutting down. */
const WAITING = new Set<unknown>(['ENOENT', 'ECONNREFUSED', 'ECONNRESET', '57P03', undefined]);

async function makeDatabase(client: Client): Promise<void> {
  const { rows } = await client.query<{ datname: string }>(
    `SELECT datname FROM pg_database WHERE datname = 'cuofeng'`,
  );
  if (rows.length > 0) return;
  await client.query(`DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'cuofeng') THEN
      CREATE ROLE cuofeng LOGIN CREATEROLE;
    END IF;
  END $$`);
  await client.query('CREATE DATABASE cuofeng OWNER cuofeng');
}

async function hasNoOwner(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ free: boolean }>(
    `SELECT pg_try_advisory_lock(${OWNER_LOCK}) AS free`,
  );
  return rows[0].free;
}

async function own(client: Client): Promise<void> {
  if (!(await hasNoOwner(client))) throw taken();
}

function taken(): DatabaseRefused {
  return new DatabaseRefused(
    'Another Cuofeng runs on this database folder.',
    'Stop it, name another folder, or have both use one server by DATABASE_URL.',
  );
}

/** Ends a server whose owner was killed. */
async function endOrphan(data: string): Promise<void> {
  const running = await findPostmaster(data);
  if (!running) return;
  const client = await connected(urlOf(running.socket, 'postgres', 'postgres'));
  if (client) {
    // An owner takes its lock right after the server's start.
    for (let tries = 0; tries < 3; tries++) {
      if (tries > 0) await sleep(200);
      if (!(await hasNoOwner(client))) {
        await client.end();
        throw taken();
      }
      await client.query(`SELECT pg_advisory_unlock(${OWNER_LOCK})`);
    }
    await client.end();
  }
  await stopPostmaster(running.pid, data);
}
