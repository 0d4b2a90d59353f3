import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A system call of a process or thread, when it was over. */
export interface SystemCall {
  readonly pid: number;
  readonly name: string;
  /** As strace writes it, with the bytes it carried. */
  readonly text: string;
  /** Seconds since 1970. */
  readonly began: number;
  readonly ended: number;
}

/** Why system calls cannot be watched here; undefined where they can. */
export function whyNoTrace(): string | undefined {
  const { error, status, stderr } = spawnSync('strace', ['-o', '/dev/null', 'true']);
  if (error) return 'strace is not installed';
  return status === 0 ? undefined : `strace may not trace: ${String(stderr)}`;
}

const TRACED = 'fsync,fdatasync,read,readv,recvfrom,recvmsg,write,writev,sendto,sendmsg';

/** The system calls of processes and all that they start, from now until `stop`. */
export async function watchSystemCalls(
  pids: readonly number[],
  prefix: string,
): Promise<() => Promise<SystemCall[]>> {
  const ids = pids.flatMap((pid) => ['-p', String(pid)]);
  const how = ['-f', '-ff', '-ttt', '-T', '-y', '-s', '100000', '-e', `trace=${TRACED}`];
  const strace = spawn('strace', [...how, '-o', prefix, ...ids], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await attached(strace, pids.length);
  return async () => {
    strace.kill('SIGINT');
    await once(strace, 'exit');
    return readCalls(prefix);
  };
}

/** It says of each process that it has attached to it. */
async function attached(strace: ChildProcess, processes: number): Promise<void> {
  let said = '';
  strace.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  for (let waited = 0; said.split(' attached').length <= processes; waited += 20) {
    if (strace.exitCode !== null || waited > 20_000) throw new Error(`strace: ${said}`);
    await sleep(20);
  }
}

async function readCalls(prefix: string): Promise<SystemCall[]> {
  const calls: SystemCall[] = [];
  for (const file of await readdir(dirname(prefix))) {
    if (!file.startsWith(`${basename(prefix)}.`)) continue;
    const pid = Number(file.slice(basename(prefix).length + 1));
    const lines = (await readFile(join(dirname(prefix), file), 'utf8')).split('\n');
    for (const line of lines) {
      const [, start, name, text, took] = /^([\d.]+) (\w+)(\(.*) <([\d.]+)>$/.exec(line) ?? [];
      if (name === undefined) continue;
      const began = Number(start);
      calls.push({ pid, name, text, began, ended: began + Number(took) });
    }
  }
  return calls.toSorted((a, b) => a.ended - b.ended || a.began - b.began);
}
