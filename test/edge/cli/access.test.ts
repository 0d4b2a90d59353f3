import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { accessCommand } from '../../../src/edge/cli/access.js';
import { auditCommand } from '../../../src/edge/cli/audit.js';
import { FaultyInput } from '../../../src/network/fault.js';
import { accessServer } from '../../support/access-server.js';
import { testDatabase } from '../../support/postgres.js';
import { runCommand } from '../../support/run-command.js';

/** A database that commands find by DATABASE_URL. */
async function world() {
  const made = await testDatabase();
  vi.stubEnv('DATABASE_URL', made.url);
  onTestFinished(() => void vi.unstubAllEnvs());
  return made;
}

const access = (line: string) => runCommand(accessCommand(), line.split(' '));

async function faultsOf(line: string): Promise<string[]> {
  const fault: unknown = await access(line).catch((error: unknown) => error);
  if (!(fault instanceof FaultyInput)) throw new Error(`${line} is not refused`);
  return fault.faults.first.map(({ field, rule }) => `${field}: ${rule}`);
}

test('the first organisation, its key and its people', async () => {
  const { database } = await world();
  const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  await access('organisation add P1 --kind platform');
  const key = await access('key add P1 --label orders --role dispatcher');
  stderr.mockRestore();
  const [id, secret] = key.text.split('\n');
  const account = await access('account add P1 duty-1 --role manager');
  const [, password] = account.text.split('\n');

  const app = await accessServer(database, { now: Date.now() });
  const who = () =>
    app.inject({ url: '/v1/session', headers: { authorization: `Bearer ${secret}` } });
  expect((await who()).json()).toMatchObject({ organisation: { id: 'P1' }, actor: id });
  const credentials = { organisation: 'P1', login: 'duty-1', password };
  const signIn = await app.inject({ method: 'POST', url: '/v1/session', payload: credentials });
  expect(signIn.statusCode).toBe(200);

  const list = await access('key list P1');
  expect(list.text).toContain('in force');
  expect(list.text).not.toContain(secret);
  await access(`key revoke P1 ${id}`);
  expect((await who()).statusCode).toBe(401);
  await access('organisation suspend P1 --reason test');
  expect((await access('organisation list')).text).toContain('suspended');
});

test('what is wrong is a fault', async () => {
  await world();
  expect(await faultsOf('organisation add 13812345678 --kind platform')).toEqual(['id: refused']);
  expect(
    await faultsOf('organisation add X --kind operator --level province --region 330000'),
  ).toEqual(['parent: refused']);
  expect(await faultsOf('organisation add X --kind platform --region 330000')).toEqual([
    'region: refused',
  ]);
  expect(await faultsOf('key add P1 --label orders --role viewer')).toEqual([': unknown']);
  expect(await faultsOf('account add P1 zhang_san --role viewer')).toEqual(['login: refused']);
  await access('organisation add P1 --kind platform');
  expect(await faultsOf('organisation add P1 --kind platform')).toEqual([': taken']);
});

test('the audit log is verified, against an earlier report too', async () => {
  const { admin } = await world();
  const folder = await mkdtemp(join(tmpdir(), 'audit-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const known = join(folder, 'report.json');
  for (const id of ['P1', 'P2']) await access(`organisation add ${id} --kind platform`);
  const report = await verify('--json');
  expect(report.code).toBe(0);
  await writeFile(known, report.text);
  expect(await verify('--known', known)).toMatchObject({
    code: 0,
    text: expect.stringContaining('The log is whole: 2 entries.'),
  });
  await admin.query('SET session_replication_role = replica');
  await admin.query(`DELETE FROM audit WHERE organisation = 'P1'`);
  await admin.query(`DELETE FROM audit_head WHERE organisation = 'P1'`);
  expect((await verify()).code).toBe(0);
  const found = await verify('--known', known);
  expect(found.code).toBe(1);
  expect(found.text).toContain('P1 1: cut');
  await admin.query(`UPDATE audit SET actor = 'somebody' WHERE organisation = 'P2'`);
  expect((await verify()).text).toContain('P2 1: changed');
  await writeFile(known, '{"heads":[{}]}');
  await expect(verify('--known', known)).rejects.toThrow(FaultyInput);
});

function verify(...args: string[]): ReturnType<typeof runCommand> {
  return runCommand(auditCommand(), ['verify', ...args]);
}
