import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

/** Why a folder was not written. */
export class FolderRefused extends Error {
  override readonly name = 'FolderRefused';
}

/**
 * Writes a folder that appears whole or not at all: it is filled beside its place under a hidden name,
 * brought to disk, and renamed. A folder of the same kind, told by its `marker` file, is replaced at
 * the end; any other folder with something in it is refused, and nothing is touched.
 *
 * @param fill writes the files, each to disk (fsync), into the folder it is given.
 * @throws FolderRefused; the file system's errors, ENOSPC named as a full disk; `signal`'s reason.
 *   What was written is removed in each case.
 */
export async function writeWholeFolder(
  path: string,
  marker: string,
  fill: (folder: string) => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  const target = resolve(path);
  await removeLeftovers(target);
  const isThere = await refuseOther(target, marker);
  const fresh = `${aside(target)}new-${process.pid}`;
  const old = `${aside(target)}old-${process.pid}`;
  try {
    await mkdir(fresh, { recursive: true });
    await fill(fresh);
    await syncFolder(fresh);
    signal?.throwIfAborted();
    if (isThere) await rename(target, old);
    await rename(fresh, target).catch(async (error: unknown) => {
      if (isThere) await rename(old, target);
      throw error;
    });
    await syncFolder(dirname(target));
  } catch (error) {
    throw named(error, target);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  await rm(old, { recursive: true, force: true });
}

/**
 * Refuses at once what `writeWholeFolder` would refuse in the end: before work of minutes, not after.
 *
 * @throws FolderRefused
 */
export async function checkWritable(path: string, marker: string): Promise<void> {
  await refuseOther(resolve(path), marker);
}

/** Whether there is a folder to be replaced. */
async function refuseOther(target: string, marker: string): Promise<boolean> {
  try {
    const entries = await readdir(target);
    if (entries.length === 0 || entries.includes(marker)) return true;
    throw new FolderRefused(`${target} is not empty and has no ${marker}: nothing was written`);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    if (codeOf(error) === 'ENOTDIR') {
      throw new FolderRefused(`${target} is a file, not a folder: nothing was written`);
    }
    throw error;
  }
}

/** Where a folder stands while it is written, or replaced, up to the word and the process. */
function aside(target: string): string {
  return join(dirname(target), `.${basename(target)}.`);
}

/**
 * Removes what writers of the same folder left that were killed, or have this process's number; one
 * killed between its two renames left no folder in its place, so the old one is put back.
 */
async function removeLeftovers(target: string): Promise<void> {
  const prefix = basename(aside(target));
  const siblings = await readdir(dirname(target)).catch((): string[] => []);
  for (const name of siblings) {
    const left = /^(new|old)-(\d+)$/.exec(name.startsWith(prefix) ? name.slice(prefix.length) : '');
    if (!left || (Number(left[2]) !== process.pid && isRunning(Number(left[2])))) continue;
    const path = join(dirname(target), name);
    if (left[1] === 'old' && !siblings.includes(basename(target))) await rename(path, target);
    else await rm(path, { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function named(error: unknown, target: string): unknown {
  if (codeOf(error) !== 'ENOSPC' && codeOf(error) !== 'EDQUOT') return error;
  return new Error(`the disk is full: ${target} was not written, and nothing is left behind`, {
    cause: error,
  });
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
