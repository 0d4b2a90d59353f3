import fastify from 'fastify';
import { expect, test } from 'vitest';
import { guardPolicies } from '../../../src/edge/access/guard.js';
import { answerProblems } from '../../../src/edge/http/problem.js';

test('P12: a route without a policy stops the server from starting', async () => {
  const bare = fastify();
  await guardPolicies(bare);
  expect(() => bare.get('/open', () => 'open')).toThrow('GET /open has no policy');
  expect(() => bare.post('/v1/season', () => 'open')).toThrow('POST /v1/season has no policy');
  expect(() => bare.get('/toString', () => 'open')).toThrow('has no policy');
});

test('P12: a route for people stops a server that knows nobody', async () => {
  const bare = fastify();
  await guardPolicies(bare);
  expect(() => bare.get('/v1/session', () => 'open')).toThrow('needs to know who asks');
});

test('what is local answers this machine, asked by its own name, only', async () => {
  const app = fastify();
  answerProblems(app);
  await guardPolicies(app);
  app.get('/metrics', () => 'metrics');
  const status = async (host: string, remoteAddress: string) =>
    (await app.inject({ url: '/metrics', headers: { host }, remoteAddress })).statusCode;
  expect(await status('localhost:8617', '127.0.0.1')).toBe(200);
  expect(await status('[::1]:8617', '::1')).toBe(200);
  expect(await status('elsewhere.example', '127.0.0.1')).toBe(403);
  expect(await status('localhost:8617', '192.0.2.1')).toBe(403);
  const proxied = { host: 'localhost', 'x-forwarded-for': '192.0.2.1' };
  expect((await app.inject({ url: '/metrics', headers: proxied })).statusCode).toBe(403);
  expect((await app.inject({ method: 'HEAD', url: '/metrics' })).statusCode).toBe(200);
});
