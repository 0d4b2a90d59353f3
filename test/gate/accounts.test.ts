import { expect, test } from 'vitest';
import { Accounts } from '../../src/gate/accounts.js';
import { gateNetwork } from '../../src/gate/gate-network.js';
import { scenarioFrom } from '../support/scenario-from.js';

const network = gateNetwork(
  scenarioFrom({
    slots: 1,
    resources: [{ id: 'hub', capacity: 1 }],
    routes: [{ id: 'way', origin: 'x', destination: 'y', steps: [{ resource: 'hub' }] }],
    demand: [],
  }),
);

test('accounts are numbered by first appearance and found again, however many there are', () => {
  const accounts = new Accounts(network);
  const count = 5000;
  for (let a = 0; a < count; a++) {
    expect(accounts.find(a % 7, a)).toBe(-1);
    expect(accounts.open(a % 7, a)).toBe(a);
    accounts.setRun(a, 3 * a);
  }
  for (let a = 0; a < count; a++) {
    expect(accounts.open(a % 7, a)).toBe(a);
    expect([accounts.shipper(a), accounts.flow(a), accounts.run(a)]).toEqual([a % 7, a, 3 * a]);
  }
  expect(accounts.size).toBe(count);
});
