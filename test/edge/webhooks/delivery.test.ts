import { createHmac } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import type { Principal } from '../../../src/edge/access/principal.js';
import type { Change } from '../../../src/edge/gate/gate-service.js';
import { FAILURES_MOST, WebhookDelivery } from '../../../src/edge/webhooks/webhook-delivery.js';
import { StoredWebhooks } from '../../../src/edge/webhooks/webhook-desk.js';
import { WebhookRows } from '../../../src/edge/webhooks/webhook-rows.js';
import { makeOrganisations } from '../../support/access-world.js';
import { FakeGate } from '../../support/fake-gate.js';
import { startHookReceiver } from '../../support/hook-receiver.js';
import { testDatabase } from '../../support/postgres.js';

const platform: Principal = {
  organisation: { id: 'P1', kind: 'platform', level: 'nation', region: '000000' },
  actor: 'key-1',
  role: 'manager',
};

const planChange = (version: number): Change => ({
  type: 'plan',
  at: '2021-11-01T00:00:00+08:00',
  version,
  operators: ['o'],
});

/** A webhook of P1, a receiver, and a process that delivers when told to go round; its clock is the test's. */
async function world() {
  const { database, admin } = await testDatabase();
  await makeOrganisations(database);
  const receiver = await startHookReceiver();
  const gate = new FakeGate();
  const { outside } = receiver;
  let now = Date.UTC(2026, 10, 11);
  const timing = {
    now: () => now,
    elapsed: () => now,
    sleep: () => new Promise<void>(setImmediate),
  };
  const errors: unknown[] = [];
  const onError = (error: unknown) => void errors.push(error);
  const deliveryOf = (name: string) => {
    const rows = new WebhookRows(database, name);
    return new WebhookDelivery({ rows, gate, outside, timing, onError });
  };
  const delivery = deliveryOf('one');
  const desk = new StoredWebhooks(database, gate, outside, () => now);
  onTestFinished(async () => {
    await delivery.stop();
    await receiver.close();
    expect(errors).toEqual([]);
  });
  const sleep = (ms: number) => {
    now += ms;
  };
  return { database, admin, receiver, gate, delivery, deliveryOf, desk, sleep };
}

const until = (check: () => unknown) =>
  expect.poll(check, { interval: 5, timeout: 20_000 }).toBeTruthy();

const versionsOf = (body: string) =>
  JSON.parse(body).data.changes.map(({ version }: { version: number }) => version);

test('changes come in order, signed under the secret that was shown once', async () => {
  const { receiver, gate, delivery, desk } = await world();
  const { id, secret } = await desk.create(platform, { url: receiver.url });
  expect(JSON.stringify(await desk.get(platform, id))).not.toContain(secret);
  gate.tell(planChange(1));
  gate.tell(planChange(2));
  await delivery.round();
  await until(() => receiver.received.length === 1);
  gate.tell(planChange(3));
  await until(() => receiver.received.length === 2);
  expect(receiver.received.map(({ body }) => versionsOf(body))).toEqual([[1, 2], [3]]);
  const [{ headers, body }] = receiver.received;
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const signed = [headers['webhook-id'], headers['webhook-timestamp'], body].join('.');
  const signature = createHmac('sha256', key).update(signed).digest('base64');
  expect(headers['webhook-signature']).toBe(`v1,${signature}`);
});

test('what was not taken is sent again, later each time, under the same id, and nothing after it before', async () => {
  const { receiver, gate, delivery, desk, sleep } = await world();
  const { id } = await desk.create(platform, { url: receiver.url });
  receiver.answer = { status: 500 };
  gate.tell(planChange(1));
  await delivery.round();
  const failures = async (n: number) => (await desk.get(platform, id)).failures === n;
  await until(() => failures(1));
  await delivery.round();
  expect(receiver.received).toHaveLength(1);
  sleep(1_000);
  await delivery.round();
  await until(() => failures(2));
  expect((await desk.get(platform, id)).trouble).toBe('It answered 500.');
  sleep(1_000);
  await delivery.round();
  expect(receiver.received).toHaveLength(2);
  receiver.answer = { status: 200 };
  sleep(1_000);
  await delivery.round();
  await until(() => failures(0));
  expect(receiver.received.map(({ body }) => versionsOf(body))).toEqual([[1], [1], [1]]);
  expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
});

test('one that fails for too long is paused with the reason, and goes on where it was when told to', async () => {
  const { receiver, gate, delivery, desk, admin } = await world();
  const { id } = await desk.create(platform, { url: receiver.url });
  await admin.query('UPDATE webhook SET failures = $1', [FAILURES_MOST - 1]);
  receiver.answer = { status: 503 };
  gate.tell(planChange(1));
  await delivery.round();
  await until(async () => (await desk.get(platform, id)).state === 'paused');
  expect(await desk.get(platform, id)).toMatchObject({ trouble: 'It answered 503.' });
  receiver.answer = { status: 200 };
  await desk.change(platform, id, {});
  await delivery.round();
  await until(() => receiver.received.length === 2);
  expect(versionsOf(receiver.received[1].body)).toEqual([1]);
});

test('one process delivers a webhook; when it is gone, another goes on after what was taken', async () => {
  const { receiver, gate, delivery, deliveryOf, desk, sleep } = await world();
  await desk.create(platform, { url: receiver.url });
  const other = deliveryOf('two');
  onTestFinished(() => other.stop());
  await delivery.round();
  await other.round();
  gate.tell(planChange(1));
  await until(() => receiver.received.length === 1);
  await delivery.stop();
  sleep(20_000);
  gate.tell(planChange(2));
  await other.round();
  await until(() => receiver.received.length === 2);
  expect(receiver.received.map(({ body }) => versionsOf(body))).toEqual([[1], [2]]);
});

test('P11: webhooks of other organisations are not there', async () => {
  const { receiver, desk } = await world();
  const { id } = await desk.create(platform, { url: receiver.url });
  const other = { ...platform, organisation: { ...platform.organisation, id: 'P2' } };
  await expect(desk.get(other, id)).rejects.toMatchObject({ status: 404 });
  await expect(desk.change(other, id, {})).rejects.toMatchObject({ status: 404 });
  await expect(desk.remove(other, id)).rejects.toMatchObject({ status: 404 });
  expect(await desk.list(other)).toEqual([]);
});
