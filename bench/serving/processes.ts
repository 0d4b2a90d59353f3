import { spawn } from 'node:child_process';
import { once } from 'node:events';

const MAIN = 'dist/edge/cli/main.js';

/** A body and its answer live for some milliseconds: with room for them, nothing of it is ever marked. */
const YOUNG = ['--max-semi-space-size=32'];

/** Runs a command of the program to its end, and shows what it prints. */
export async function cuofeng(...args: string[]): Promise<void> {
  const child = spawn(process.execPath, [...YOUNG, MAIN, ...args], { stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  if (code !== 0) process.stdout.write(`cuofeng ${args.join(' ')} ended with ${code}\n`);
}

export interface Served {
  readonly url: string;
  stop(): Promise<void>;
}

/** A gate, or tracking, in a process of its own, ready. CUOFENG_PROFILE names a folder for a profile of it. */
export async function serve(
  what: 'gate' | 'track',
  scenario: string,
  data: string,
  ...more: string[]
): Promise<Served> {
  const folder = process.env.CUOFENG_PROFILE;
  const profile = folder ? ['--cpu-prof', '--cpu-prof-dir', folder] : [];
  const command = [MAIN, what, 'serve', scenario, '--data', data, '--port', '0', ...more];
  const child = spawn(process.execPath, [...YOUNG, ...profile, ...command], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      const address = /http:\/\/localhost:\d+(?=\/\n)/.exec(output);
      if (address) resolve(address[0]);
    });
    child.once('exit', () => reject(new Error(`it ended:\n${output}`)));
  });
  const isReady = () => fetch(`${url}/ready`).then(({ ok }) => ok);
  while (!(await isReady())) await new Promise((resolve) => setTimeout(resolve, 20));
  return {
    url,
    async stop() {
      child.kill('SIGINT');
      await once(child, 'exit');
    },
  };
}

/** Resident memory of a server. */
export async function memoryBytes(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1]);
}
