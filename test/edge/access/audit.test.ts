import * as fc from 'fast-check';
import type { Client } from 'pg';
import { expect, test } from 'vitest';
import { appendAudit } from '../../../src/edge/access/audit.js';
import { canonicalJson } from '../../../src/edge/access/canonical-json.js';
import { type AuditHead, verifyAudit } from '../../../src/edge/access/verify-audit.js';
import type { Database } from '../../../src/edge/postgres/database.js';
import { makeOrganisations, NOW, ORGANISATIONS } from '../../support/access-world.js';
import { type TestDatabase, testDatabase } from '../../support/postgres.js';

const CHAINS = ['P1', 'P2'];

async function world(entries: number): Promise<TestDatabase> {
  const made = await testDatabase();
  const two = ORGANISATIONS.filter(({ id }) => CHAINS.includes(id));
  await makeOrganisations(made.database, two);
  for (let i = 1; i < entries; i++) {
    for (const organisation of CHAINS) await act(made.database, organisation, i);
  }
  return made;
}

function act(database: Database, organisation: string, i: number): Promise<void> {
  return database.transact({ as: 'member', organisation }, (client) =>
    appendAudit(client, NOW + i, [
      { organisation, actor: 'duty-1', action: 'key.add', subject: `key-${i}`, detail: { i } },
    ]),
  );
}

function verify(database: Database, known?: readonly AuditHead[]) {
  return database.transact({ as: 'keeper' }, (client) => verifyAudit(client, known));
}

test('P14: acts at the same time make one chain without a gap', async () => {
  const { database } = await world(1);
  await Promise.all(Array.from({ length: 40 }, (_, i) => act(database, CHAINS[i % 2], i)));
  const { entries, faults, heads } = await verify(database);
  expect({ entries, faults }).toEqual({ entries: 42, faults: [] });
  expect(heads.map(({ organisation, seq }) => [organisation, seq])).toEqual([
    ['P1', 21],
    ['P2', 21],
  ]);
});

test('an act that is rolled back leaves no entry', async () => {
  const { database } = await world(1);
  const failing = database.transact({ as: 'member', organisation: 'P1' }, async (client) => {
    await appendAudit(client, NOW, [
      { organisation: 'P1', actor: 'duty-1', action: 'key.add', subject: 'key-1', detail: {} },
    ]);
    throw new Error('after all');
  });
  await expect(failing).rejects.toThrow('after all');
  expect((await verify(database)).entries).toBe(2);
});

test('P14: nobody may change or take out an entry, not even a keeper or the tables’ owner', async () => {
  const { database, admin } = await world(2);
  const change = `UPDATE audit SET actor = 'x'`;
  for (const sql of [change, 'DELETE FROM audit', 'TRUNCATE audit']) {
    for (const acting of [{ as: 'member', organisation: 'P1' }, { as: 'keeper' }] as const) {
      const work = database.transact(acting, (client) => client.query(sql));
      await expect(work).rejects.toMatchObject({ code: '42501' });
    }
    await expect(admin.query(sql)).rejects.toThrow('append-only');
  }
});

const COLUMNS = ['at', 'actor', 'action', 'subject', 'detail', 'previous', 'hash'];
const seqs = fc.integer({ min: 1, max: 6 });
const tampering = fc.oneof(
  fc.record({ how: fc.constant('flip'), seq: seqs, column: fc.constantFrom(...COLUMNS) }),
  fc.record({ how: fc.constant('delete'), seq: seqs }),
  fc.record({ how: fc.constant('insert'), seq: fc.integer({ min: -1, max: 9 }) }),
  fc.record({ how: fc.constant('swap'), seq: seqs, other: seqs }),
  fc.record({ how: fc.constant('move'), seq: seqs }),
  fc.record({ how: fc.constant('cut'), seq: fc.integer({ min: 0, max: 5 }) }),
  fc.record({ how: fc.constant('forget'), seq: seqs }),
);
type Tampering = typeof tampering extends fc.Arbitrary<infer T> ? T : never;

test('P14: every flip, deletion, insertion, reordering and cut of a chain is found', async () => {
  const { database, admin } = await world(6);
  const { heads } = await verify(database);
  // Whoever has the server may switch the trigger off.
  await admin.query('SET session_replication_role = replica');
  const reached = new Map<string, number>();
  const attempt = async (spoil: Tampering) => {
    await admin.query(
      'CREATE TEMP TABLE kept AS TABLE audit; CREATE TEMP TABLE ends AS TABLE audit_head',
    );
    const rows = await tamper(admin, spoil);
    const isConsistent = spoil.how === 'cut' || spoil.how === 'forget';
    const found = await verify(database, isConsistent ? heads : []);
    await admin.query(`DELETE FROM audit; INSERT INTO audit TABLE kept; DROP TABLE kept;
      DELETE FROM audit_head; INSERT INTO audit_head TABLE ends; DROP TABLE ends`);
    if (rows === 0) return;
    reached.set(spoil.how, (reached.get(spoil.how) ?? 0) + 1);
    expect(found.faults.length).toBeGreaterThan(0);
    expect(found.faults.every(({ organisation }) => CHAINS.includes(organisation))).toBe(true);
  };
  await fc.assert(fc.asyncProperty(tampering, attempt), { numRuns: 150 });
  expect([...reached.keys()].toSorted()).toEqual(
    ['cut', 'delete', 'flip', 'forget', 'insert', 'move', 'swap'].toSorted(),
  );
  expect((await verify(database, heads)).faults).toEqual([]);
});

const FLIPS: Record<string, string> = {
  at: `at + interval '1 millisecond'`,
  previous: 'set_bit(previous, 7, 1 - get_bit(previous, 7))',
  hash: 'set_bit(hash, 200, 1 - get_bit(hash, 200))',
};

/** Spoils P1's chain; gives how many rows that changed. */
async function tamper(admin: Client, spoil: Tampering): Promise<number> {
  const run = async (sql: string, values: unknown[] = []) =>
    (await admin.query(sql, values)).rowCount ?? 0;
  const { how, seq } = spoil;
  const at = `WHERE organisation = 'P1' AND seq = $1`;
  if ('column' in spoil) {
    const { column } = spoil;
    return run(`UPDATE audit SET ${column} = ${FLIPS[column] ?? `${column} || ' '`} ${at}`, [seq]);
  }
  if ('other' in spoil) {
    if (seq === spoil.other) return 0;
    return run(
      `UPDATE audit a SET actor = b.actor, subject = b.subject, detail = b.detail, at = b.at, hash = b.hash,
         previous = b.previous FROM audit b
       WHERE a.organisation = 'P1' AND b.organisation = 'P1' AND (a.seq, b.seq) IN (($1, $2), ($2, $1))`,
      [seq, spoil.other],
    );
  }
  if (how === 'delete') return run(`DELETE FROM audit ${at}`, [seq]);
  if (how === 'insert') {
    return run(
      `INSERT INTO audit SELECT organisation, $1, at, actor, action, subject, detail, previous, hash
       FROM audit WHERE organisation = 'P1' AND seq = 6 ON CONFLICT DO NOTHING`,
      [seq],
    );
  }
  if (how === 'move') return run(`UPDATE audit SET organisation = 'P2', seq = 100 ${at}`, [seq]);
  // These two are consistent in themselves: only who knows how far the chain went can tell.
  await run(`DELETE FROM audit WHERE organisation = 'P1' AND seq > $1`, [how === 'cut' ? seq : 0]);
  if (how === 'forget') return run(`DELETE FROM audit_head WHERE organisation = 'P1'`);
  return run(
    `UPDATE audit_head h SET seq = $1, hash = coalesce((SELECT hash FROM audit a
       WHERE a.organisation = 'P1' AND a.seq = $1), decode(repeat('00', 32), 'hex')) WHERE organisation = 'P1'`,
    [seq],
  );
}

test('the text of a value is the same however it was written', () => {
  expect(canonicalJson({ b: [1, 'ä', null], a: { d: true, c: 1e21 } })).toBe(
    '{"a":{"c":1e+21,"d":true},"b":[1,"ä",null]}',
  );
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const json = JSON.parse(JSON.stringify(value));
      expect(JSON.parse(canonicalJson(json))).toEqual(json);
    }),
  );
  expect(() => canonicalJson(Number.NaN)).toThrow('no JSON');
});
