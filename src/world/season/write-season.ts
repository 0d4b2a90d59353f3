import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type TableFormat, writeTable } from '../../network/table-writer.js';
import type { Season } from './season.js';

/**
 * Writes a season as a scenario folder, which appears whole or not at all, and returns the rows of
 * each table. Tables stream: memory does not grow with demand. Errors: those of the file system, of
 * them ENOTEMPTY or EEXIST where the folder is there already and not empty, and `signal`'s reason.
 */
export async function writeSeason(
  folder: string,
  season: Season,
  format: TableFormat,
  signal?: AbortSignal,
): Promise<Map<string, number>> {
  const target = resolve(folder);
  const partial = `${target}.partial-${process.pid}`;
  await mkdir(partial, { recursive: true });
  try {
    await writeText(join(partial, 'scenario.json'), `${JSON.stringify(season.header, null, 2)}\n`);
    const rows = new Map<string, number>();
    for (const { name, columns, batches } of season.tables) {
      const file = join(partial, `${name}.${format}`);
      rows.set(name, await writeTable(file, columns, batches(), format, signal));
    }
    await rename(partial, target);
    await syncFolder(dirname(target));
    return rows;
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

async function writeText(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes the rename last through a crash. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
