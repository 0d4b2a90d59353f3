import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { databaseProcesses } from '../../support/kills/processes.js';
import { startKillWorld } from '../../support/kills/start.js';
import { withFolder } from '../../support/scenario-folder.js';
import { type SystemCall, watchSystemCalls, whyNoTrace } from '../../support/system-calls.js';

const REQUESTS = 12;
const why = whyNoTrace();

/**
 * What the system saw, for a request that was ticketed: the gate reads it, the database reads it, then begins and ends a sync
 * of its log, then the gate writes the answer. Gives what is missing.
 */
function missingStep(calls: readonly SystemCall[], gate: number, id: string): string | undefined {
  const named = calls.filter(({ text }) => text.includes(id));
  const asked = named.find(({ pid, name }) => pid === gate && isReading(name));
  if (!asked) return 'the gate did not read it';
  const told = named.find(
    ({ pid, name, text }) => pid === gate && !isReading(name) && text.includes('ticketed'),
  );
  if (!told) return 'the gate did not answer';
  const handed = named.find(({ pid, name }) => pid !== gate && isReading(name));
  if (!handed || handed.began < asked.began) return 'the database did not read it';
  const synced = calls.find(
    ({ pid, name, text, began, ended }) =>
      pid !== gate &&
      /^f(data)?sync$/.test(name) &&
      /pg_wal.*= 0$/.test(text) &&
      began >= handed.ended &&
      ended <= told.began,
  );
  return synced ? undefined : 'it was answered before the log was synced';
}

function isReading(name: string): boolean {
  return /^(read|recv)/.test(name);
}

test.skipIf(why !== undefined)(
  `P3: between a request and its answer the database syncs its log, as the system saw it${why ? ` (left out: ${why})` : ''}`,
  async () => {
    await withFolder(async (folder) => {
      await chmod(folder, 0o711);
      const { gates, secrets, now, stop } = await startKillWorld(folder, 1);
      try {
        const [gate] = gates;
        const pids = [gate.pid, ...(await databaseProcesses(join(folder, 'db')))];
        const end = await watchSystemCalls(pids, join(folder, 'calls'));
        const ids = Array.from({ length: REQUESTS }, (_, i) => `witness-${i}-`);
        for (const id of ids) {
          const answer = await fetch(new URL('/v1/tickets', gate.url), {
            method: 'POST',
            headers: {
              authorization: `Bearer ${secrets[0]}`,
              'content-type': 'application/json',
            },
            body: JSON.stringify({ requests: [request(id, now())] }),
          });
          expect(await answer.json()).toMatchObject({ results: [{ id, status: 'ticketed' }] });
        }
        const calls = await end();
        expect(ids.map((id) => missingStep(calls, gate.pid, id))).toEqual(ids.map(() => undefined));
        // It would see an answer too early: without the syncs, none is in time.
        const unsynced = calls.filter(({ name }) => !name.endsWith('sync'));
        expect(missingStep(unsynced, gate.pid, ids[0])).toContain('before the log was synced');
      } finally {
        await stop();
      }
    });
  },
);

function request(id: string, now: number) {
  const readyAt = new Date(now).toISOString();
  const flow = { service: 's', operator: 'east', origin: 'x', destination: 'y' };
  return { id, ...flow, readyAt, parcels: 1 };
}
