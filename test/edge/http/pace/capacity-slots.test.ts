import { expect, onTestFinished, test } from 'vitest';
import { findDeclaration } from '../../../../src/edge/access/declarations.js';
import { addOrganisation } from '../../../../src/edge/access/organisations.js';
import { NOW } from '../../../support/fake-gate.js';
import { clientOf } from '../../../support/gate-clients.js';
import { startGateServer } from '../../../support/gate-server.js';
import { testDatabase } from '../../../support/postgres.js';

const slot = (n: number) => new Date(NOW + n * 3_600_000).toISOString();

test('by slot: licensed, in force and waiting; approved it is in force, withdrawn what was before', async () => {
  const { database } = await testDatabase();
  const nation = { level: 'nation', region: '000000' } as const;
  const organisations = [
    { id: 'SPB', kind: 'administration', ...nation },
    { id: 'op', kind: 'operator', ...nation },
  ] as const;
  for (const each of organisations) await addOrganisation(database, 'command-line', each, NOW);
  const guarded = { findDeclaration: (id: string) => findDeclaration(database, id) };
  const server = await startGateServer({}, { database, guarded });
  onTestFinished(() => server.stop());
  const operator = clientOf(server, 'operator');
  const declare = async (from: number, until: number, parcels: number) => {
    const range = { from: slot(from), until: slot(until) };
    const item = { resource: 'hub', ...range, parcels, reason: 'staff' };
    return (await operator.declareCapacities({ declarations: [item] })).declarations;
  };
  const hub = async () =>
    (await operator.listCapacities({ from: 1, until: 6 })).resources.find(({ id }) => id === 'hub');

  await declare(1, 3, 80);
  const [waiting] = await declare(2, 3, 130);
  expect(await hub()).toMatchObject({
    licensed: [100, 100, 50, 100, 100],
    inForce: [80, 80, 50, 100, 100],
    waiting: [null, 130, null, null, null],
  });
  await clientOf(server, 'nation').approveDeclaration(waiting.id, { reason: 'seen' });
  expect(await hub()).toMatchObject({
    inForce: [80, 130, 50, 100, 100],
    waiting: [null, null, null, null, null],
  });
  await operator.withdrawDeclaration(waiting.id, { reason: 'no staff' });
  expect(await hub()).toMatchObject({ inForce: [80, 80, 50, 100, 100] });
  expect(await operator.listCapacities({ from: 0, until: 2, kind: 'lane' })).toMatchObject({
    resources: [],
  });
  const nationwide = await clientOf(server, 'nation').listCapacities({ from: 0, until: 1 });
  expect(nationwide.resources.map(({ id }) => id)).toEqual(['hub', 'far']);
  await expect(
    clientOf(server, 'mall').listCapacities({ from: 0, until: 1 }),
  ).rejects.toMatchObject({ status: 403 });
  await expect(operator.listCapacities({ from: 0, until: 100_000 })).resolves.toMatchObject({
    slots: { until: 48 },
  });
});
