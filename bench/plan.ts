/**
 * The planner, files to files, on generated seasons; each line is one run of the built program
 * (`npm run build` first), checked by `cuofeng check`.
 *
 *     npx tsx bench/plan.ts [12 | 25 | 50 | nation | special | warm]…
 *
 * `12` and `25` run HiGHS beside it (peer-highs.ts), on the same season, one after the other.
 * `special` has commitments, parcels carried from before, occupancy steps, every delivery binding and
 * shared resources, each against the plain season. `warm` closes a small and a main hub and plans
 * again, cold and from the prices of the plan before the closure. Seasons are made once, in
 * .cache/seasons. The nation takes about 4 GB of memory and some minutes.
 */
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const program = `${root}dist/edge/cli/main.js`;
const cache = `${root}.cache/seasons`;
const small = ['--operators', '2', '--slots', '48'];
const seasons: Record<string, readonly string[]> = {
  '12': ['--cities', '12', ...small, '--parcels-per-day', '2000000'],
  '25': ['--cities', '25', ...small, '--parcels-per-day', '4000000'],
  '50': ['--cities', '50', '--operators', '3', '--slots', '72', '--parcels-per-day', '8000000'],
  nation: [
    '--cities',
    '337',
    '--operators',
    '8',
    '--slots',
    '72',
    '--parcels-per-day',
    '490000000',
  ],
};
const special: Record<string, string> = {
  commitments: '--commitments',
  'carried from before': '--carried-over',
  'occupancy steps': '--span',
  'every delivery binding': '--tight-delivery',
  'shared resources': '--shared',
};

let plans = 0;
const wanted = process.argv.slice(2);
for (const name of wanted.length > 0 ? wanted : ['12', '25', '50', 'special', 'warm', 'nation']) {
  if (name === '12') await withPeer('12', 2e-4);
  else if (name === '25') await withPeer('25', 3e-4);
  else if (name === '50') show('50 cities', await plan(season('50'), ['--gap', '0.001']));
  else if (name === 'nation') await nation();
  else if (name === 'special') await specialCases();
  else if (name === 'warm') await warmStart();
  else throw new Error(`no benchmark ${name}`);
}

interface Run {
  readonly objective: number;
  readonly bound: number;
  readonly gap: number;
  /** As plan.json states them: from the first read to the last file closed. */
  readonly seconds: number;
  /** Largest resident memory of the process. */
  readonly bytes: number;
  readonly verdict: string;
  readonly folder: string;
}

async function nation(): Promise<void> {
  const options = ['--gap', '0.005', '--format', 'parquet'];
  show('nation, files to files', await plan(season('nation', ['--format', 'parquet']), options));
}

async function withPeer(name: string, gap: number): Promise<void> {
  const folder = season(name);
  const own = await plan(folder, ['--gap', String(gap)]);
  show(`${name} cities`, own);
  const peer = JSON.parse(
    execFileSync('npx', ['tsx', `${root}bench/peer-highs.ts`, folder], { encoding: 'utf8' }),
  );
  say(
    `  HiGHS, compact LP, dual simplex: optimum ${peer.optimum.toFixed(2)} in ${peer.seconds.toFixed(1)} s (solver alone), ${(peer.bytes / 1e9).toFixed(2)} GB`,
  );
  say(
    `  Z above the optimum by ${(own.objective / peer.optimum - 1).toExponential(2)}, L below by ${(1 - own.bound / peer.optimum).toExponential(2)}; ${(peer.seconds / own.seconds).toFixed(1)} times faster, files to files against solver alone`,
  );
}

async function specialCases(): Promise<void> {
  const plain = await plan(season('12'), ['--gap', '0.0002']);
  show('12 cities, plain', plain);
  for (const [name, flag] of Object.entries(special)) {
    const run = await plan(season('12', [flag]), ['--gap', '0.0002']);
    show(`12 cities, ${name}`, run);
    say(
      `  against the plain season: time × ${(run.seconds / plain.seconds).toFixed(2)}, gap × ${(run.gap / plain.gap).toFixed(2)}`,
    );
  }
}

async function warmStart(): Promise<void> {
  const folder = season('25');
  const before = await plan(folder, ['--gap', '0.0003']);
  show('25 cities, before the closure', before);
  const hubs = readFileSync(`${folder}/resources.csv`, 'utf8')
    .split('\n')
    .map((line) => line.split(','))
    .filter((cells) => cells[1] === 'hub')
    .toSorted((a, b) => Number(a[6]) - Number(b[6]));
  for (const [which, hub] of [
    ['smallest hub', hubs[0][0]],
    ['largest hub', hubs[hubs.length - 1][0]],
  ]) {
    const closed = `${cache}/closed`;
    rmSync(closed, { recursive: true, force: true });
    cpSync(folder, closed, { recursive: true });
    const slots = Array.from({ length: 24 }, (_, i) => `${hub},${i + 10},0`);
    writeFileSync(`${closed}/capacity.csv`, `resource,slot,capacity\n${slots.join('\n')}\n`);
    const cold = await plan(closed, ['--gap', '0.0003']);
    show(`25 cities, ${which} closed for 24 slots, cold`, cold);
    const options = ['--gap', String(Math.max(3e-4, cold.gap)), '--warm-start', before.folder];
    const warm = await plan(closed, options);
    show(`25 cities, ${which} closed for 24 slots, warm`, warm);
    say(`  warm against cold: time × ${(warm.seconds / cold.seconds).toFixed(2)}`);
  }
}

/** The folder of a generated season, made if it is not there. */
function season(name: string, more: readonly string[] = []): string {
  const folder = `${cache}/${[name, ...more].join('').replaceAll('--', '-').replaceAll(' ', '')}`;
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const options = [...seasons[name], ...more, '--seed', '1'];
  execFileSync('node', [program, 'scenario', 'generate', '-o', folder, ...options]);
  return folder;
}

async function plan(folder: string, options: readonly string[]): Promise<Run> {
  const out = `${cache}/plan-${plans++}`;
  const child = spawn('node', [program, 'plan', folder, '-o', out, ...options], {
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  let bytes = 0;
  const watch = setInterval(() => {
    bytes = Math.max(bytes, peakBytes(child.pid ?? 0));
  }, 100);
  const code = await new Promise((done) => child.on('exit', done));
  clearInterval(watch);
  if (code !== 0) throw new Error(`plan ${folder} ended with ${String(code)}`);
  const summary = JSON.parse(readFileSync(`${out}/plan.json`, 'utf8'));
  const report = execFileSync('node', [program, 'check', folder, out], { encoding: 'utf8' });
  return { ...summary, bytes, verdict: report.split('\n')[0], folder: out };
}

/** High-water mark of a process's resident memory, as Linux tells it. */
function peakBytes(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return 1024 * Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0);
  } catch {
    return 0; // ended between two looks
  }
}

function show(name: string, { gap, seconds, bytes, objective, verdict }: Run): void {
  say(
    `${name}: gap ${gap.toExponential(2)}, Z ${objective.toFixed(2)}, ${seconds.toFixed(1)} s, ${(bytes / 1e9).toFixed(2)} GB. ${verdict}`,
  );
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
