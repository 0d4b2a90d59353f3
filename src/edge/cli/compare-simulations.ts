import { FaultList, FaultyInput } from '../../network/fault.js';
import { readSettings } from '../../network/read-settings.js';
import { TableFolder } from '../../network/table-files.js';
import { compareRuns, type LabelledRun } from '../../world/simulation/compare-runs.js';
import { readSimulation } from '../../world/simulation/read-simulation.js';
import {
  SIMULATED,
  SIMULATION_FILE,
  type SimulationSummary,
} from '../../world/simulation/simulation-files.js';
import { CommandLine } from './command-line.js';
import {
  differenceLines,
  figureLines,
  modelledText,
  rangeLines,
  settingsText,
  zeroLines,
} from './simulation-text.js';

interface Simulation {
  readonly folder: string;
  readonly summary: SimulationSummary;
}

/** Policies of simulations side by side. A policy that is in several folders is told apart by them. */
export async function compareSimulationFolders(
  scenario: string,
  folders: readonly string[],
  { base: wanted, json }: { readonly base?: string; readonly json?: boolean },
): Promise<void> {
  const simulations: Simulation[] = [];
  for (const folder of folders) {
    simulations.push({ folder, summary: (await readSimulation(folder)).summary });
  }
  await checkScenario(scenario, simulations);
  const runs = labelledRuns(simulations);
  const base = checkedBase(wanted, folders, runs);
  const comparison = compareRuns(runs, base);
  const hasSeeds = comparison.policies.some(({ seeds }) => seeds > 1);
  const lines = json
    ? [
        JSON.stringify(
          { about: SIMULATED, simulations: simulations.map(settingsOf), ...comparison },
          null,
          2,
        ),
      ]
    : [
        ...headLines(simulations),
        '',
        ...figureLines(comparison),
        ...(hasSeeds ? ['', ...rangeLines(comparison), '', ...zeroLines(comparison)] : []),
        ...(comparison.policies.length > 1 ? ['', ...differenceLines(comparison)] : []),
      ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** @throws FaultyInput where a simulation is of another scenario, by what its file says. */
async function checkScenario(path: string, simulations: readonly Simulation[]): Promise<void> {
  const faults = new FaultList();
  const folder = await TableFolder.open(path, faults);
  const settings = folder && (await readSettings(folder, faults));
  if (faults.total > 0 || !settings) throw new FaultyInput(faults);
  for (const { folder: at, summary } of simulations) {
    const here = [settings.name, settings.start, settings.slotMinutes, settings.slots];
    const there = [summary.scenario, summary.start, summary.slotMinutes, summary.slots];
    for (const [i, field] of ['scenario', 'start', 'slotMinutes', 'slots'].entries()) {
      if (here[i] === there[i]) continue;
      const text = `${JSON.stringify(there[i])}, but the scenario has ${JSON.stringify(here[i])}`;
      const cure = 'Name the scenario that was simulated.';
      const file = `${at}/${SIMULATION_FILE}`;
      faults.add({ file, line: 0, field, rule: 'other-scenario', text, cure });
    }
  }
  if (faults.total > 0) throw new FaultyInput(faults);
}

function labelledRuns(simulations: readonly Simulation[]): LabelledRun[] {
  const isIn = (policy: string) => (simulation: Simulation) =>
    simulation.summary.runs.some((run) => run.policy === policy);
  return simulations.flatMap(({ folder, summary }) =>
    summary.runs.map(({ policy, seed, figures }) => {
      const isAlone = simulations.filter(isIn(policy)).length === 1;
      return { label: isAlone ? policy : `${policy} (${folder})`, seed, figures };
    }),
  );
}

/** What differences are taken from: what is asked for, else the first plan, else the first policy. */
function checkedBase(
  wanted: string | undefined,
  folders: readonly string[],
  runs: readonly LabelledRun[],
): string {
  const line = new CommandLine();
  const labels = [...new Set(runs.map(({ label }) => label))];
  for (const folder of new Set(folders.filter((f, i) => folders.indexOf(f) < i))) {
    line.add('folders', 'folder-twice', `${folder} occurs twice`, 'Name each simulation once.');
  }
  if (wanted !== undefined && !labels.includes(wanted)) {
    const cure = `Name one of ${labels.map((label) => JSON.stringify(label)).join(', ')}.`;
    line.add('--base', 'unknown-base', `${JSON.stringify(wanted)} was not simulated`, cure);
  }
  line.end();
  return wanted ?? labels.find((label) => /^plan\b/.test(label)) ?? labels[0];
}

function headLines(simulations: readonly Simulation[]): string[] {
  const [{ summary }] = simulations;
  return [
    summary.scenario,
    `  ${modelledText(summary.generated)}`,
    ...simulations.map(({ folder, summary: of }) => {
      const seeds = of.runs.map(({ seed }) => seed);
      return `  ${folder}: ${settingsText({ ...of, seeds, ...of.planner })}`;
    }),
    ...worldNotes(simulations),
  ];
}

/** Parameters of the world that are not the same in all simulations. */
function worldNotes(simulations: readonly Simulation[]): string[] {
  const worlds = simulations.map(({ summary }) => new Map(Object.entries(summary.world)));
  const names = new Set(worlds.flatMap((world) => [...world.keys()]));
  return [...names].flatMap((name) => {
    const values = worlds.map((world) => JSON.stringify(world.get(name)));
    if (new Set(values).size === 1) return [];
    return [`  note: the worlds differ: ${name} is ${values.join(', ')}`];
  });
}

function settingsOf({ folder, summary }: Simulation) {
  const { runs: _, hubs: __, ...settings } = summary;
  return { folder, ...settings };
}
