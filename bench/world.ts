/**
 * The simulated world (docs/maths/world.md); `npm run build` first, for the seasons are made by the built
 * program, once, in .cache/seasons.
 *
 *     npx tsx bench/world.ts [reserve | sensitivity | season | nation]…
 *
 * `reserve` tells what keeping capacity of hubs free brings and costs. `sensitivity` moves each parameter
 * of the world down and up and tells what turns on it. `season` is 103 days planned again every day,
 * `nation` the nation's first three days, with the wall time of the world and of planning apart, and the
 * process's highest memory. The policies side by side: `cuofeng simulate examples/double-eleven --policy all
 * --runs 100`.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { clock } from '../src/edge/clock.js';
import { readScenario } from '../src/network/read-scenario.js';
import type { Scenario } from '../src/network/scenario.js';
import { PlanCache } from '../src/world/policy/plan-cache.js';
import type { PolicyName } from '../src/world/policy/policy.js';
import {
  ORDINARY,
  PLANNER,
  type Surprises,
  WORLD,
  type WorldParameters,
} from '../src/world/simulation/options.js';
import type { Figures } from '../src/world/simulation/run.js';
import { simulate } from '../src/world/simulation/simulate.js';
import { surprisesAt } from '../src/world/simulation/surprise-levels.js';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Few, for each is planned again and again; `cuofeng simulate --runs` takes more. */
const SEEDS = 3;
const bundled = `${root}examples/double-eleven`;
const seasons: Record<string, string> = {
  season: '--start 2020-11-01T00:00:00+08:00 --slots 2472 --parcels-per-day 56000000',
  nation: '--cities 337 --operators 8 --slots 72 --parcels-per-day 490000000',
};

interface Lived {
  readonly policy: PolicyName;
  readonly seed: number;
  readonly figures: Figures;
  readonly planSeconds: number;
  readonly worldSeconds: number;
}

interface Setting {
  readonly surprises?: Surprises;
  readonly world?: WorldParameters;
  readonly reserve?: number;
  readonly replanHours?: number;
}

/** Down and up: halves and doubles, or the ends of what can be, where there are any. */
const moved: Partial<Record<keyof WorldParameters, readonly [number, number]>> = {
  collectSurge: [1, 3],
  processHours: [1, 3],
  capacityDrop: [0, 0.6],
  crowdedFrom: [0.75, 0.97],
  vehicleParcels: [5_000, 20_000],
  fleetHeadroom: [1, 2],
  hire: [0, 0.1],
  outletWaitHours: [1, 5],
  lockerShare: [0.1, 0.7],
  failedShare: [0, 0.15],
};

const cache = new PlanCache();
const wanted = process.argv.slice(2);
for (const name of wanted.length > 0 ? wanted : ['reserve', 'sensitivity', 'season', 'nation']) {
  if (name === 'reserve') await reserves();
  else if (name === 'sensitivity') await sensitivity();
  else if (name === 'season') await season();
  else if (name === 'nation') await nation();
  else throw new Error(`no benchmark ${name}`);
}

async function reserves(): Promise<void> {
  const scenario = await readScenario(bundled);
  for (const level of ['ordinary', 'hard'] as const) {
    for (const reserve of [0, 0.02, 0.05]) {
      const runs = await live(scenario, 'plan', SEEDS, { reserve, surprises: surprisesAt(level) });
      say(
        `reserve ${reserve}, ${level}: ${zeros(runs)} of ${SEEDS} seeds without overflow at important hubs, ` +
          `${mean(runs, 'overflowHours').toFixed(1)} hub-hours at all, ready to delivered ${mean(runs, 'meanHours').toFixed(2)} h`,
      );
    }
  }
}

async function sensitivity(): Promise<void> {
  const scenario = await readScenario(bundled);
  const judged = async (name: string, world: WorldParameters): Promise<void> => {
    const [free, throttled, planned] = [
      await live(scenario, 'at-once', SEEDS, { world }),
      await live(scenario, 'throttle', SEEDS, { world }),
      await live(scenario, 'plan', SEEDS, { world }),
    ];
    const hours = (runs: readonly Lived[], figure: keyof Figures) => mean(runs, figure).toFixed(1);
    say(
      `${name} | at once: gridlock ${hours(free, 'gridlockHours')}, overflow ${hours(free, 'importantOverflowHours')}, mean ${hours(free, 'meanHours')} h` +
        ` | plan: overflow ${hours(planned, 'importantOverflowHours')}, mean ${hours(planned, 'meanHours')} h` +
        ` | throttle − plan ${(mean(throttled, 'meanHours') - mean(planned, 'meanHours')).toFixed(1)} h`,
    );
  };
  await judged('as it is', WORLD);
  for (const [name, values] of Object.entries(moved)) {
    for (const value of values) await judged(`${name} ${value}`, { ...WORLD, [name]: value });
  }
}

async function season(): Promise<void> {
  const scenario = await readScenario(generated('season'));
  for (const policy of ['at-once', 'throttle', 'plan'] as const) {
    show(await live(scenario, policy, 1, {}));
  }
}

async function nation(): Promise<void> {
  const scenario = await readScenario(generated('nation'));
  // Planned once, and once more for what is left when its demand ends.
  for (const policy of ['at-once', 'throttle', 'first-served', 'plan'] as const) {
    show(await live(scenario, policy, 1, { replanHours: 1000 }));
  }
}

async function live(
  scenario: Scenario,
  policy: PolicyName,
  seeds: number,
  { surprises = ORDINARY, world = WORLD, ...planning }: Setting,
): Promise<Lived[]> {
  const planner = { ...PLANNER, threads: 2, ...planning };
  const runs: Lived[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    const run = await simulate(scenario, { policy, seed, surprises, world, planner, clock }, cache);
    const { figures, planSeconds, worldSeconds } = run;
    runs.push({ policy, seed, figures, planSeconds, worldSeconds });
  }
  return runs;
}

function show(runs: readonly Lived[]): void {
  for (const { policy, seed, figures, worldSeconds, planSeconds } of runs) {
    const { gridlockHours, importantOverflowHours, overflowHours, meanHours, holdMeanHours } =
      figures;
    say(
      `${policy}, seed ${seed}: gridlock ${gridlockHours} h, overflow ${importantOverflowHours} hub-h at important hubs, ` +
        `${overflowHours} at all; ready to delivered ${meanHours.toFixed(2)} h, of it held ${holdMeanHours.toFixed(2)} h; ` +
        `${figures.delivered} of ${figures.ready} delivered; world ${worldSeconds.toFixed(1)} s, planning ${planSeconds.toFixed(1)} s, ` +
        `highest memory so far ${(process.resourceUsage().maxRSS / 1e6).toFixed(2)} GB`,
    );
  }
}

function mean(runs: readonly Lived[], figure: keyof Figures): number {
  return runs.reduce((sum, { figures }) => sum + figures[figure], 0) / runs.length;
}

function zeros(runs: readonly Lived[]): number {
  return runs.filter(({ figures }) => figures.importantOverflowHours === 0).length;
}

/** The folder of a generated season, made if it is not there. */
function generated(name: string): string {
  const folder = `${root}.cache/seasons/world-${name}`;
  if (existsSync(folder)) return folder;
  mkdirSync(`${root}.cache/seasons`, { recursive: true });
  const flags = ['--tight-hubs', '--format', 'parquet', '--seed', '1', ...seasons[name].split(' ')];
  const program = `${root}dist/edge/cli/main.js`;
  execFileSync('node', [program, 'scenario', 'generate', '-o', folder, ...flags]);
  return folder;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
