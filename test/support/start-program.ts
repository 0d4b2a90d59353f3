import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const MAIN = 'dist/edge/cli/main.js';

export interface StartedProgram {
  readonly process: ChildProcess;
  /** Where the page is. */
  readonly origin: string;
  /** All that it has written so far, to either stream. */
  readonly output: () => string;
}

/** `npm start -- …args` as it is built, on a free port; waits until the page is served. */
export async function startProgram(...args: string[]): Promise<StartedProgram> {
  expect(existsSync(`${ROOT}${MAIN}`), 'the program is not built: npm run build').toBe(true);
  const child = spawn(process.execPath, [MAIN, 'start', '--port', '0', ...args], { cwd: ROOT });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const address = () => /http:\/\/localhost:\d+(?=\/\n)/.exec(output)?.[0];
  const served = () => address() ?? child.exitCode;
  await expect.poll(served, { timeout: 100_000 }).not.toBeNull().catch(() => child.kill('SIGKILL'));
  const origin = address();
  if (origin === undefined) throw new Error(`it did not serve a page:\n${output}`);
  return { process: child, origin, output: () => output };
}
