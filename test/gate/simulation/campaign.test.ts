import { describe, expect, test } from 'vitest';
import { journalStoreLaws } from '../../support/journal-store-laws.js';
import { campaign, reproduction } from './campaign.js';
import { Chance } from './chance.js';
import { Ledger } from './ledger.js';
import { Machine } from './machine.js';
import { pumped } from './pump.js';
import { Reach } from './reach.js';
import { Scheduler } from './scheduler.js';
import { simulate } from './simulate.js';
import { NO_FAULTS, SimulatedStore } from './simulated-store.js';

/** On every push; a release has 200,000 (CONTRIBUTING.md). */
const SEEDS = 5000;

test('P1 to P6, P15: no promise is broken in 5,000 histories, and every fault was among them', async () => {
  const { failed, reach, runs } = await campaign(1, SEEDS, { failuresMost: 3 });
  expect(failed.map(reproduction)).toEqual([]);
  expect(runs).toBe(SEEDS);
  expect(reach.missing).toEqual([]);
}, 600_000);

test('the same seed lives through the same history', async () => {
  for (const seed of [1, 2, 3]) {
    const { reach, ...outcome } = await simulate(seed);
    const again = await simulate(seed);
    expect(again).toMatchObject(outcome);
    expect([...again.reach.counts]).toEqual([...reach.counts]);
  }
});

describe('the simulated store, without faults', () => {
  journalStoreLaws(async () => {
    const chance = new Chance(1, 'laws');
    const scheduler = new Scheduler(chance.stream('order'));
    const machine = new Machine('a', scheduler, chance.stream('machine'));
    const wire = {
      scheduler,
      chance: chance.stream('wire'),
      reach: new Reach(),
      ledger: new Ledger(),
      faults: NO_FAULTS,
      cut: new Set<string>(),
      underWay: new Map(),
    };
    machine.start();
    return () => pumped(new SimulatedStore(wire, machine), scheduler);
  });
});
