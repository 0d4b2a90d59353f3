import { once } from 'node:events';
import { createServer } from 'node:net';
import { InvalidArgumentError } from 'commander';
import { portProblem } from '../port-problem.js';

/** A port as it is written on a command line; 0 is any that is free. */
export function parsePort(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= 65_535) return value;
  throw new InvalidArgumentError('A whole number up to 65535.');
}

/** @throws Error that says what to do where somebody else listens there: before work that would be in vain. */
export async function checkPort(host: string, port: number): Promise<void> {
  const probe = createServer();
  try {
    await once(probe.listen(port, host), 'listening');
  } catch (error) {
    throw portProblem(port, error);
  } finally {
    probe.close();
  }
}
