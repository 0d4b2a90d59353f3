import { copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type ArchiveManifest, findManifest } from '../../../src/network/scan-archive.js';
import { hashOf, NO_HASH } from '../../../src/track/owner/log-hash.js';
import type { LogEntry } from '../../../src/track/owner/scan-log.js';
import { counted, entriesOf, recountedScans } from '../../support/recounted-scans.js';
import { archived } from '../../support/scan-archives.js';
import { withFolder } from '../../support/scenario-folder.js';
import { scansOf } from '../../support/track-world.js';

/** Twelve batches: lives of parcels with repeats, a conflict, a future stamp and attributes. */
const BATCHES = Array.from({ length: 12 }, (_, b) => {
  const life = ['accepted', 'departed', 'arrived', 'out', 'delivered'] as const;
  const seen = Array.from({ length: 6 }, (_none, i) => {
    const kind = life[(b + i) % life.length];
    const scan = { parcel: (i * 5 + b) % 9, kind, resource: (b + i) % 4, at: b + i / 10 };
    if (kind === 'departed') return { ...scan, to: (b + i + 1) % 4 };
    return i === 0 ? { ...scan, attributes: '{"weightGrams":500}' } : scan;
  });
  return scansOf(b + 1, b + 2, [...seen, { parcel: b, at: 30 }, seen[b % 6]], b % 3);
});
const ENTRIES = entriesOf(BATCHES);
const { picture: PICTURE } = counted(BATCHES);

const isFound = async (entries: readonly LogEntry[], picture = PICTURE): Promise<boolean> =>
  (await recountedScans(entries, picture)).findings.total > 0;

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  return Uint8Array.from(bytes, (byte, i) => (i === at ? byte ^ (1 << (at % 8)) : byte));
}

function replaced(n: number, entry: LogEntry): LogEntry[] {
  return ENTRIES.map((each, i) => (i === n ? entry : each));
}

/** The same entries under hashes that fit: as by somebody who can write to the database. */
function rechained(entries: readonly Omit<LogEntry, 'hash'>[]): LogEntry[] {
  let hash = NO_HASH;
  return entries.map((entry) => {
    hash = hashOf(hash, entry);
    return { ...entry, hash };
  });
}

test('nothing is found where nothing was changed', async () => {
  expect(await isFound(ENTRIES)).toBe(false);
  expect(await isFound(rechained(ENTRIES))).toBe(false);
});

test('P14, P15: every byte of a batch, every field, every entry left out, moved or put in twice is found', async () => {
  const missed: string[] = [];
  const see = async (what: string, entries: readonly LogEntry[]): Promise<void> => {
    if (!(await isFound(entries))) missed.push(what);
  };
  const size = ENTRIES[5].bytes.length;
  for (let at = 0; at < size; at += 3) {
    await see(`byte ${at}`, replaced(5, { ...ENTRIES[5], bytes: flipped(ENTRIES[5].bytes, at) }));
  }
  for (const name of ['seq', 'epoch', 'receivedAt', 'source', 'scans', 'message'] as const) {
    await see(name, replaced(5, { ...ENTRIES[5], [name]: ENTRIES[5][name] + 1 }));
  }
  for (let at = 0; at < 32; at++) {
    await see(`hash ${at}`, replaced(5, { ...ENTRIES[5], hash: flipped(ENTRIES[5].hash, at) }));
  }
  for (let n = 0; n < ENTRIES.length; n++) {
    await see(
      `without ${n}`,
      ENTRIES.filter((_, i) => i !== n),
    );
    await see(`twice ${n}`, [...ENTRIES.slice(0, n + 1), ...ENTRIES.slice(n)]);
    const next = (n + 1) % ENTRIES.length;
    const swapped = ENTRIES.map((each, i) => {
      if (i === n) return { ...ENTRIES[next], seq: each.seq };
      return i === next ? { ...ENTRIES[n], seq: each.seq } : each;
    });
    await see(`swapped ${n}`, swapped);
  }
  expect(missed).toEqual([]);
});

test('P8: a scan changed under hashes that fit is found where it counts', async () => {
  const missed: number[] = [];
  for (let n = 0; n < BATCHES.length; n++) {
    const { kind, resource } = BATCHES[n];
    const other = {
      ...BATCHES[n],
      kind: Uint8Array.from(kind),
      resource: resource.map((r) => 3 - r),
    };
    const changed = entriesOf(BATCHES.map((batch, i) => (i === n ? other : batch)));
    if (!(await isFound(changed))) missed.push(n);
  }
  expect(missed).toEqual([]);
});

test('P8: every byte of a picture is found, and a picture cut short', async () => {
  const missed: number[] = [];
  for (let at = 0; at < PICTURE.length; at++) {
    if (!(await isFound(ENTRIES, flipped(PICTURE, at)))) missed.push(at);
  }
  expect(missed).toEqual([]);
  expect(await isFound(ENTRIES, PICTURE.subarray(0, -4))).toBe(true);
});

test('P15: a file of the archive that is missing, changed, cut or another is found, and a manifest that hides entries', async () => {
  await withFolder(async (folder) => {
    const manifest = await archived(folder, ENTRIES.slice(0, 9), undefined, { rowsMost: 16 });
    expect(manifest.files.length).toBeGreaterThan(3);
    const tail = ENTRIES.slice(9);
    const see = async (what: ArchiveManifest): Promise<boolean> =>
      (await recountedScans(tail, PICTURE, { folder, manifest: what })).findings.total > 0;
    expect(await see(manifest)).toBe(false);
    const missed: string[] = [];
    for (const [n, { file }] of manifest.files.entries()) {
      const path = join(folder, file);
      const bytes = await readFile(path);
      for (let at = 4; at < bytes.length; at += 97) {
        await writeFile(path, flipped(bytes, at));
        if (!(await see(manifest))) missed.push(`${file} byte ${at}`);
      }
      await writeFile(path, bytes.subarray(0, -8));
      if (!(await see(manifest))) missed.push(`${file} cut`);
      await rm(path);
      if (!(await see(manifest))) missed.push(`${file} missing`);
      await copyFile(join(folder, manifest.files[(n + 1) % 4].file), path);
      if (!(await see(manifest))) missed.push(`${file} is another`);
      await writeFile(path, bytes);
      const without = manifest.files.filter((_, i) => i !== n);
      if (!(await see({ ...manifest, files: without }))) missed.push(`${file} left out`);
      for (const name of ['firstSeq', 'lastSeq', 'rows', 'log'] as const) {
        const files = manifest.files.map((each, i) =>
          i === n ? { ...each, [name]: each[name] + 1 } : each,
        );
        if (!(await see({ ...manifest, files }))) missed.push(`${file} ${name}`);
      }
    }
    expect(missed).toEqual([]);
    expect(await findManifest(folder)).toEqual(manifest);
  });
});
