import { expect, test } from 'vitest';
import { campaign, reproduction } from './campaign.js';
import { MUTANTS, spoiledRooms } from './mutants.js';

/** The rarest is seen in one history of a hundred or so, most in one of three. */
const SEEDS = 1000;

test.each(MUTANTS)('P1 to P6, P15: seen by the campaign: $name', async (mutant) => {
  const rooms = await spoiledRooms(mutant);
  const { failed, runs } = await campaign(1, SEEDS, { rooms, failuresMost: 1 });
  expect(failed, `${runs} histories did not show it`).toHaveLength(1);
});

test('the gate itself, loaded in the same way, is not seen', async () => {
  const { failed } = await campaign(1, 100, { rooms: await spoiledRooms({ name: 'none' }) });
  expect(failed.map(reproduction)).toEqual([]);
});
