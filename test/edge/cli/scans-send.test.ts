import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { scansCommand } from '../../../src/edge/cli/scans.js';
import { FaultyInput } from '../../../src/network/fault.js';
import { encodeBatch } from '../../../src/track/batch-codec.js';
import { msOfSlot } from '../../support/fake-tracking.js';
import { asCsv, asNdjson, type SomeScan } from '../../support/formatted-scans.js';
import { LoggedTracking } from '../../support/memory-event-log.js';
import { runCommand } from '../../support/run-command.js';
import { startTrackServer, type TrackServer } from '../../support/track-server.js';

const NOW = msOfSlot(10);
const SCAN: SomeScan = {
  operator: 'A',
  parcel: 'YT1',
  kind: 'arrived',
  resource: 'A/hub/HZ',
  at: NOW,
};

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'cuofeng-send-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

interface Served {
  readonly tracking: LoggedTracking;
  readonly server: TrackServer;
}

async function serve(): Promise<Served> {
  const tracking = new LoggedTracking();
  const server = await startTrackServer(tracking);
  onTestFinished(() => server.stop());
  return { tracking, server };
}

async function send(
  { server }: Served,
  files: Readonly<Record<string, string | Buffer>>,
  flags: readonly string[] = [],
): Promise<{ text: string; code: unknown }> {
  const at = folder();
  const paths = Object.entries(files).map(([name, content]) => {
    writeFileSync(join(at, name), content);
    return join(at, name);
  });
  const key = join(at, 'key.txt');
  writeFileSync(key, 'kid\nA\n');
  const args = ['send', ...paths, '--url', server.url, '--key-file', key, ...flags];
  return runCommand(scansCommand(), args);
}

/** `line field rule` of each fault that is said. */
function faultsIn(text: string): string[] {
  let rule = '';
  return text.split('\n').flatMap((line) => {
    rule = /^ {2}([\w-]+): /.exec(line)?.[1] ?? rule;
    const [, place, field] = /^ {4}line (\d+)(?:, ([\w.]+))?: /.exec(line) ?? [];
    return place === undefined ? [] : [[place, field, rule].filter(Boolean).join(' ')];
  });
}

test('T6: files of scans are sent, and what became of them is told; again, they are duplicates', async () => {
  const served = await serve();
  const scans = Array.from({ length: 2500 }, (_, n) => ({ ...SCAN, parcel: `P${n}` }));
  const csv = { 'a.csv': asCsv(scans.slice(0, 1500)), 'b.ndjson': asNdjson(scans.slice(1500)) };
  const { text, code } = await send(served, csv);
  expect(text.trim().split(/\s+/)).toEqual([
    'received',
    'applied',
    'superseded',
    'duplicate',
    'quarantined',
    '2,500',
    '2,500',
    '0',
    '0',
    '0',
  ]);
  expect(code).toBe(0);
  expect(served.tracking.batches.map(({ count }) => count)).toEqual([1000, 500, 1000]);
  const again = await send(served, csv);
  expect(again.text).toMatch(/2,500 +0 +0 +2,500 +0\n/);
});

test('T5: each fault is told with file, line, field, rule and cure, and no value (P13)', async () => {
  const canary = '13812345678';
  const rows = [
    'operator,parcel,kind,resource,at,to,weightGrams',
    `A,YT1,arrived,A/hub/HZ,${NOW},,5`,
    `A,YT2,${canary},A/hub/HZ,${NOW},,`,
    `A,YT3,arrived,${canary},${NOW},,`,
    `${canary},YT4,arrived,A/hub/HZ,${NOW},,`,
    `A,,arrived,A/hub/HZ,${NOW},,`,
    `A,YT5,arrived,A/hub/HZ,${canary}9999,,`,
    `A,YT6,arrived,A/hub/HZ,yesterday ${canary},,`,
    `A,YT7,departed,A/hub/HZ,${NOW},${canary},`,
    `"A",YT8,arrived,A/hub/HZ,${NOW},,"${canary}`,
    `"`,
  ];
  const served = await serve();
  const { text, code } = await send(served, { 'bad.csv': rows.join('\n') });
  expect(code).toBe(0);
  expect(faultsIn(text).toSorted()).toEqual([
    '10 weightGrams invalid-field',
    '3 kind unknown-kind',
    '4 resource unknown-resource',
    '5 operator unknown-operator',
    '6 parcel missing-field',
    '7 at out-of-season',
    '8 at invalid-field',
    '9 to unknown-resource',
  ]);
  expect(text).toContain('bad.csv');
  const kept = served.tracking.batches.map((b) => Buffer.from(encodeBatch(b)).toString('latin1'));
  expect(`${text}${kept.join('')}${served.server.log.join('')}`.includes(canary)).toBe(false);
});

test('a code that is unknown, or is no scan, is quarantined and not guessed', async () => {
  const rows = [
    'operator,parcel,state,substate,resource,at',
    `A,YT1,3,3,A/hub/HZ,${NOW}`,
    `A,YT2,0,0,A/hub/HZ,${NOW}`,
    `A,YT3,9,9,A/hub/HZ,${NOW}`,
  ];
  const served = await serve();
  const { text } = await send(served, { 'k.csv': rows.join('\n') }, ['--codes', 'kuaidi100']);
  expect(faultsIn(text)).toEqual(['3 not-a-scan', '4 unknown-code']);
  const upu = [
    'operator,parcel,event,resource,at',
    `A,YT1,EMI,A/hub/HZ,${NOW}`,
    `A,YT2,EMB,A/hub/HZ,${NOW}`,
  ];
  const told = await send(served, { 'u.csv': upu.join('\n') }, ['--codes', 'upu']);
  expect(faultsIn(told.text)).toEqual(['3 not-a-scan']);
  expect(told.text).toMatch(/2 +0 +0 +1 +1\n/);
  expect([...served.tracking.batches[0].kind]).toEqual([8, 0, 0]);
});

test('nothing is sent of any file if one is not right as a file', async () => {
  const served = await serve();
  const good = asCsv([SCAN]);
  const bad: Record<string, string | Buffer>[] = [
    { 'b.csv': '' },
    { 'b.csv': `${good}A,YT2` },
    { 'b.csv': good.replace('weightGrams', 'phone') },
    { 'b.csv': good.replace('kind,', '') },
    { 'b.csv': Buffer.concat([Buffer.from(good), Buffer.from([0xff])]) },
    { 'b.csv': `${good}"A,YT2` },
    { 'b.ndjson': `${asNdjson([SCAN])}\n{"phone":"1"}` },
    { 'b.ndjson': `${asNdjson([SCAN])}\n\n` },
    { 'b.txt': good },
  ];
  for (const files of bad) {
    await expect(send(served, { 'a.csv': good, ...files })).rejects.toBeInstanceOf(FaultyInput);
  }
  await expect(send(served, { 'a.ndjson': asNdjson([SCAN]) }, ['--codes', 'upu'])).rejects.toThrow(
    FaultyInput,
  );
  await expect(
    runCommand(scansCommand(), ['send', '/none.csv', '--key-file', '/none']),
  ).rejects.toThrow(FaultyInput);
  expect(served.tracking.batches).toEqual([]);
});

test('a server that refuses is told from a file that is wrong', async () => {
  const served = await serve();
  await served.server.stop();
  vi.stubEnv('CUOFENG_KEY', 'nobody');
  onTestFinished(() => void vi.unstubAllEnvs());
  const again = await serve();
  const at = join(folder(), 'a.csv');
  writeFileSync(at, asCsv([SCAN]));
  const args = ['send', at, '--url', again.server.url];
  await expect(runCommand(scansCommand(), args)).rejects.toThrow('stopped before line 2');
});
