import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Binaries } from './embedded-binaries.js';
import type { ServerUser } from './embedded-user.js';
import { codeOf } from './refused.js';

const run = promisify(execFile);

/** Where root keeps a copy of the programs for the server's user. */
const COPIES = '/var/lib/cuofeng-postgresql';

/**
 * The programs where the server's user may run them. Where root has installed the package below a folder that nobody else
 * may enter, such as his home, that is a copy, made once a version; it appears whole or not at all.
 */
export async function reachableBy(user: ServerUser, binaries: Binaries): Promise<Binaries> {
  if (user.uid === process.getuid?.() || (await mayRun(user, binaries.postgres))) return binaries;
  const native = dirname(dirname(binaries.postgres));
  const copy = join(COPIES, binaries.version);
  if (!(await mayRun(user, join(copy, 'bin', 'postgres')))) await copyTo(copy, native);
  return {
    ...binaries,
    initdb: join(copy, 'bin', 'initdb'),
    postgres: join(copy, 'bin', 'postgres'),
  };
}

async function mayRun({ uid, gid }: ServerUser, program: string): Promise<boolean> {
  try {
    await run(program, ['--version'], { uid, gid, cwd: '/' });
    return true;
  } catch {
    return false;
  }
}

async function copyTo(copy: string, native: string): Promise<void> {
  await mkdir(COPIES, { recursive: true, mode: 0o755 });
  const fresh = await mkdtemp(join(COPIES, 'fresh-'));
  try {
    await cp(native, fresh, { recursive: true, verbatimSymlinks: true });
    await chmod(fresh, 0o755);
    await rename(fresh, copy);
  } catch (error) {
    // Somebody who started at the same time was faster: his is as good.
    if (codeOf(error) !== 'ENOTEMPTY' && codeOf(error) !== 'EEXIST') throw error;
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}
