import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Gate } from '../../src/gate/gate.js';
import { flowOf, gateNetwork } from '../../src/gate/gate-network.js';
import { shareRows } from '../../src/gate/gate-plan.js';
import { DEFAULT_POLICY } from '../../src/gate/policy.js';
import { planSeason } from '../../src/plan/plan.js';
import { capacityLeft } from '../../src/plan/slot-table.js';
import { arbitraryScenario } from '../support/arbitrary-scenario.js';
import { Desk, KEY, recount } from '../support/gate-world.js';

const clock = { now: () => 0, pause: () => Promise.resolve() };

test('G4, G5, G10: a plan’s shares fit as they are, and who asks as planned draws every one of them', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryScenario, async (scenario) => {
      const plan = await planSeason(scenario, { gap: 1e-3, threads: 1, clock });
      const network = gateNetwork(scenario);
      const desk = new Desk(new Gate(network, DEFAULT_POLICY, KEY));
      const { gate } = desk;
      const adopted = gate.adopt(
        {
          version: 1,
          from: 0,
          slots: scenario.slots,
          capacity: capacityLeft(scenario, scenario.slots + network.tail),
          shares: await shareRows(network, plan.releases()),
          prices: plan.prices,
        },
        network.startMs,
      );
      expect(adopted).toBe('adopted');
      const { shares } = gate.state;
      const open = (): number => {
        let sum = 0;
        for (let run = 0; run < shares.runs; run++) sum += shares.left(run);
        return sum;
      };
      expect(open()).toBe(plan.released);
      const { demand } = scenario;
      demand.flowPair.forEach((pair, f) => {
        const flow = flowOf(network, pair, demand.flowService[f]);
        for (let k = demand.cohortStart[f]; k < demand.cohortStart[f + 1]; k++) {
          for (let row = demand.rowStart[k]; row < demand.rowStart[k + 1]; row++) {
            const parcels = demand.rowParcels[row];
            const shipper = demand.rowShipper[row];
            const ready = demand.cohortSlot[k];
            desk.ask(0, { id: `${row}`, shipper, flow, ready, parcels, divisible: true });
          }
        }
      });
      expect(open()).toBe(0);
      expect(recount(gate)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});
