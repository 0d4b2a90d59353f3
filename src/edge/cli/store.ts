import { homedir } from 'node:os';
import { join } from 'node:path';
import { Option } from 'commander';
import { openDatabase, type PostgresDatabase } from '../postgres/connect.js';
import { findEmbedded, startEmbedded } from '../postgres/embedded.js';

/**
 * Where the embedded database keeps its data if nobody says where. Root's is not at home: the database runs as another
 * user, who may not enter there.
 */
function defaultFolder(): string {
  if (process.getuid?.() === 0) return '/var/lib/cuofeng';
  const { XDG_DATA_HOME } = process.env;
  return join(XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'cuofeng');
}

/** `--data`, for every command that needs the database. */
export function dataOption(): Option {
  return new Option(
    '--data <folder>',
    'where the embedded PostgreSQL keeps its data; DATABASE_URL, if set, names another server instead',
  ).default(defaultFolder());
}

export interface Store {
  readonly database: PostgresDatabase;
  /** Of the server, for those who connect by themselves. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * The database: the server that DATABASE_URL names, or the embedded one on a folder.
 *
 * @throws DatabaseRefused
 */
export async function openStore(folder: string): Promise<Store> {
  const named = process.env.DATABASE_URL;
  if (named) {
    const database = await openDatabase({ url: named });
    return { database, url: named, close: () => database.close() };
  }
  const embedded = await startEmbedded(folder, (text) => process.stderr.write(`${text}\n`));
  try {
    const database = await openDatabase({ url: embedded.url });
    const close = async () => {
      await database.close();
      await embedded.stop();
    };
    return { database, url: embedded.url, close };
  } catch (error) {
    await embedded.stop();
    throw error;
  }
}

/** The same, but where another process has the embedded database open, beside that one. */
export async function joinStore(folder: string): Promise<Store> {
  const running = process.env.DATABASE_URL ? undefined : await findEmbedded(folder);
  if (running === undefined) return openStore(folder);
  const database = await openDatabase({ url: running });
  return { database, url: running, close: () => database.close() };
}
