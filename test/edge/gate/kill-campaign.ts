import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { KINDS, killCampaign } from '../../support/kills/campaign.js';

/** The kills of kills.test.ts by hand, as many as one likes: `npm run build:node && npx tsx test/edge/gate/kill-campaign.ts --kills 1000`. */
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
  },
});
const folder = await mkdtemp(join(tmpdir(), 'cuofeng-kills-'));
// Where root runs this, the server runs as another user.
await chmod(folder, 0o711);
try {
  const [kills, seed] = [Number(values.kills), Number(values.seed)];
  const report = await killCampaign({ kills, seed, folder, say });
  const { byKind, takeOversMs, load, books, found, seconds } = report;
  for (const kind of KINDS) say(`${String(byKind.get(kind) ?? 0).padStart(8)}  ${kind}`);
  const times = takeOversMs.toSorted((a, b) => a - b);
  const at = (share: number) => `${Math.round(times[Math.ceil(share * times.length) - 1])} ms`;
  say(`${times.length} take-overs: median ${at(0.5)}, 99 % within ${at(0.99)}, most ${at(1)}`);
  const { requests, told, counts, unanswered, failed } = load;
  say(`${requests} requests: ${JSON.stringify(told)}, calls ${JSON.stringify(counts)}`);
  say(`${unanswered} calls never answered, ${failed} failed; ${found} requests in the ledger`);
  for (const text of load.failures) say(`failed: ${text}`);
  for (const text of report.crashes) say(`ended by itself: ${text}`);
  for (const { rule, shard, seq, text } of books.faults.first)
    say(`${rule} ${shard} ${seq} ${text}`);
  say(`${books.faults.total} faults in the books after ${kills} kills, ${Math.round(seconds)} s`);
  const wrong =
    report.crashes.length +
    books.faults.total +
    unanswered +
    failed +
    told.contradictions +
    told.errors;
  process.exitCode = wrong === 0 ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
