/**
 * The peer: HiGHS on the same scenario, for its optimum, seconds and memory.
 *
 *     npx tsx bench/peer-highs.ts SCENARIO [flow|cohort] [highs-ds|highs-ipm] [SECONDS]
 *
 * `flow` (default) is the most compact exact form that we know (flow-lp.ts), `cohort` the problem as the
 * specification states it (test/support/release-lp.ts); both have the same optimum. The solver is the
 * native HiGHS inside SciPy (`python3` with SciPy on the path: Debian's python3-scipy will do, a newer
 * one has a newer HiGHS). Seconds are those of the solver alone: reading and building count for nothing.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readScenario } from '../src/network/read-scenario.js';
import type { LinearProgramme } from '../test/support/linear-programme.js';
import { buildReleaseLp } from '../test/support/release-lp.js';
import { buildFlowLp } from './flow-lp.js';

const [folder, form = 'flow', method = 'highs-ds', limit = '3600'] = process.argv.slice(2);
const scenario = await readScenario(folder);
const lp = form === 'cohort' ? buildReleaseLp(scenario) : buildFlowLp(scenario);
const answer = solveNatively(lp);
const line = {
  folder,
  form,
  method,
  cohorts: scenario.demand.cohortSlot.length,
  columns: lp.colCost.length,
  rows: lp.rowUpper.length,
  nonzeros: lp.index.length,
  ...answer,
  optimum: answer.optimum === null ? null : answer.optimum + lp.offset,
};
process.stdout.write(`${JSON.stringify(line)}\n`);

/** What peer_highs.py prints. */
interface Answer {
  readonly optimal: boolean;
  readonly optimum: number | null;
  readonly seconds: number;
  readonly bytes: number;
}

function solveNatively(model: LinearProgramme): Answer {
  const arrays = mkdtempSync(join(tmpdir(), 'peer-highs-'));
  try {
    const columns = {
      cost: model.colCost,
      start: model.colStart,
      index: model.index,
      value: model.value,
      lower: model.rowLower,
      upper: model.rowUpper,
    };
    for (const [name, column] of Object.entries(columns)) writeFileSync(join(arrays, name), column);
    const script = fileURLToPath(new URL('peer_highs.py', import.meta.url));
    const out = execFileSync('python3', [script, arrays, method, limit], { encoding: 'utf8' });
    return JSON.parse(out);
  } finally {
    rmSync(arrays, { recursive: true });
  }
}
