import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readScenario } from '../../../src/network/read-scenario.js';
import type { Scenario } from '../../../src/network/scenario.js';
import { writeWorld } from '../scenario-folder.js';

/** What a hub takes an hour: few requests fill its first hours, on a slow machine too, so that some are refused. */
const CAPACITY = 90;

/** Two operators that share nothing, so two shards; a hub each for two pairs, and another way for one of them. */
export async function writeKillWorld(folder: string): Promise<Scenario> {
  const operators = ['east', 'west'];
  const flows = [
    { origin: 'x', destination: 'y' },
    { origin: 'y', destination: 'x' },
  ];
  await writeWorld(
    folder,
    {
      name: 'made up, to kill processes by',
      slots: 48,
      resources: operators.flatMap((operator) => [
        { id: `${operator}/hub`, operator, capacity: CAPACITY },
        { id: `${operator}/side`, operator, capacity: CAPACITY / 3 },
      ]),
      routes: operators.flatMap((operator) => [
        ...flows.map((flow, i) => ({
          id: `${operator}/${i}`,
          operator,
          ...flow,
          steps: [{ resource: `${operator}/hub` }],
        })),
        {
          id: `${operator}/round`,
          operator,
          ...flows[0],
          cost: 0.5,
          steps: [{ resource: `${operator}/hub` }, { resource: `${operator}/side`, lag: 1 }],
        },
      ]),
      demand: ['mall', 'bazaar', 'souk'].flatMap((shipper, i) =>
        operators.flatMap((operator) =>
          flows.map((flow) => ({ shipper, operator, ...flow, slot: 0, parcels: 10 * (i + 1) })),
        ),
      ),
    },
    { format: 'csv' },
  );
  const file = join(folder, 'scenario.json');
  const meta = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(file, JSON.stringify({ ...meta, generated: { by: 'test/support/kills' } }));
  return readScenario(folder);
}
