import { execFile } from 'node:child_process';
import { userInfo } from 'node:os';
import { promisify } from 'node:util';
import { DatabaseRefused } from './refused.js';

const run = promisify(execFile);

/** As whom the database's programs run. */
export interface ServerUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** The user made for it when root starts the program. */
const NAME = 'cuofeng';

/**
 * PostgreSQL refuses to run as root: a program started by root runs it as a user of its own, made the first
 * time. Anybody else runs it as himself.
 *
 * @throws DatabaseRefused if root cannot make the user.
 */
export async function serverUser(): Promise<ServerUser> {
  const { uid, gid, username } = userInfo();
  if (uid !== 0) return { name: username, uid, gid };
  const there = await findUser();
  if (there) return there;
  const args = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin'];
  const failed = await run('useradd', [...args, NAME]).then(
    () => undefined,
    (error: unknown) => error,
  );
  const made = await findUser();
  if (made) return made;
  throw new DatabaseRefused(
    `The database cannot run as root, and the user ${NAME} to run it as could not be made.`,
    `Start the program as an ordinary user, make a user ${NAME}, or name a database in DATABASE_URL.`,
    failed,
  );
}

async function findUser(): Promise<ServerUser | undefined> {
  try {
    return { name: NAME, uid: await numberOf('-u'), gid: await numberOf('-g') };
  } catch {
    return undefined;
  }
}

async function numberOf(which: '-u' | '-g'): Promise<number> {
  return Number((await run('id', [which, NAME])).stdout);
}
