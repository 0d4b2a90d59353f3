import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { replayEvents } from '../../../src/edge/warn/warn-events.js';
import { LEVELS, type Warning } from '../../../src/warn/warning.js';
import { makeOrganisations } from '../../support/access-world.js';
import { testDatabase } from '../../support/postgres.js';
import { assessed, HOUR_MS, WarnProcesses } from '../../support/warn-processes.js';

const SUBJECTS = ['A/hub/HZ', 'A/hub/SZ', 'B/hub', '330100', '000000'];

async function world(): Promise<WarnProcesses> {
  const { database } = await testDatabase();
  return WarnProcesses.open(database);
}

/** All that became of warnings, in order. */
async function acts({ store }: ReturnType<WarnProcesses['process']>): Promise<string[]> {
  const events = await store.eventsAfter(0, 10_000);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_event, i) => i + 1));
  return events.map(({ number, act, level, reach }) => `w${number} ${act} ${level} ${reach}`);
}

test('W1: two processes at once issue a warning once; the other follows, and takes over when the first ends', async () => {
  const here = await world();
  const [a, b] = [here.process('a'), here.process('b')];
  here.says = [assessed('A/hub/HZ', 'yellow')];
  const rounds = await Promise.all([a.watch.round(), b.watch.round(), a.watch.round()]);
  expect(rounds.filter((changed) => changed === undefined).length).toBeGreaterThan(0);
  expect(await acts(a)).toEqual(['w1 issued yellow city']);
  const owns = rounds[0] === undefined ? b : a;
  const follows = owns === a ? b : a;
  expect((await follows.reader.open()).warnings.map(({ id }) => id)).toEqual(['w1']);
  await owns.watch.stop();
  here.says = [assessed('A/hub/HZ', 'orange')];
  here.clock.now += HOUR_MS;
  await follows.watch.round();
  expect(await acts(b)).toEqual(['w1 issued yellow city', 'w1 raised orange city']);
});

test('a process that lost its lease while it assessed writes nothing', async () => {
  const here = await world();
  const [a, b] = [here.process('a'), here.process('b')];
  here.says = [assessed('A/hub/HZ', 'yellow')];
  expect(await a.store.claim('a', 0)).toBe(true);
  expect(await b.store.claim('b', 60_000)).toBe(true);
  const late = await a.store.change('a', async () => expect.fail('it is another process’s'));
  expect(late).toBeUndefined();
  await b.watch.round();
  expect(await acts(a)).toHaveLength(1);
});

test('W6: escalation by rule: to the province when nobody acknowledges orange for two hours, to the nation when it is red for six', async () => {
  const here = await world();
  await makeOrganisations(here.database);
  const { watch, store } = here.process('a');
  const step = async (hours: number, level: 'orange' | 'red'): Promise<void> => {
    here.clock.now += hours * HOUR_MS;
    here.says = [assessed('A/hub/HZ', level)];
    await watch.round();
  };
  await step(0, 'orange');
  await step(1, 'orange');
  await step(1, 'orange');
  await step(1, 'red');
  await step(6, 'red');
  const events = await store.eventsOf([1]);
  expect(events.map(({ act, reach, notified }) => [act, reach, ...notified])).toEqual([
    ['issued', 'city', 'HZPA'],
    ['escalated', 'province', 'ZJPA'],
    ['raised', 'province', 'HZPA', 'ZJPA'],
    ['escalated', 'nation', 'SPB'],
  ]);
});

test('a network without scans and without a plan is assessed, and calm', async () => {
  const here = await world();
  const { real, reader } = here.process('a');
  expect(await real.round()).toEqual([]);
  expect((await reader.open()).at).toBe(here.clock.now);
});

const said = fc.record({
  hours: fc.integer({ min: 0, max: 4 }),
  levels: fc.array(fc.option(fc.constantFrom(...LEVELS)), { minLength: 5, maxLength: 5 }),
  /** Which of three processes has the turn: some have just begun. */
  turn: fc.nat(2),
  restarts: fc.boolean(),
});

test('W2: warnings are a replay of their events, and go on over restarts as if there were none', async () => {
  const { database } = await testDatabase();
  await fc.assert(
    fc.asyncProperty(fc.array(said, { minLength: 1, maxLength: 12 }), async (steps) => {
      // The book of one run at a time: another is another season's.
      const broken = await WarnProcesses.open(database);
      const whole = await WarnProcesses.open(database);
      const first = broken.season.id;
      const runs = [
        { here: broken, id: `${first}.b${(count += 1)}`, restarts: true },
        { here: whole, id: `${first}.w${count}`, restarts: false },
      ];
      const ends: unknown[] = [];
      for (const { here, id, restarts } of runs) {
        await copySeason(database, first, id);
        Object.assign(here.season, { id });
        const processes = ['a', 'b', 'c'].map((name) => here.process(name));
        for (const { hours, levels, turn, restarts: now } of steps) {
          here.clock.now += hours * HOUR_MS;
          here.says = levels.flatMap((level, i) =>
            level === null ? [] : [assessed(SUBJECTS[i], level)],
          );
          const which = restarts ? turn : 0;
          if (restarts && now) processes[which] = here.process(`again ${(count += 1)}`);
          await processes[which].watch.round();
          if (restarts) await processes[which].watch.stop();
        }
        const [{ store, reader }] = processes;
        const events = await store.eventsAfter(0, 10_000);
        const replayed = [...replayEvents(events).values()];
        const { warnings } = await reader.open();
        const open = replayed.filter(({ endedAt }) => endedAt === undefined);
        expect(open.map(plain).toReversed()).toEqual(warnings.map(plain));
        ends.push(events.map(({ seq, number, at, act, level }) => [seq, number, at, act, level]));
      }
      expect(ends[0]).toEqual(ends[1]);
    }),
    { numRuns: 15 },
  );
});

let count = 0;

async function copySeason(
  database: WarnProcesses['database'],
  from: string,
  to: string,
): Promise<void> {
  await database.ledger.query(
    `INSERT INTO gate_season (id, name, start_ms, clock_offset_ms, id_key)
     SELECT $2, name, start_ms, clock_offset_ms, id_key FROM gate_season WHERE id = $1`,
    [from, to],
  );
}

/** Without the figures of the last assessment: only those of the last event are kept. */
function plain({ assessment: { subject }, ...warning }: Warning): object {
  return { ...warning, subject };
}
