import { mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { FileChunks } from '../../../src/edge/track/file-chunks.js';
import * as codec from '../../../src/track/batch-codec.js';
import { CHUNK_WORDS, History, ScanRecord } from '../../../src/track/history.js';
import { stateHash } from '../../../src/track/network-state.js';
import * as snapshot from '../../../src/track/snapshot.js';
import { Track } from '../../../src/track/track.js';
import { Tracking } from '../../../src/track/tracking.js';
import { arbitraryDrill, runDrill } from '../../support/track-drill.js';

const open: FileChunks[] = [];
const folders: string[] = [];

/** Histories in a folder of their own. */
class OwnChunks extends FileChunks {
  constructor() {
    const folder = mkdtempSync(join(tmpdir(), 'histories-'));
    super(folder, '1');
    open.push(this);
    folders.push(folder);
  }
}

afterEach(() => {
  for (const store of open.splice(0)) store.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

test('P8, T1: histories in files are those in memory: the drills pass', () => {
  const rooms = {
    Tracking,
    Track,
    History,
    MemoryChunks: OwnChunks,
    stateHash,
    ...snapshot,
    ...codec,
  };
  fc.assert(
    fc.property(arbitraryDrill, (drill) => {
      runDrill(rooms, drill);
      for (const store of open.splice(0)) store.close();
    }),
    { numRuns: 10 },
  );
});

test('records of many chunks and thousands of heads are read again, after a restart too', () => {
  const store = new OwnChunks();
  const history = new History(store);
  const record = new ScanRecord();
  const heads: number[] = [];
  for (let i = 0; i < 3000; i++) {
    record.seq = i;
    heads.push(history.append(record));
    store.forget({ shelf: i % 1024, mark: i % 7, rest: i % 5, restLow: i % 3 }, heads[i]);
  }
  expect(history.end).toBeGreaterThan(4 * CHUNK_WORDS);
  const check = (kept: History, until: number): void => {
    for (const i of [0, 1, 1023, 1024, 1500, 2047, 2999]) {
      const key = { shelf: i % 1024, mark: i % 7, rest: i % 5, restLow: i % 3 };
      const same = (j: number) => j % 1024 === key.shelf && j % 105 === i % 105;
      const expected = heads.filter((_, j) => j < until && same(j));
      expect(kept.store.headsOf(key).toSorted((a, b) => a - b)).toEqual(expected);
      if (i < until) expect(kept.read(heads[i]).seq).toBe(i);
    }
  };
  check(history, 3000);
  const { end } = history;
  const tail = history.tail.slice();
  const inherited = store.inheritance(Math.floor(end / CHUNK_WORDS));
  // A paused owner goes on: the next does not see it.
  for (let i = 0; i < 3000; i++) history.append(record);
  store.forget({ shelf: 1, mark: 1, rest: 1, restLow: 1 }, 5);
  store.flush();
  const later = new FileChunks(folders[0], '2', inherited);
  open.push(later);
  const again = new History(later);
  again.restore(end, tail, 3000);
  check(again, 3000);
  truncateSync(join(folders[0], 'histories-1'), CHUNK_WORDS * 4);
  expect(() => again.read(heads[2000])).toThrow('end too soon');
});
