import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ReleaseBatch } from '../../src/network/plan-files.js';
import { FolderRefused, writeWholeFolder } from '../../src/network/whole-folder.js';
import { writePlan } from '../../src/network/write-plan.js';
import { NO_PRICES, planOfRows } from '../support/plan-rows.js';
import { withFolder, writeFiles } from '../support/scenario-folder.js';
import { scenarioFrom } from '../support/scenario-from.js';

const scenario = scenarioFrom({
  slots: 1,
  resources: [],
  routes: [],
  demand: [{ origin: 'a', destination: 'b', slot: 0, parcels: 1 }],
});
const plan = planOfRows(scenario, []);
const write = (path: string, releases: AsyncIterable<ReleaseBatch>, signal?: AbortSignal) =>
  writePlan(path, scenario, plan.summary, releases, NO_PRICES, {
    format: 'csv',
    ...(signal ? { signal } : {}),
  });

test('a plan in its place is replaced, and nothing else is left', async () => {
  await withFolder(async (folder) => {
    const path = join(folder, 'plan');
    await mkdir(path);
    await writeFiles(path, { 'plan.json': '{}', 'releases.parquet': 'old' });
    await write(
      path,
      batches(() => {}),
    );
    expect((await readdir(path)).toSorted()).toEqual(['plan.json', 'prices.csv', 'releases.csv']);
    expect(await readdir(folder)).toEqual(['plan']);
  });
});

test('a folder that is no plan is refused, and so is a file', async () => {
  await withFolder(async (folder) => {
    await writeFiles(folder, { 'thesis.doc': 'years of work' });
    await expect(
      write(
        folder,
        batches(() => {}),
      ),
    ).rejects.toThrow(FolderRefused);
    await expect(
      write(
        join(folder, 'thesis.doc'),
        batches(() => {}),
      ),
    ).rejects.toThrow(FolderRefused);
    expect(await readdir(folder)).toEqual(['thesis.doc']);
    expect(await readFile(join(folder, 'thesis.doc'), 'utf8')).toBe('years of work');
  });
});

test('an interrupted write leaves the old plan as it was, and nothing else', async () => {
  await withFolder(async (folder) => {
    const path = join(folder, 'plan');
    await mkdir(path);
    await writeFiles(path, { 'plan.json': 'old' });
    const interrupt = new AbortController();
    const interrupted = batches((n) => {
      if (n === 2) interrupt.abort(new Error('interrupted'));
    });
    await expect(write(path, interrupted, interrupt.signal)).rejects.toThrow('interrupted');
    expect(await readdir(folder)).toEqual(['plan']);
    expect(await readFile(join(path, 'plan.json'), 'utf8')).toBe('old');
  });
});

test('a write killed between its two renames is mended by the next: the old plan is back', async () => {
  await withFolder(async (folder) => {
    const child = spawn(process.execPath, ['--version']);
    await once(child, 'exit');
    const left = join(folder, `.plan.old-${child.pid}`);
    await mkdir(left);
    await writeFiles(left, { 'plan.json': 'old' });
    const path = join(folder, 'plan');
    await expect(write(path, batches(fail))).rejects.toThrow('no more');
    expect(await readdir(folder)).toEqual(['plan']);
    expect(await readFile(join(path, 'plan.json'), 'utf8')).toBe('old');
  });
});

test('a failure of whoever makes the rows leaves nothing', async () => {
  await withFolder(async (folder) => {
    await expect(write(join(folder, 'plan'), batches(fail))).rejects.toThrow('no more');
    expect(await readdir(folder)).toEqual([]);
  });
});

test('a full disk is named, and leaves nothing', async () => {
  await withFolder(async (folder) => {
    const written = writeWholeFolder(join(folder, 'plan'), 'plan.json', fillFullDisk);
    await expect(written).rejects.toThrow('the disk is full');
    expect(await readdir(folder)).toEqual([]);
  });
});

test('a process killed while it writes leaves no plan, and the next write clears up', async () => {
  await withFolder(async (folder) => {
    const path = join(folder, 'plan');
    const program = `
      import { writeTable } from './src/network/table-writer.ts';
      import { writeWholeFolder } from './src/network/whole-folder.ts';
      async function* rows() {
        for (;;) {
          yield { rows: 1000, columns: { a: new Int32Array(1000) } };
          process.stdout.write('.');
        }
      }
      writeWholeFolder(process.argv.at(-1), 'plan.json', async (at) => {
        await writeTable(at + '/a.csv', ['a'], rows(), 'csv');
      });`;
    const child = spawn(process.execPath, [
      '--import',
      'tsx',
      '--input-type=module',
      '-e',
      program,
      path,
    ]);
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await readdir(folder)).not.toContain('plan');
    await write(
      path,
      batches(() => {}),
    );
    expect(await readdir(folder)).toEqual(['plan']);
  });
});

function fail(n: number): void {
  if (n === 2) throw new Error('no more');
}

async function fillFullDisk(folder: string): Promise<void> {
  await writeFile(join(folder, 'begun.csv'), 'x');
  throw Object.assign(new Error('write'), { code: 'ENOSPC' });
}

/** Five batches of a row each, with a say before each. */
async function* batches(before: (n: number) => void): AsyncGenerator<ReleaseBatch> {
  for (let n = 0; n < 5; n++) {
    before(n);
    yield* planOfRows(scenario, [
      { shipper: 0, service: 0, pair: 0, readySlot: 0, releaseSlot: -1, route: -1, parcels: 1 },
    ]).releases();
  }
}
