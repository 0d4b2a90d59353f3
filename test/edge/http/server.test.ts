import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { expect, onTestFinished, test } from 'vitest';
import { consoleServer } from '../../support/console-server.js';

async function serve(): Promise<FastifyInstance> {
  const folder = await mkdtemp(join(tmpdir(), 'console-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<!doctype html>');
  await writeFile(join(folder, 'assets', 'page-1.js'), 'export {};');
  await writeFile(join(folder, 'assets', 'page-1.js.br'), 'compressed');
  const { app } = await consoleServer({ console: folder });
  return app;
}

test('pages are anybody’s, may run scripts of this server only, and hold nothing; what they ask for is not', async () => {
  const app = await serve();
  const { headers } = await app.inject('/plan');
  expect(headers['content-type']).toBe('text/html; charset=utf-8');
  expect(headers['cache-control']).toBe('no-cache');
  expect(headers['content-security-policy']).toContain("script-src 'self';");
  expect(headers['x-content-type-options']).toBe('nosniff');
  for (const url of ['/v1/season', '/v1/plans', '/v1/plans/1']) {
    expect((await app.inject(url)).statusCode, url).toBe(401);
  }
});

test('files with a hash in their name are kept for good, and sent compressed', async () => {
  const app = await serve();
  const { headers, body } = await app.inject({
    url: '/assets/page-1.js',
    headers: { 'accept-encoding': 'br' },
  });
  expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect(headers['content-encoding']).toBe('br');
  expect(body).toBe('compressed');
});

test('what is not there is not found, and the answer is problem+json', async () => {
  const app = await serve();
  const urls = [
    '/v1/nothing',
    '/nothing.txt',
    '/assets/../index.html',
    '/assets/%2e%2e/index.html',
  ];
  for (const url of urls) {
    const response = await app.inject(url);
    expect(response.statusCode, url).toBe(404);
    expect(response.headers['content-type']).toContain('application/problem+json');
  }
});

test('the season is told to whoever has signed in: its clock, what there is, the plan in force', async () => {
  const { as } = await consoleServer();
  const visitor = await as('P1', 'viewer-1');
  const response = await visitor.send('GET', '/v1/season');
  expect(response.json()).toMatchObject({
    scenario: { name: 'small season', slots: 12, places: 3, operators: 2, hasDemand: true },
    services: { gate: false, planning: true, simulations: true },
    scale: 1,
    plan: 1,
  });
  expect(response.json().now).toMatch(/^2021-/);
});
