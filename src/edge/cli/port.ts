import { InvalidArgumentError } from 'commander';

/** A port as it is written on a command line; 0 is any that is free. */
export function parsePort(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= 65_535) return value;
  throw new InvalidArgumentError('A whole number up to 65535.');
}
