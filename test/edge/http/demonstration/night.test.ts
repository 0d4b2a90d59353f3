import { gunzipSync } from 'node:zlib';
import fastify, { type FastifyInstance } from 'fastify';
import { Value } from 'typebox/value';
import { expect, test } from 'vitest';
import { guardPolicies } from '../../../../src/edge/access/guard.js';
import { demonstrationRoutes } from '../../../../src/edge/http/demonstration/demonstration-routes.js';
import type { NightAnswer } from '../../../../src/edge/http/demonstration/night-schema.js';
import { NightAnswer as NightSchema } from '../../../../src/edge/http/demonstration/night-schema.js';
import { Night, SIDES } from '../../../../src/edge/night/night.js';
import type { Reel } from '../../../../src/world/film/reel.js';
import { servedSeason } from '../../../support/served-season.js';
import { FIGURES_OF_NOTHING } from '../../../support/simulation-run.js';

const URL = '/v1/demonstration/night';

async function nightServer(): Promise<{ app: FastifyInstance; night: Night }> {
  const { scenario } = await servedSeason();
  const night = new Night(scenario);
  const app = fastify();
  await guardPolicies(app);
  await app.register(demonstrationRoutes({ organisations: [], logins: [], password: '', night }));
  return { app, night };
}

/** A reel of so many slots in which the first hub overflows until slot `until`. */
function reelOf(night: Night, policy: Reel['policy'], slots: number, until: number): Reel {
  const { hubs, lanes } = night.network;
  const state = Uint16Array.from({ length: slots }, (_, t) => (t < until ? 1 : 0));
  const flow = new Float64Array(slots).fill(3.4);
  return {
    policy,
    slots,
    full: Uint8Array.from({ length: slots * hubs.length }, (_, at) =>
      at % hubs.length === 0 && at < until * hubs.length ? 120 : 40,
    ),
    outside: new Uint16Array(slots * hubs.length).fill(258),
    load: new Uint8Array(slots * lanes.from.length),
    ready: flow,
    released: flow,
    pickedUp: flow,
    delivered: flow,
    waiting: new Float64Array(slots),
    overflowing: state,
    important: state,
    gridlocked: new Uint16Array(slots),
  };
}

test('a night is answered as far as both sides are made, and says when it is whole', async () => {
  const { app, night } = await nightServer();
  const ask = async () => (await app.inject({ url: URL })).json<NightAnswer>();
  expect(await ask()).toMatchObject({ state: 'making', made: 0, sides: [] });

  const { slots } = night.scenario;
  const atOnce = reelOf(night, 'at-once', slots + 40, slots + 10);
  night.take({ ...atOnce, figures: FIGURES_OF_NOTHING });
  expect(await ask()).toMatchObject({ state: 'making', made: 0, until: slots + 22 });

  night.take(reelOf(night, 'plan', 5, 0));
  const partly = await ask();
  expect(partly).toMatchObject({ made: 5, sides: [{ policy: 'at-once' }, { policy: 'plan' }] });
  expect(partly.sides.map(({ released }) => released.length)).toEqual([5, 5]);

  night.take({ ...reelOf(night, 'plan', slots, 0), figures: FIGURES_OF_NOTHING });
  const whole = await ask();
  expect(Value.Check(NightSchema, whole)).toBe(true);
  expect(whole).toMatchObject({ state: 'done', made: slots + 22, until: slots + 22 });
  const [left, right] = whole.sides.map(({ full }) => Buffer.from(full, 'base64'));
  const hubs = whole.hubs.length;
  expect([left.length, right.length]).toEqual([whole.made * hubs, whole.made * hubs]);
  expect([left[0], left[(slots + 10) * hubs], right[0]]).toEqual([120, 40, 40]);
  // The run by plan has ended: it stands as it stood, and nothing flows any more.
  expect(right[(slots + 21) * hubs]).toBe(40);
  expect(whole.sides[1].delivered[slots + 21]).toBe(0);
  expect(whole.sides[0].delivered[slots + 21]).toBe(3);
  expect(Buffer.from(whole.sides[0].outside, 'base64').readUInt16LE(2)).toBe(258);
});

test('it is sent once, small, to this machine only', async () => {
  const { app, night } = await nightServer();
  for (const policy of SIDES) {
    night.take({ ...reelOf(night, policy, 90, 20), figures: FIGURES_OF_NOTHING });
  }
  const first = await app.inject({ url: URL, headers: { 'accept-encoding': 'gzip, br' } });
  expect(first.headers['content-encoding']).toBe('gzip');
  const answer: NightAnswer = JSON.parse(gunzipSync(first.rawPayload).toString());
  expect(answer).toEqual((await app.inject({ url: URL })).json());
  const again = { 'if-none-match': String(first.headers.etag) };
  expect((await app.inject({ url: URL, headers: again })).statusCode).toBe(304);
  night.fail();
  const changed = await app.inject({ url: URL, headers: again });
  expect([changed.statusCode, changed.json<NightAnswer>().state]).toEqual([200, 'failed']);
  expect((await app.inject({ url: URL, remoteAddress: '192.0.2.1' })).statusCode).toBe(403);
});
