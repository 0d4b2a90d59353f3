import type { Scenario } from '../../network/scenario.js';
import type { SimulationRun } from '../../world/simulation/run.js';
import { count, decimal, textTable } from './text-table.js';

/** Hubs that are listed: as many as one looks at. */
const HUBS_SHOWN = 10;

/** The hubs that are over their floor longest under any policy, means over seeds. */
export function worstHubLines({ resources }: Scenario, runs: readonly SimulationRun[]): string[] {
  const policies = [...new Set(runs.map(({ policy }) => policy))];
  const [{ hubs, important }] = runs;
  const hours = policies.map((policy) => meanHours(runs.filter((run) => run.policy === policy)));
  const worst = Float64Array.from(hubs, (_, h) => Math.max(...hours.map((of) => of[h])));
  const listed = [...hubs.keys()]
    .filter((h) => worst[h] > 0)
    .toSorted((a, b) => worst[b] - worst[a] || a - b);
  if (listed.length === 0) return ['No hub is over its floor.'];
  const cut = listed.length > HUBS_SHOWN ? `, the ${HUBS_SHOWN} worst of ${listed.length}` : '';
  return [
    `Hours over the floor${cut}`,
    ...textTable(
      ['', 'important', 'floor', ...policies],
      listed
        .slice(0, HUBS_SHOWN)
        .map((h) => [
          resources.ids.get(hubs[h]),
          important[h] === 1 ? 'yes' : '',
          count(resources.floor[hubs[h]]),
          ...hours.map((of) => decimal(of[h], 1)),
        ]),
    ),
  ];
}

/** Hours over the floor of each hub, mean over runs. */
function meanHours(runs: readonly SimulationRun[]): Float64Array {
  const hours = new Float64Array(runs[0].hubs.length);
  for (const { overflow, slotMinutes } of runs) {
    for (let i = 0; i < overflow.length; i++)
      hours[i % hours.length] += (overflow[i] * slotMinutes) / 60;
  }
  return hours.map((sum) => sum / runs.length);
}
