import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const MAIN = 'dist/edge/cli/main.js';
/** A test that is itself ended leaves nothing running for longer. */
const LONGEST_MS = 600_000;

export interface StartedProgram {
  readonly process: ChildProcess;
  /** Where the page is. */
  readonly origin: string;
  /** All that it has written so far, to either stream. */
  readonly output: () => string;
}

/** `npm start -- …args` as it is built, on a free port; waits until the page is served. */
export async function startProgram(...args: string[]): Promise<StartedProgram> {
  if (!existsSync(`${ROOT}${MAIN}`)) throw new Error('the program is not built: npm run build');
  const command = [MAIN, 'start', '--port', '0', ...args];
  const child = spawn(process.execPath, command, { cwd: ROOT, timeout: LONGEST_MS });
  let output = '';
  const origin = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        const address = /http:\/\/localhost:\d+(?=\/\n)/.exec(output);
        if (address) resolve(address[0]);
      });
    }
    child.once('exit', () => reject(new Error(`it ended before it served a page:\n${output}`)));
  });
  return { process: child, origin, output: () => output };
}
