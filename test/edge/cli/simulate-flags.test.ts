import { expect, test } from 'vitest';
import { parseSimulateFlags, type SimulateFlags } from '../../../src/edge/cli/simulate-flags.js';
import { FaultyInput } from '../../../src/network/fault.js';
import { POLICIES } from '../../../src/world/policy/policy.js';
import { NO_SURPRISE, ORDINARY } from '../../../src/world/simulation/options.js';

const usual: SimulateFlags = {
  policy: 'at-once,plan',
  seed: '1',
  runs: '1',
  surprise: [],
  reserve: '0',
  replan: '24',
  format: 'csv',
};

test('policies stand in their own order, seeds follow each other, surprises are ordinary', () => {
  expect(parseSimulateFlags({ ...usual, policy: 'plan,at-once', seed: '7', runs: '3' })).toEqual({
    policies: ['at-once', 'plan'],
    seeds: [7, 8, 9],
    surprises: ORDINARY,
    reserve: 0,
    replanHours: 24,
    format: 'csv',
  });
  expect(parseSimulateFlags({ ...usual, policy: 'all' }).policies).toEqual(POLICIES);
});

test('a level of surprise, and single ones that replace it', () => {
  expect(surprises('none')).toEqual(NO_SURPRISE);
  expect(surprises('scans=0.5', 'none', 'demand=0')).toEqual({ ...NO_SURPRISE, scans: 0.5 });
  expect(surprises('travel=0.1')).toEqual({ ...ORDINARY, travel: 0.1 });
  for (const [name, value] of Object.entries(surprises('hard'))) {
    expect(value).toBeCloseTo(2 * new Map(Object.entries(ORDINARY)).get(name)!, 12);
  }
});

test.each<[Partial<SimulateFlags>, string]>([
  [{ policy: 'plan,' }, '--policy:unknown-policy'],
  [{ policy: 'all,plan' }, '--policy:unknown-policy'],
  [{ policy: 'plan,plan' }, '--policy:policy-twice'],
  [{ seed: '-1' }, '--seed:too-small'],
  [{ seed: '1e3' }, '--seed:not-an-integer'],
  [{ seed: '4294967295' }, '--seed:too-large'],
  [{ runs: '0' }, '--runs:too-small'],
  [{ runs: '1.5' }, '--runs:fractional'],
  [{ surprise: ['soft'] }, '--surprise:unknown-surprise'],
  [{ surprise: ['snow=1'] }, '--surprise:unknown-surprise'],
  [{ surprise: ['none', 'hard'] }, '--surprise:surprise-twice'],
  [{ surprise: ['demand=0.1', 'demand=0.1'] }, '--surprise:surprise-twice'],
  [{ surprise: ['demand='] }, '--surprise demand:empty-cell'],
  [{ surprise: ['demand=much'] }, '--surprise demand:not-a-number'],
  [{ surprise: ['demand=-0.1'] }, '--surprise demand:too-small'],
  [{ surprise: ['demand=0.51'] }, '--surprise demand:too-large'],
  [{ reserve: '0.91' }, '--reserve:too-large'],
  [{ reserve: '-0.1' }, '--reserve:too-small'],
  [{ replan: '0' }, '--replan:too-small'],
  [{ replan: '73' }, '--replan:too-large'],
  [{ format: 'xml' }, '--format:unknown-format'],
])('%j is a fault with a cure', (flags, fault) => {
  expect(faultsOf({ ...usual, ...flags })).toEqual([fault]);
});

test('all faults are named at once', () => {
  const flags = { policy: 'x', seed: 'x', runs: 'x', surprise: ['x'], reserve: 'x', replan: 'x' };
  expect(faultsOf({ ...flags, format: 'x' })).toHaveLength(7);
});

function surprises(...surprise: string[]) {
  return parseSimulateFlags({ ...usual, surprise }).surprises;
}

function faultsOf(flags: SimulateFlags): string[] {
  try {
    parseSimulateFlags(flags);
    return [];
  } catch (error) {
    if (!(error instanceof FaultyInput)) throw error;
    expect(error.faults.first.every(({ cure }) => /^(Name|Write|Give) .+\.$/.test(cure))).toBe(
      true,
    );
    return error.faults.first.map(({ field, rule }) => `${field}:${rule}`);
  }
}
