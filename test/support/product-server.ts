import { setTimeout as sleep } from 'node:timers/promises';
import type { TestProject } from 'vitest/node';
import type { SituationFigures } from '../../src/edge/http/situation/schema.js';
import { noBrowser } from './browser.js';
import { startProgram } from './start-program.js';

/** The running product: `npm start` as it is built, with its made-up organisations. */
export interface Product {
  readonly origin: string;
  /** Of everybody there. */
  readonly password: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    /** Undefined where there is no browser to look at it. */
    product: Product | undefined;
  }
}

/** Started once for all tests that look at it; they may change it, so none counts on what others leave alone. */
export default async function setup(project: TestProject): Promise<() => void> {
  if (noBrowser !== undefined) {
    project.provide('product', undefined);
    return () => undefined;
  }
  const program = await startProgram();
  const [, password] = /, password (\S+)/.exec(program.output()) ?? [];
  if (password === undefined) throw new Error(`no password was told:\n${program.output()}`);
  const product = { origin: program.origin, password };
  await untilLived(product);
  project.provide('product', product);
  return () => {
    program.process.kill('SIGTERM');
  };
}

/** The made-up season's first hours are told in a burst after the start: until they are, there is little to see. */
async function untilLived({ origin, password }: Product): Promise<void> {
  const credentials = { organisation: 'SPB', login: 'duty-1', password };
  const session = await fetch(`${origin}/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(credentials),
  });
  const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? '';
  for (const end = Date.now() + LIVED_WITHIN_MS; Date.now() < end; await sleep(1000)) {
    const answer = await fetch(`${origin}/v1/situation/figures`, { headers: { cookie } });
    const { pickedUp }: SituationFigures = await answer.json();
    const { seen, planned } = pickedUp;
    if (seen !== null && planned !== null && seen > 0.5 * planned) return;
  }
  throw new Error('the demonstration does not live');
}

const LIVED_WITHIN_MS = 180_000;
