import type { TestProject } from 'vitest/node';
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
  project.provide('product', { origin: program.origin, password });
  return () => {
    program.process.kill('SIGTERM');
  };
}
