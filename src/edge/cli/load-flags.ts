import { InvalidArgumentError } from 'commander';
import { decimal } from './text-table.js';

/** What the commands that send made-up loads read and write alike. */

export function whole(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`A whole number from ${least} to ${most}.`);
  };
}

export function share(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d*\.?\d+(e-?\d+)?$/i.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`A number from ${least} to ${most}.`);
  };
}

export function addText(text: string, before: readonly string[]): string[] {
  return [...before, text];
}

export function parseUrl(text: string): URL {
  if (URL.canParse(text) && /^https?:/.test(text)) return new URL(text);
  throw new InvalidArgumentError('An address such as http://localhost:8618.');
}

export function addUrl(text: string, before: readonly URL[]): URL[] {
  return [...before, parseUrl(text)];
}

/** A figure of a report; what cannot be told is not known. */
export function figure(value: number | undefined): string {
  return value === undefined ? 'not known' : decimal(value, 1);
}
