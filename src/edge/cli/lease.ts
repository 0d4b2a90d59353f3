import { InvalidArgumentError } from 'commander';

/** `--lease`: seconds that others wait for a process that does not answer. */
export function parseLease(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= 60) return value;
  throw new InvalidArgumentError('A whole number of seconds from 1 to 60.');
}
