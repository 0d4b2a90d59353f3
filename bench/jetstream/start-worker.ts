import { spawn } from 'node:child_process';
import { once } from 'node:events';

const MAIN = ['--max-semi-space-size=32', 'dist/edge/cli/main.js', 'track', 'work'];

/** A worker in a process of its own, once it serves what logs it has. */
export async function startWorker(
  scenario: string,
  data: string,
  ...more: readonly string[]
): Promise<{ stop(): Promise<void> }> {
  const command = [...MAIN, scenario, '--data', data, '--port', '0', ...more];
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise<void>((resolve, reject) => {
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (output.includes('Ctrl-C')) resolve();
    });
    child.once('exit', () => reject(new Error(`the worker ended:\n${output}`)));
  });
  return {
    async stop() {
      child.kill('SIGINT');
      await once(child, 'exit');
    },
  };
}
