import { open, rm } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';

/** What the machine gives at this moment: syncs of 8 KB a second, MB of JSON parsed a second, processes that want to run. */
export async function peers(folder: string, when: string): Promise<void> {
  const syncs = await syncsPerSecond(join(folder, 'syncs'));
  const line = `${when}: ${syncs} syncs/s, JSON.parse ${Math.round(parsedPerSecond())} MB/s, load ${loadavg()[0].toFixed(1)}`;
  process.stdout.write(`${line}\n`);
}

async function syncsPerSecond(path: string): Promise<number> {
  const file = await open(path, 'w');
  const page = Buffer.alloc(8192, 1);
  const start = performance.now();
  let syncs = 0;
  for (; performance.now() - start < 1000; syncs++) {
    await file.write(page);
    await file.datasync();
  }
  await file.close();
  await rm(path);
  return syncs;
}

function parsedPerSecond(): number {
  const request = { id: 'x'.repeat(21), service: 'standard', operator: 'ZTO', origin: '330100' };
  const text = JSON.stringify({ requests: Array.from({ length: 1000 }, () => request) });
  const start = performance.now();
  let bytes = 0;
  for (; performance.now() - start < 500; bytes += text.length) JSON.parse(text);
  return bytes / 1000 / (performance.now() - start);
}
