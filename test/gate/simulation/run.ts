import { parseArgs } from 'node:util';
import { type Campaign, campaign, reproduction } from './campaign.js';
import { MUTANTS, spoiledRooms } from './mutants.js';

/**
 * The campaign by hand: `--seeds FROM..TO` or one seed, `--mutants` for the detection rate of each planted bug. Seeds are
 * independent: two processes with halves of them use two cores.
 */
const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '1..5000' }, mutants: { type: 'boolean' } },
});
const [from, to = from] = values.seeds.split('..').map(Number);
if (values.mutants) await mutants();
else await seeds();

async function seeds(): Promise<void> {
  const sum = await campaign(from, to, {
    failuresMost: 20,
    watch: ({ runs, failed }, { violations }) => {
      const last = failed.at(-1);
      if (last && violations.length > 0) say(reproduction(last));
      if (runs % 10_000 === 0) say(`${runs} histories, ${failed.length} with violations`);
    },
  });
  report(sum);
  if (sum.failed.length > 0 || (to > from && sum.reach.missing.length > 0)) process.exitCode = 1;
}

function report({ runs, reach, requests, entries, happenings, failed }: Campaign): void {
  for (const [name, times] of reach.counts) say(`${String(times).padStart(10)}  ${name}`);
  if (to > from) for (const name of reach.missing) say(`never reached: ${name}`);
  say(`${happenings} happenings, ${requests} requests, ${entries} entries of the journal`);
  const bound =
    failed.length === 0 && to > from ? ` (95 % bound ${(3 / runs).toPrecision(2)} a history)` : '';
  say(
    `${failed.length} violations in ${runs} histories, seeds ${from} to ${from + runs - 1}${bound}`,
  );
}

async function mutants(): Promise<void> {
  for (const mutant of MUTANTS) {
    const { runs, failed } = await campaign(from, to, { rooms: await spoiledRooms(mutant) });
    const share = ((100 * failed.length) / runs).toFixed(1).padStart(5);
    const first = failed[0];
    const seen = first ? `first by seed ${first.seed}: ${first.violations[0]}` : 'NOT SEEN';
    say(`${share} % of ${runs}  ${mutant.name} — ${seen}`);
    if (!first) process.exitCode = 1;
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
