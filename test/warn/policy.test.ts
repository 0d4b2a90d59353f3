import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Ajv2020 from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { FaultList } from '../../src/network/fault.js';
import { DEFAULT_WARN_POLICY } from '../../src/warn/default-policy.js';
import { levelOf } from '../../src/warn/levels.js';
import { parseWarnPolicy } from '../../src/warn/parse-policy.js';
import { LEVELS } from '../../src/warn/warning.js';

const read = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../../data/warnings/${name}`, import.meta.url)));

describe('the policy', () => {
  it('that comes with it is the file, which its schema accepts, and is marked as assumed', () => {
    const faults = new FaultList();
    expect(parseWarnPolicy('policy.json', read('policy.json'), faults)).toEqual(
      DEFAULT_WARN_POLICY,
    );
    expect(faults.total).toBe(0);
    const validate = new Ajv2020.default().compile(
      JSON.parse(read('policy.schema.json').toString()),
    );
    expect(validate(DEFAULT_WARN_POLICY)).toBe(true);
    expect(DEFAULT_WARN_POLICY.basis).toBe('assumed');
  });

  it('with faults is refused with a list of them', () => {
    const faults = new FaultList();
    const bad = { ...DEFAULT_WARN_POLICY, version: 0, basis: 'official', margin: undefined };
    const bytes = new TextEncoder().encode(JSON.stringify(bad));
    expect(parseWarnPolicy('policy.json', bytes, faults)).toBeUndefined();
    expect(faults.first.map(({ field }) => field)).toEqual(['version', 'basis', 'margin']);
  });

  it('each level is reached at each of its thresholds, and not below', () => {
    const calm = { floorShare: 0, capacityHours: 0, chanceWithin: () => 0 };
    expect(levelOf(DEFAULT_WARN_POLICY, calm)).toBeUndefined();
    for (const [rank, level] of LEVELS.entries()) {
      const { chance, withinHours, floorShare, capacityHours } = DEFAULT_WARN_POLICY.levels[level];
      const below = LEVELS[rank - 1];
      for (const by of [1, 1 - 1e-9]) {
        const reached = by === 1 ? level : below;
        expect(levelOf(DEFAULT_WARN_POLICY, { ...calm, floorShare: by * floorShare })).toBe(
          reached,
        );
        expect(levelOf(DEFAULT_WARN_POLICY, { ...calm, capacityHours: by * capacityHours })).toBe(
          reached,
        );
      }
      const sudden = (hours: number) => (hours >= withinHours ? chance : 0);
      expect(levelOf(DEFAULT_WARN_POLICY, { ...calm, chanceWithin: sudden })).toBeDefined();
      expect(levelOf(DEFAULT_WARN_POLICY, { ...calm, floorShare: 0.95 * floorShare }, 0.95)).toBe(
        level,
      );
    }
  });
});
