import * as fc from 'fast-check';
import { Compile } from 'typebox/schema';
import { expect, onTestFinished, test } from 'vitest';
import type { Description } from '../../../../scripts/client/client-text.js';
import type { Operation } from '../../../../scripts/client/operation-method.js';
import { findDeclaration } from '../../../../src/edge/access/declarations.js';
import { addOrganisation } from '../../../../src/edge/access/organisations.js';
import { NOW } from '../../../support/fake-gate.js';
import { type GateServer, PRINCIPALS, startGateServer } from '../../../support/gate-server.js';
import { writeSeason } from '../../../support/own-parcel-season.js';
import { testDatabase } from '../../../support/postgres.js';
import { valuesOf } from '../../../support/schema-arbitrary.js';

/** Requests of each route: 200 on every push, more for a release. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 200);

/** A server over a database with everybody in it; nothing waits for changes. */
async function start(): Promise<GateServer> {
  const { database } = await testDatabase();
  for (const { organisation } of Object.values(PRINCIPALS)) {
    await addOrganisation(database, 'command-line', organisation, NOW);
  }
  await writeSeason(database);
  const guarded = { findDeclaration: (id: string) => findDeclaration(database, id) };
  const server = await startGateServer({ bodyBytesMost: 100_000 }, { database, guarded });
  onTestFinished(() => server.stop());
  const { gate } = server;
  const changes = gate.changes.bind(gate);
  gate.changes = (viewer, after, asked) => changes(viewer, after, { ...asked, waitMs: 0 });
  return server;
}

/** Everything that a request can be made of, for one operation. */
function requestsOf(
  { parameters = [], requestBody }: Operation,
  named: Description['components']['schemas'],
) {
  const values = parameters.map(({ name, in: place, required, schema }) =>
    fc
      .option(valuesOf(schema, named), { nil: undefined, freq: required ? 1000 : 2 })
      .map((value) => ({ name, place, value })),
  );
  const [[type, { schema }] = NO_BODY] = Object.entries(requestBody?.content ?? {});
  const isLines = type === 'application/x-ndjson';
  const sound = schema
    ? valuesOf(schema, named).map((body) => (isLines ? linesOf(body) : JSON.stringify(body)))
    : fc.constant(undefined);
  return fc.record({
    key: fc.constantFrom(...Object.keys(PRINCIPALS), 'nobody'),
    known: fc.option(fc.nat()),
    parameters: fc.tuple(...values),
    body: fc.oneof(
      { weight: 9, arbitrary: sound },
      { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
    ),
    contentType: fc.oneof(
      { weight: 9, arbitrary: fc.constant(isLines ? type : 'application/json') },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          isLines ? 'application/json' : 'application/x-ndjson',
          'text/plain',
          'application/json; charset=utf-8',
          '',
        ),
      },
    ),
  });
}

const NO_BODY: readonly [string, { readonly schema?: undefined }] = ['', {}];

function linesOf(body: unknown): string {
  const lines = Array.isArray(body) ? body : [body];
  return lines.map((line) => JSON.stringify(line)).join('\n');
}

/** Those go on for ever. */
function isOfEvents({ responses }: Operation): boolean {
  return Object.values(responses).some(({ content = {} }) => 'text/event-stream' in content);
}

interface Fuzzed {
  readonly key: string;
  /** Which of the ids that were answered to take for one in the path. */
  readonly known: number | null;
  readonly parameters: readonly {
    readonly name: string;
    readonly place: string;
    readonly value: unknown;
  }[];
  readonly body: string | undefined;
  readonly contentType: string;
}

function injectionOf(
  method: string,
  path: string,
  { key, known, parameters, body, contentType }: Fuzzed,
  ids: readonly string[],
) {
  let url = path;
  const query = new URLSearchParams();
  for (const { name, place, value } of parameters) {
    const id = known === null || ids.length === 0 ? value : ids[known % ids.length];
    if (place === 'path') url = url.replace(`{${name}}`, encodeURIComponent(wellFormed(id)));
    else if (place === 'query' && value !== undefined) query.append(name, wellFormed(value));
  }
  const headers = {
    authorization: `Bearer ${key}`,
    ...(contentType && { 'content-type': contentType }),
  };
  const payload = body === undefined ? {} : { payload: body };
  return { method: method.toUpperCase(), url: `${url}?${query}`, headers, ...payload };
}

/** As it can stand in an address at all. */
function wellFormed(value: unknown): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value ?? '')).toString();
}

const METHODS = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);

test('whatever a route is sent, it answers as its description says, and never fails', async () => {
  const server = await start();
  const response = await server.app.inject('/openapi.json');
  const { paths, components }: Description = response.json();
  const seen = new Map<number, number>();
  const ids: string[] = [];
  for (const [path, operations] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      if (!isOfEvents(operation)) await fuzz(method, path, operation);
    }
  }
  for (const status of [200, 201, 204, 400, 401, 403, 404, 409, 415, 422]) {
    expect(seen.get(status) ?? 0, `answers of status ${status}`).toBeGreaterThan(0);
  }

  async function fuzz(method: string, path: string, operation: Operation): Promise<void> {
    const schemas = new Map(
      Object.entries(operation.responses).map(([status, { content = {} }]) => {
        const [first] = Object.values(content);
        return [Number(status), Compile({ ...first?.schema, components })] as const;
      }),
    );
    const asked = fc.asyncProperty(requestsOf(operation, components.schemas), async (fuzzed) => {
      const injection = injectionOf(method, path, fuzzed, ids);
      if (!isMethod(injection.method)) return;
      const answer = await server.app.inject({ ...injection, method: injection.method });
      const { statusCode, body } = answer;
      const what = `${injection.method} ${injection.url} ${fuzzed.body ?? ''}: ${statusCode} ${body}`;
      seen.set(statusCode, (seen.get(statusCode) ?? 0) + 1);
      const [, id] = /"id":"(webhook-\w+|capacity-\w+)"/.exec(body) ?? [];
      if (id && !ids.includes(id)) ids.push(id);
      expect(statusCode < 500 || statusCode === 503, what).toBe(true);
      const contentType = String(answer.headers['content-type']);
      if (statusCode >= 400) expect(contentType, what).toContain('application/problem+json');
      if (!contentType.includes('json') || contentType.includes('ndjson')) return;
      const schema = schemas.get(statusCode);
      expect(schema, `described: ${what}`).toBeDefined();
      expect(schema?.Check(JSON.parse(body)), what).toBe(true);
    });
    await fc.assert(asked, { numRuns: RUNS });
  }
}, 600_000);

function isMethod(method: string): method is 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' {
  return METHODS.has(method);
}
