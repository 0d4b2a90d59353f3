import fastify from 'fastify';
import { expect, test } from 'vitest';
import { addressOf, Failures, sourceOf } from '../../../src/edge/access/failures.js';

test('failures are counted by name and minute, and many at once are many', () => {
  const clock = { now: 0 };
  const failures = new Failures(2, () => clock.now);
  failures.attempt('a');
  failures.attempt('a');
  expect(() => failures.attempt('a')).toThrow(expect.objectContaining({ status: 429 }));
  failures.attempt('b');
  failures.forgive('a');
  failures.attempt('a');
  expect(() => failures.check('a')).toThrow('wait');
  clock.now = 59_999;
  expect(() => failures.check('a')).toThrow(
    expect.objectContaining({ headers: { 'retry-after': '1' } }),
  );
  clock.now = 60_000;
  failures.check('a');
});

test('names that fail once each take no more memory than there is for them', () => {
  const failures = new Failures(1, () => 0);
  for (let i = 0; i < 20_000; i++) failures.add(String(i));
  failures.check('0');
  expect(() => failures.check('19999')).toThrow('wait');
});

test('of version 6, a household is one source', () => {
  expect(sourceOf('2001:db8:1:2::1')).toBe(sourceOf('2001:db8:1:2:ffff::9'));
  expect(sourceOf('2001:db8:1:2::1')).not.toBe(sourceOf('2001:db8:1:3::1'));
  expect(sourceOf('::1')).toBe('0:0:0:0');
  expect(sourceOf('::ffff:192.0.2.1')).toBe('::ffff:192.0.2.1');
  expect(sourceOf('192.0.2.1')).toBe('192.0.2.1');
});

test('only a proxy on this machine may say where a request comes from', async () => {
  const app = fastify();
  app.get('/', async (request) => addressOf(request));
  const from = async (remoteAddress: string, forwarded?: string) =>
    (
      await app.inject({
        url: '/',
        remoteAddress,
        headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
      })
    ).body;
  expect(await from('127.0.0.1', '198.51.100.9, 192.0.2.1')).toBe('192.0.2.1');
  expect(await from('203.0.113.5', '192.0.2.1')).toBe('203.0.113.5');
  expect(await from('127.0.0.1')).toBe('127.0.0.1');
});
