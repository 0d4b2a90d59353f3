import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { startGateServer } from '../../test/support/gate-server.ts';
import { clientText, type Description } from './client-text.ts';

export const CLIENT_FILE = fileURLToPath(new URL('../../src/client/api.ts', import.meta.url));

/** The client's source as it should be, by what a server of this tree says of itself. */
export async function makeClient(): Promise<string> {
  const server = await startGateServer();
  try {
    const response = await fetch(`${server.url}/openapi.json`);
    const description: Description = JSON.parse(await response.text());
    return format(clientText(description));
  } finally {
    await server.stop();
  }
}

function format(text: string): string {
  const biome = fileURLToPath(new URL('../../node_modules/.bin/biome', import.meta.url));
  return execFileSync(biome, ['format', `--stdin-file-path=${CLIENT_FILE}`], {
    input: text,
    encoding: 'utf8',
  });
}
