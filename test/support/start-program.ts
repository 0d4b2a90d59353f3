import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const MAIN = 'dist/edge/cli/main.js';
/** A test that is itself ended leaves nothing running for longer. */
const LONGEST_MS = 1_800_000;

export interface StartedProgram {
  readonly process: ChildProcess;
  /** Where the page is. */
  readonly origin: string;
  /** All that it has written so far, to either stream. */
  readonly output: () => string;
}

/** `npm start -- …args` as it is built, on a free port and a database of its own; waits until the page is served. */
export async function startProgram(...args: string[]): Promise<StartedProgram> {
  if (!existsSync(`${ROOT}${MAIN}`)) throw new Error('the program is not built: npm run build');
  const data = mkdtempSync(join(tmpdir(), 'cuofeng-start-'));
  // The database runs as another user where root runs the tests.
  chmodSync(data, 0o711);
  const command = [MAIN, 'start', '--port', '0', '--data', join(data, 'db'), ...args];
  const child = spawn(process.execPath, command, { cwd: ROOT, timeout: LONGEST_MS });
  child.once('exit', () => rmSync(data, { recursive: true, force: true }));
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
