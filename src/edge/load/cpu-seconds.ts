import { readdir, readFile } from 'node:fs/promises';
import type { PostgresDatabase } from '../postgres/connect.js';

/** Clock ticks a second in /proc: 100 on every Linux there is. */
const TICKS = 100;

/** CPU seconds used so far; undefined where it cannot be told, as on another machine. */
export interface CpuSeconds {
  readonly generator: number;
  readonly gate?: number;
  readonly database?: number;
}

export async function cpuSeconds(
  urls: readonly URL[],
  database: PostgresDatabase,
): Promise<CpuSeconds> {
  const { user, system } = process.cpuUsage();
  const gates = await Promise.all(urls.map(gateSeconds));
  const gate = gates.reduce((sum, each) => sum + each, 0);
  const server = await databaseSeconds(database).catch(() => Number.NaN);
  return {
    generator: (user + system) / 1e6,
    ...(Number.isFinite(gate) && { gate }),
    ...(Number.isFinite(server) && { database: server }),
  };
}

/** What was used between two moments. */
export function cpuSecondsSince(
  before: CpuSeconds,
  { generator, gate, database }: CpuSeconds,
): CpuSeconds {
  return {
    generator: generator - before.generator,
    ...(gate !== undefined && { gate: gate - (before.gate ?? 0) }),
    ...(database !== undefined && { database: database - (before.database ?? 0) }),
  };
}

/** As a gate says itself. */
async function gateSeconds(url: URL): Promise<number> {
  const text = await fetch(new URL('/metrics', url)).then(
    (answer) => (answer.ok ? answer.text() : ''),
    () => '',
  );
  return Number(/^process_cpu_seconds_total (\S+)/m.exec(text)?.[1] ?? Number.NaN);
}

/** Of a server on this machine: its process and its children, those that have ended too. */
async function databaseSeconds(database: PostgresDatabase): Promise<number> {
  const { rows } = await database.ledger.query<{ pid: number; start: number }>(
    `SELECT pg_backend_pid() AS pid, inet_server_addr() IS NULL OR inet_server_addr() = inet_client_addr() AS local`,
  );
  const backend = await statOf(rows[0].pid);
  if (backend.name !== 'postgres') return Number.NaN;
  const parent = await statOf(backend.parent);
  let ticks = parent.own + parent.children;
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const stat = await statOf(Number(entry)).catch(() => undefined);
    if (stat?.parent === backend.parent) ticks += stat.own;
  }
  return ticks / TICKS;
}

async function statOf(pid: number) {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8');
  const [, name, rest] = /\((.*)\) (.*)/s.exec(text) ?? ['', '', ''];
  const field = rest.split(' ').map(Number);
  return { name, parent: field[1], own: field[11] + field[12], children: field[13] + field[14] };
}
