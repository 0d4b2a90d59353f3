import { createHash } from 'node:crypto';
import { BadParameter } from './event-query.js';

/** Characters of a query's hash that a token has: one of another query is found out. */
const HASH_CHARACTERS = 8;

/** Says where a next page begins, to whoever asks the same again. */
export function writeToken(places: readonly number[], about: unknown): string {
  return Buffer.from(`${hashOf(about)},${places.join(',')}`).toString('base64url');
}

/** @param count of numbers. @throws BadParameter where the token is not of this query. */
export function readToken(token: string, about: unknown, count: number): number[] {
  const [hash, ...texts] = Buffer.from(token, 'base64url').toString().split(',');
  const places = texts.map(Number);
  const isWhole = texts.every((text) => /^\d{1,16}$/.test(text)) && places.length === count;
  if (isWhole && hash === hashOf(about)) return places;
  throw new BadParameter('nextPageToken', 'It is not a token of this query.');
}

function hashOf(about: unknown): string {
  const hash = createHash('sha256').update(JSON.stringify(about)).digest('base64url');
  return hash.slice(0, HASH_CHARACTERS);
}
