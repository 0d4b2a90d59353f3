import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_WARN_POLICY } from '../../src/warn/default-policy.js';
import { rankOf } from '../../src/warn/levels.js';
import { LEVELS } from '../../src/warn/warning.js';
import { NoSuchWarning, WarningBook, type WarningBookState } from '../../src/warn/warning-book.js';
import { assessedAt } from '../support/hand-warned.js';

const HOUR = 3_600_000;
const policy = DEFAULT_WARN_POLICY;
const level = fc.constantFrom(undefined, ...LEVELS);

describe('hysteresis', () => {
  it('raises at once, lowers only what stayed low, and only so far', () => {
    fc.assert(
      fc.property(fc.array(level, { maxLength: 80 }), (levels) => {
        const book = new WarningBook(policy);
        let before = -1;
        let changedAt = -Infinity;
        for (const [i, is] of levels.entries()) {
          const at = (i * HOUR) / 2;
          book.step(at, is ? [assessedAt('h', is)] : []);
          const now = rankOf(book.list()[0]?.level);
          expect(now).toBeGreaterThanOrEqual(rankOf(is));
          if (now < before) {
            const first = Math.max(0, i - 2 * policy.lowerAfterHours);
            const lately = levels.slice(first, i + 1).map(rankOf);
            expect(Math.max(...lately)).toBeLessThan(before);
            expect(now).toBe(Math.max(...lately));
            expect(at - changedAt).toBeGreaterThanOrEqual(policy.leastHours * HOUR);
          }
          if (now !== before) changedAt = at;
          before = now;
        }
      }),
    );
  });

  it('does not flap when what is expected goes up and down', () => {
    const book = new WarningBook(policy);
    for (let i = 0; i < 200; i++)
      book.step(i * HOUR, i % 3 === 0 ? [assessedAt('h', 'orange')] : []);
    const [warning] = book.list();
    expect(warning.events.map(({ act }) => act)).toEqual(['issued', 'escalated']);
  });

  it('stays while its thresholds are nearly reached', () => {
    const book = new WarningBook(policy);
    book.step(0, [assessedAt('h', 'orange')]);
    for (let i = 1; i < 50; i++) book.step(i * HOUR, [assessedAt('h', undefined, 'orange')]);
    expect(book.list()[0].level).toBe('orange');
    expect(book.step(50 * HOUR, [assessedAt('g', undefined, 'orange')])).toEqual([]);
    const [ended] = book.step(53 * HOUR, []);
    expect(ended).toMatchObject({ id: 'w1', endedAt: 53 * HOUR });
  });
});

describe('escalation', () => {
  it('goes to the province when orange is not acknowledged, to the nation when red goes on', () => {
    const book = new WarningBook(policy);
    const orange = [assessedAt('h', 'orange'), assessedAt('k', 'orange')];
    book.step(0, orange);
    book.acknowledge('w2', 'somebody', 'seen', HOUR);
    const changed = book.step(2 * HOUR, orange);
    expect(changed.map(({ id, reach }) => [id, reach])).toEqual([['w1', 'province']]);
    const red = [assessedAt('h', 'red'), assessedAt('k', 'orange')];
    book.step(3 * HOUR, red);
    book.step(8 * HOUR, red);
    expect(book.find('w1')?.reach).toBe('province');
    book.step(9 * HOUR, red);
    expect(book.find('w1')?.reach).toBe('nation');
    expect(book.find('w2')?.reach).toBe('city');
  });

  it('a red warning comes to the province at once', () => {
    const [warning] = new WarningBook(policy).step(0, [assessedAt('h', 'red')]);
    expect(warning.reach).toBe('province');
    expect(warning.events.map(({ act }) => act)).toEqual(['issued', 'escalated']);
  });
});

describe('people', () => {
  it('lift a warning: it stays away until it is worse, or was calm', () => {
    const book = new WarningBook(policy);
    book.step(0, [assessedAt('h', 'yellow')]);
    expect(book.lift('w1', 'officer', 'a count was wrong', HOUR).endedAt).toBe(HOUR);
    expect(book.step(2 * HOUR, [assessedAt('h', 'yellow')])).toEqual([]);
    expect(book.step(3 * HOUR, [assessedAt('h', 'orange')])[0].id).toBe('w2');
    book.lift('w2', 'officer', 'again', 4 * HOUR);
    book.step(5 * HOUR, []);
    expect(book.step(6 * HOUR, [assessedAt('h', 'blue')])[0].id).toBe('w3');
    expect(() => book.lift('w2', 'officer', 'again', 7 * HOUR)).toThrow(NoSuchWarning);
  });

  it('set a level: the rule does not lower it, and raises it above both only', () => {
    const book = new WarningBook(policy);
    book.step(0, [assessedAt('h', 'orange')]);
    book.adjust('w1', 'blue', 'officer', 'vehicles are there', HOUR);
    for (let i = 2; i < 20; i++) book.step(i * HOUR, [assessedAt('h', 'orange')]);
    expect(book.list()[0].level).toBe('blue');
    book.step(20 * HOUR, [assessedAt('h', 'red')]);
    expect(book.list()[0].level).toBe('red');
  });

  it('issue one: only people end it, and there is one a subject', () => {
    const book = new WarningBook(policy);
    const assessment = assessedAt('h', undefined);
    expect(book.issue(assessment, 'yellow', 'officer', 'a strike', 0)?.id).toBe('w1');
    expect(book.issue(assessment, 'red', 'officer', 'a strike', 0)).toBeUndefined();
    for (let i = 1; i < 50; i++) book.step(i * HOUR, []);
    expect(book.list()).toHaveLength(1);
    book.lift('w1', 'officer', 'over', 50 * HOUR);
    expect(book.list()).toEqual([]);
  });
});

describe('a book kept and opened again', () => {
  it('goes on as if it had not been closed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(level, level), { maxLength: 40 }),
        fc.nat(40),
        (levels, stop) => {
          const given = levels.map(([h, g]) => [
            ...(h ? [assessedAt('h', h)] : []),
            ...(g ? [assessedAt('g', g)] : []),
          ]);
          const whole = new WarningBook(policy);
          let parted = new WarningBook(policy);
          for (const [i, assessments] of given.entries()) {
            if (i === stop) {
              const state: WarningBookState = JSON.parse(JSON.stringify(parted.state()));
              parted = WarningBook.restore(policy, state);
            }
            // Who is named first does not matter.
            const changed = whole.step(i * HOUR, assessments);
            expect(parted.step(i * HOUR, assessments.toReversed())).toEqual(changed);
          }
        },
      ),
    );
  });
});
