import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readEvents } from '../../../src/client/text-streams.js';
import type {
  LiveAnswer,
  LiveFlowsAnswer,
  LivePicture,
  LiveWarningsAnswer,
} from '../../../src/edge/http/live-schema.js';
import { Held } from '../../../src/units/held.js';
import { consoleServer } from '../../support/console-server.js';
import { LiveWorld, SCALE } from '../../support/live-world.js';

const HUB = 'ZTO/hub/330100-1';
const OTHER = 'YTO/hub/440300-1';

async function consoleFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'console-'));
  await writeFile(join(folder, 'index.html'), '<!doctype html>');
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

async function start() {
  const world = await LiveWorld.make();
  const { app } = await world.server(await consoleFolder(), { warnings: world.desk() });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  onTestFinished(async () => {
    world.stop();
    await app.close();
  });
  const get = async <T>(path: string): Promise<T> => {
    const response = await fetch(`${url}/v1/live${path}`);
    expect(response.status).toBe(200);
    return response.json();
  };
  return { world, app, url, get };
}

/** Events of the stream, until one is enough; `between` is done after each. */
async function follow(
  url: string,
  isEnough: (told: LivePicture, event: string) => boolean,
  between: (events: number) => Promise<void> = async () => {},
): Promise<{ event: string; told: LivePicture }[]> {
  const leave = new AbortController();
  const response = await fetch(`${url}/v1/live/changes`, { signal: leave.signal });
  const events: { event: string; told: LivePicture }[] = [];
  for await (const { event, data } of readEvents(response)) {
    const told: LivePicture = JSON.parse(data);
    events.push({ event, told });
    if (isEnough(told, event)) break;
    await between(events.length);
  }
  leave.abort();
  return events;
}

test('T3, T8: hubs as they stand, and the totals of all; then what changed, each second with its age', async () => {
  const { world, url, get } = await start();
  await world.come(HUB, 3);
  await world.come(OTHER, 2, { agoMs: 3_600_000, to: 'YTO/hub/330100-1' });
  const live = await get<LiveAnswer>('');
  expect(live).toMatchObject({ scale: SCALE, warnings: true });
  expect(live.hubs).toHaveLength(6);
  expect(live.hubs).toContainEqual({
    id: HUB,
    kind: 'hub',
    operator: 'ZTO',
    region: '330100',
    floor: 160,
    capacity: 40,
  });
  const events = await follow(
    url,
    ({ hubs }, event) => event === 'changes' && hubs.length > 0,
    async (n) => (n === 2 ? world.come(HUB, 4) : undefined),
  );
  const [{ event, told }, quiet] = events;
  expect(event).toBe('picture');
  expect(told.hubs).toHaveLength(6);
  expect(told.totals).toEqual({ resources: 6, stock: 3, onLanes: 0, bound: 2, stale: 1, scans: 7 });
  const newestAt = new Date(world.clock.now - 60_000).toISOString();
  expect(told.hubs).toContainEqual({ id: HUB, stock: 3, bound: 0, newestAt, stale: false });
  expect(told.hubs).toContainEqual(expect.objectContaining({ id: OTHER, stock: 0, stale: true }));
  expect(quiet.told.hubs).toEqual([]);
  expect(events.at(-1)?.told.hubs).toEqual([
    { id: HUB, stock: 7, bound: 0, newestAt, stale: false },
  ]);
  expect(events.at(-1)?.told.totals.stock).toBe(7);
});

test('while tracking does not answer, the picture grows old', async () => {
  const { world, url } = await start();
  const events = await follow(
    url,
    (_told, event) => event === 'alive',
    async () => {
      world.service.picture = () => Promise.reject(new Held('lost', 'not now'));
      world.clock.now += 1000;
    },
  );
  expect(events.at(-1)?.told.ageMs).toBeGreaterThanOrEqual(1000);
});

test('what cannot be answered now is told as a problem, and can be asked again', async () => {
  const { world, url } = await start();
  const picture = world.service.picture.bind(world.service);
  world.service.picture = () => Promise.reject(new Held('lost', 'not now'));
  expect((await fetch(`${url}/v1/live/changes`)).status).toBe(503);
  world.service.picture = picture;
  expect((await follow(url, () => true)).map(({ event }) => event)).toEqual(['picture']);
});

test('T4: flows of the last 24 slots, the one under way the last', async () => {
  const { world, url, get } = await start();
  await world.come(HUB, 3, { agoMs: 3_600_000, to: OTHER });
  await world.come(HUB, 1);
  const { slots } = await get<LiveFlowsAnswer>(`/resources/${encodeURIComponent(HUB)}/flows`);
  expect(slots).toHaveLength(24);
  const [before, now] = slots.slice(-2);
  expect(before.scans).toMatchObject({ arrived: 3, departed: 3 });
  expect(now.scans).toMatchObject({ arrived: 1, departed: 0 });
  expect(Date.parse(now.slotEnd)).toBeGreaterThan(world.clock.now);
  expect((await fetch(`${url}/v1/live/resources/nowhere/flows`)).status).toBe(404);
});

test('warnings in force are told whole, with what they name', async () => {
  const { world, get } = await start();
  world.warn('orange');
  const { items, policy, resources } = await get<LiveWarningsAnswer>('/warnings');
  expect(policy).toEqual({ version: 1, basis: 'assumed' });
  expect(items).toMatchObject([
    { level: 'orange', chance: 0.75, leadHours: 6, owner: { operator: 'ZTO' }, reach: 'province' },
  ]);
  expect(resources.map(({ id }) => id)).toEqual([HUB, 'ZTO/hub/110000-1']);
});

test('P12: whoever is elsewhere is refused, and a stream ends when the server stops', async () => {
  const { world, app, url } = await start();
  for (const path of ['', '/changes', '/warnings', `/resources/${encodeURIComponent(HUB)}/flows`]) {
    const from = { url: `/v1/live${path}`, remoteAddress: '192.0.2.1' };
    expect((await app.inject(from)).statusCode).toBe(403);
  }
  const stopped = once(app.server, 'close');
  await follow(
    url,
    () => false,
    async (n) => {
      if (n > 1) return;
      world.stop();
      void app.close();
    },
  );
  await stopped;
});

test('a server that tracks nothing has nothing live', async () => {
  const { app } = await consoleServer({ console: await consoleFolder() });
  expect((await app.inject('/v1/live')).statusCode).toBe(404);
});
