import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type {
  ComparisonAnswer,
  PlanAnswer,
  RunAnswer,
  RunsAnswer,
  VersionsAnswer,
} from '../../../../src/edge/http/plan/schema.js';
import type { Browser } from '../../../support/access-server.js';
import { consoleServer } from '../../../support/console-server.js';
import { endlessSeason } from '../../../support/endless-season.js';

const ASKED = { gap: 0.001, timeLimitSeconds: 30, reserve: 0 };

async function start(visitor: Browser, asked = ASKED): Promise<RunAnswer> {
  const response = await visitor.send('POST', '/v1/plans/runs', asked);
  expect(response.statusCode, response.body).toBe(202);
  expect(response.headers.location).toBe(`/v1/plans/runs/${response.json<RunAnswer>().id}`);
  return response.json();
}

/** The run when it has ended. */
async function ended(visitor: Browser, id: string): Promise<RunAnswer> {
  for (;;) {
    const run = (await visitor.send('GET', `/v1/plans/runs/${id}`)).json<RunAnswer>();
    if (run.state !== 'running') return run;
    await sleep(10);
  }
}

async function versions(visitor: Browser): Promise<VersionsAnswer['versions']> {
  return (await visitor.send('GET', '/v1/plans')).json<VersionsAnswer>().versions;
}

test('a run plans what is left of the season; a manager publishes it, and it is in force, audited', async () => {
  const { as } = await consoleServer();
  const duty = await as('SPB', 'duty-1');
  const manager = await as('SPB', 'manager-1');
  const { id, from, base } = await start(duty);
  expect([from, base]).toEqual([1, 1]);
  const run = await ended(duty, id);
  expect(run).toMatchObject({ state: 'done', by: 'SPB/duty-1', progress: { phase: 'writing' } });
  const { certificate, ready, released, carried } = run.made ?? { ready: 0 };
  expect((released ?? 0) + (carried ?? 0)).toBe(ready);
  expect(certificate?.gap).toBeLessThanOrEqual(0.001);
  const publish = (visitor: Browser) =>
    visitor.send('POST', `/v1/plans/runs/${id}/publish`, { reason: 'after the forecast' });
  expect((await publish(duty)).statusCode).toBe(403);
  const published = await publish(manager);
  expect(published.json()).toEqual({ version: 2 });
  expect((await publish(manager)).statusCode).toBe(409);
  const [newest, first] = await versions(duty);
  expect(newest).toMatchObject({
    version: 2,
    base: 1,
    inForce: true,
    by: 'SPB/manager-1',
    reason: 'after the forecast',
    from: 1,
    asked: ASKED,
  });
  expect(first.inForce).toBe(false);
  const plan = (await duty.send('GET', '/v1/plans/2')).json<PlanAnswer>();
  expect(plan.holds).toMatchObject({ ready, released, carried });
  expect(plan.overload?.planned.resourceSlots).toBe(0);
  const season = (await duty.send('GET', '/v1/season')).json<{ plan: number }>();
  expect(season.plan).toBe(2);
  const { items } = (await manager.send('GET', '/v1/audit')).json();
  expect(items.at(-1)).toMatchObject({
    action: 'plan.publish',
    actor: 'manager-1',
    subject: 'plan 2',
  });
  expect(items.at(-1).detail).toContain('after the forecast');
});

test('what the plan before let go stays as it was, slot by slot, and two versions are compared', async () => {
  const { as } = await consoleServer();
  const manager = await as('SPB', 'manager-1');
  const { id } = await start(manager, { ...ASKED, reserve: 0.25 });
  await ended(manager, id);
  await manager.send('POST', `/v1/plans/runs/${id}/publish`, { reason: 'with a reserve' });
  const answer = await manager.send('GET', '/v1/plans/1/compare?with=2');
  const { a, b, loads, resources, shippers } = answer.json<ComparisonAnswer>();
  expect([a.version.version, b.version.version, resources]).toEqual([1, 2, 6]);
  expect(a.holds.ready).toBe(b.holds.ready);
  expect(loads.length).toBeGreaterThan(0);
  // Origins are loaded a slot after the release: what went in slot 0 loads slot 1 as before.
  for (const { resource, difference } of loads) {
    expect(difference.slice(0, 2), resource.id).toEqual([0, 0]);
    expect(difference.reduce((sum, n) => sum + n, 0)).not.toBeNaN();
  }
  expect(shippers.map(({ key }) => key).toSorted()).toEqual(['P1', 'P2']);
  expect(b.overload.peakRatio).toBeLessThanOrEqual(1);
});

test('P6: a run from a version that is no longer in force is not published, nor an old one brought back on it', async () => {
  const { as } = await consoleServer();
  const manager = await as('SPB', 'manager-1');
  const first = await start(manager, { ...ASKED, reserve: 0.25 });
  await ended(manager, first.id);
  const second = await start(manager);
  await ended(manager, second.id);
  const publish = (id: string) =>
    manager.send('POST', `/v1/plans/runs/${id}/publish`, { reason: 'of two' });
  expect((await publish(second.id)).statusCode).toBe(200);
  const stale = await publish(first.id);
  expect(stale.statusCode).toBe(409);
  expect(stale.json().detail).toContain('no longer in force');
  const restore = (version: number, base: number) =>
    manager.send('POST', `/v1/plans/${version}/restore`, { reason: 'the first was better', base });
  expect((await restore(1, 1)).statusCode).toBe(409);
  expect((await restore(1, 2)).json()).toEqual({ version: 3 });
  expect((await restore(9, 3)).statusCode).toBe(404);
  const [newest] = await versions(manager);
  expect(newest).toMatchObject({ version: 3, base: 2, restores: 1, inForce: true });
  const compared = await manager.send('GET', '/v1/plans/1/compare?with=3');
  expect(compared.json<ComparisonAnswer>().loads).toEqual([]);
  const { items } = (await manager.send('GET', '/v1/audit')).json();
  expect(items.at(-1)).toMatchObject({ action: 'plan.restore', subject: 'plan 3' });
});

test('one run at a time; it can be left, found again and stopped, and its reason must say nothing of people', async () => {
  const { as } = await consoleServer({ season: await endlessSeason() });
  const duty = await as('SPB', 'duty-1');
  const { id } = await start(duty, { ...ASKED, gap: 0.00001 });
  const again = await duty.send('POST', '/v1/plans/runs', ASKED);
  expect(again.statusCode).toBe(409);
  const { runs } = (await duty.send('GET', '/v1/plans/runs')).json<RunsAnswer>();
  expect(runs.map((run) => [run.id, run.state])).toEqual([[id, 'running']]);
  expect((await duty.send('GET', '/v1/season')).statusCode).toBe(200);
  expect((await duty.send('DELETE', `/v1/plans/runs/${id}`)).statusCode).toBe(204);
  expect((await ended(duty, id)).state).toBe('stopped');
  expect((await duty.send('DELETE', `/v1/plans/runs/${id}`)).statusCode).toBe(204);
  expect((await duty.send('GET', `/v1/plans/runs/${id}`)).statusCode).toBe(404);
  const manager = await as('SPB', 'manager-1');
  const named = { reason: 'ask 13812345678', base: 1 };
  expect((await manager.send('POST', '/v1/plans/1/restore', named)).statusCode).toBe(422);
  const province = await as('SPB-440000', 'manager-1');
  expect((await province.send('GET', '/v1/plans/runs')).statusCode).toBe(403);
});
