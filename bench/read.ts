/**
 * How fast a scenario is read and validated, and in how much memory.
 *
 *     npx tsx bench/read.ts SCENARIO…
 *
 * Prints demand rows a second, wall time from the first read to the scenario in memory (all tables).
 */
import { readScenario } from '../src/network/read-scenario.js';

for (const folder of process.argv.slice(2)) {
  const from = performance.now();
  const cpu = process.cpuUsage();
  let rows = 0;
  const scenario = await readScenario(folder, {
    onProgress: (progress) => {
      if (progress.table === 'demand') rows = progress.rows;
    },
  });
  const seconds = (performance.now() - from) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const { demand, routes } = scenario;
  const line = {
    folder,
    rows,
    cohorts: demand.cohortSlot.length,
    flows: demand.flowPair.length,
    routes: routes.ids.size,
    steps: routes.stepLag.length,
    seconds: seconds.toFixed(1),
    cpuSeconds: ((user + system) / 1e6).toFixed(1),
    rowsPerSecond: Math.round(rows / seconds),
    peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
