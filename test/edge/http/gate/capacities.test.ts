import { expect, onTestFinished, test } from 'vitest';
import { findDeclaration } from '../../../../src/edge/access/declarations.js';
import { addOrganisation } from '../../../../src/edge/access/organisations.js';
import { NOW } from '../../../support/fake-gate.js';
import { clientOf } from '../../../support/gate-clients.js';
import { startGateServer } from '../../../support/gate-server.js';
import { testDatabase } from '../../../support/postgres.js';

const HOUR_MS = 3_600_000;
/** Start of slot n, as answers write it. */
const slot = (n: number) => new Date(NOW + n * HOUR_MS).toISOString();

/** A server over a database with the operator `op`, whose hub takes 100 an hour, 50 in slot 3, and who decides. */
async function world() {
  const { database } = await testDatabase();
  const nation = { level: 'nation', region: '000000' } as const;
  for (const organisation of [
    { id: 'SPB', kind: 'administration', ...nation },
    { id: 'op', kind: 'operator', ...nation },
  ] as const) {
    await addOrganisation(database, 'command-line', organisation, NOW);
  }
  const guarded = { findDeclaration: (id: string) => findDeclaration(database, id) };
  const server = await startGateServer({}, { database, guarded });
  onTestFinished(() => server.stop());
  const operator = clientOf(server, 'operator');
  const declare = async (from: number, until: number, parcels: number, validUntil?: number) => {
    const range = { from: slot(from), until: slot(until) };
    const declaration = {
      resource: 'hub',
      ...range,
      parcels,
      reason: 'staff',
      ...(validUntil !== undefined && { validUntil: slot(validUntil) }),
    };
    return (await operator.declareCapacities({ declarations: [declaration] })).declarations;
  };
  /** What the gate was told, and forgets. */
  const told = () =>
    server.gate.capacities.splice(0).map(({ slotStart, parcels }) => {
      return [(Date.parse(slotStart) - NOW) / HOUR_MS, parcels];
    });
  return { server, operator, nation: clientOf(server, 'nation'), declare, told };
}

test('G8: a value up to the licensed one counts before the answer is given', async () => {
  const { declare, told } = await world();
  expect(await declare(1, 3, 80)).toMatchObject([
    { state: 'in force', parcels: 80, licensed: 100 },
  ]);
  expect(told()).toEqual([
    [1, 80],
    [2, 80],
  ]);
});

test('slots with another licensed value are a declaration of their own: each counts or waits as a whole', async () => {
  const { declare, told } = await world();
  expect(await declare(2, 5, 70)).toMatchObject([
    { from: slot(2), until: slot(3), licensed: 100, state: 'in force' },
    { from: slot(3), until: slot(4), licensed: 50, state: 'waiting' },
    { from: slot(4), until: slot(5), licensed: 100, state: 'in force' },
  ]);
  expect(told()).toEqual([
    [2, 70],
    [4, 70],
  ]);
});

test('above the licensed value it waits; approved, it counts; a cut below that counts at once, no longer than it', async () => {
  const { declare, told, nation, operator } = await world();
  const [{ id }] = await declare(0, 1, 150, 20);
  expect(told()).toEqual([]);
  await expect(operator.approveDeclaration(id, { reason: 'own' })).rejects.toMatchObject({
    status: 403,
  });
  expect(await nation.approveDeclaration(id, { reason: 'seen' })).toMatchObject({
    state: 'approved',
  });
  expect(told()).toEqual([[0, 150]]);
  await expect(nation.rejectDeclaration(id, { reason: 'late' })).rejects.toMatchObject({
    status: 409,
  });
  expect(await declare(0, 1, 140)).toMatchObject([{ state: 'in force', validUntil: slot(20) }]);
  expect(await declare(0, 1, 145)).toMatchObject([{ state: 'waiting' }]);
  expect(told()).toEqual([[0, 140]]);
});

test('what is withdrawn from above the licensed value is cut at once to what is left', async () => {
  const { declare, told, nation, operator } = await world();
  await declare(0, 1, 90);
  const [{ id }] = await declare(0, 1, 150, 30);
  await nation.approveDeclaration(id, { reason: 'seen' });
  told();
  expect(await operator.withdrawDeclaration(id, { reason: 'no staff' })).toMatchObject({
    state: 'withdrawn',
  });
  expect(told()).toEqual([[0, 90]]);
});

test.each([
  [0.5, 2, 422],
  [2, 1, 422],
  [-1, 2, 422],
  [0, 1000, 422],
])('slots from %d to %d are none of the season', async (from, until, status) => {
  const { declare, told } = await world();
  await expect(declare(from, until, 10)).rejects.toMatchObject({ status });
  expect(told()).toEqual([]);
});

test('all or none: one resource that is not there, and nothing is declared', async () => {
  const { operator, told } = await world();
  const sound = { resource: 'hub', from: slot(0), parcels: 10, reason: 'staff' };
  const declarations = [sound, { ...sound, resource: 'elsewhere' }];
  await expect(operator.declareCapacities({ declarations })).rejects.toMatchObject({ status: 404 });
  expect(told()).toEqual([]);
  expect((await operator.listDeclarations()).items).toEqual([]);
});

test('declarations are listed page by page, newest first', async () => {
  const { declare, operator } = await world();
  for (const parcels of [10, 20, 30, 40, 50]) await declare(0, 1, parcels, 40);
  const first = await operator.listDeclarations({ limit: 3 });
  const second = await operator.listDeclarations({ limit: 3, cursor: first.next ?? '' });
  expect([...first.items, ...second.items].map(({ parcels }) => parcels)).toEqual([
    50, 40, 30, 20, 10,
  ]);
  expect(second.next).toBeUndefined();
});
