import { expect, test } from 'vitest';
import { LogOwner } from '../../src/track/owner/log-owner.js';
import { Tracking } from '../../src/track/tracking.js';
import { type Bug, spoiledModules } from '../support/spoiled-gate.js';
import { type OwnerRooms, OwnerRun } from './simulation/run.js';
import { CLASSES, Reached } from './simulation/store.js';

const SEEDS = Number(process.env.OWNER_SEEDS ?? 400);

test(`P7, P8: ${SEEDS} histories of a log, its owners, senders and a store that fails: what is acknowledged is there, once`, async () => {
  const reached = new Reached();
  for (let seed = 1; seed <= SEEDS; seed++) {
    await new OwnerRun({ LogOwner, Tracking }, seed, reached).live().catch((error: unknown) => {
      throw new Error(`seed ${seed}`, { cause: error });
    });
  }
  expect(CLASSES.filter((name) => !reached.counts.has(name))).toEqual([]);
});

const BUGS: readonly Bug[] = [
  {
    name: 'acknowledged before the commit',
    file: 'owner/log-writer.ts',
    find: 'const entries = this.#chain(group);',
    replace:
      'const entries = this.#chain(group); for (const { batch, resolve } of group) resolve({ status: new Uint8Array(batch.count).fill(1) });',
  },
  {
    name: 'what is unknown is taken for done',
    file: 'owner/log-writer.ts',
    find: "if (found === UNKNOWN) return 'unknown';",
    replace: "if (found === UNKNOWN) return 'appended';",
  },
  {
    name: 'another’s entry is taken for its own',
    file: 'owner/log-writer.ts',
    find: "isSameHash(found.hash, last.hash) ? 'appended' : 'overtaken'",
    replace: "'appended'",
  },
  {
    name: 'appended again under the next number',
    file: 'owner/log-writer.ts',
    find: "return outcome === 'taken' ? 'overtaken' : 'unknown';",
    replace: "entries.forEach((e, i) => Object.assign(e, { seq: e.seq + 1 })); return 'unknown';",
  },
  {
    name: 'receipt judged by the edge’s clock when it is read again',
    file: 'owner/log-owner.ts',
    find: ', receivedAt: entry.receivedAt',
    replace: '',
  },
  {
    name: 'tallies count again what a snapshot has',
    file: 'tracking.ts',
    find: 'if (batch.seq > this.receipts) {',
    replace: '{',
  },
  {
    name: 'read again from the newest part of a snapshot on',
    file: 'tracking.ts',
    find: 'Math.min(least, seq)',
    replace: 'Math.max(least, seq)',
  },
];

test.each(BUGS)('P7, P8: seen by the histories: $name', async (bug) => {
  const modules = ['owner/log-owner.js', 'tracking.js'];
  const others = ['src/network/growing.ts', 'src/units/held.ts'];
  const [owner, tracking] = await spoiledModules(bug.name, [bug], modules, 'src/track', others);
  const rooms: OwnerRooms = { LogOwner: owner.LogOwner, Tracking: tracking.Tracking };
  const lived = async () => {
    for (let seed = 1; seed <= 150; seed++) await new OwnerRun(rooms, seed, new Reached()).live();
  };
  await expect(lived()).rejects.toThrow();
});
