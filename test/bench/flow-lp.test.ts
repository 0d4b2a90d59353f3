import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildFlowLp } from '../../bench/flow-lp.js';
import { arbitraryScenario } from '../support/arbitrary-scenario.js';
import { solveLp, solveWithHighs } from '../support/highs-oracle.js';

it('the compact form that the peer solves has the optimum of the problem as specified', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryScenario, async (scenario) => {
      const specified = await solveWithHighs(scenario);
      const compact = await solveLp(buildFlowLp(scenario));
      const slack = 1e-7 * Math.max(1, specified.optimum);
      expect(Math.abs(compact.optimum - specified.optimum)).toBeLessThan(slack);
    }),
    { numRuns: 200 },
  );
});
