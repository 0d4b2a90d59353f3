import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { Problem } from '../http/problem.js';

/**
 * scrypt's cost: 2^15 blocks of 8 · 128 bytes, so 32 MiB, three passes; OWASP's cheat sheet has it among its equals
 * to 2^17 with one. Less, and a stolen table is searched faster; more, and signing in takes seconds.
 */
const COST = { N: 2 ** 15, r: 8, p: 3 };
const MEMORY_BYTES_MOST = 64 * 2 ** 20;
const HASH_BYTES = 32;

/** Characters of a password, at least: as there is a limit to attempts, what is short falls to a list only. */
export const PASSWORD_LEAST = 12;
export const PASSWORD_MOST = 128;

/** Hashes at a time: the machine has other work, and each takes 32 MiB and a thread of four. */
const AT_ONCE = 2;
/** Who waits for one at most: a second or two each; others come again. */
const WAITING_MOST = 20;

/** One that nobody guesses, short enough to be typed. */
export function newPassword(): string {
  return randomBytes(12).toString('base64url');
}

/** `scrypt$N$r$p$salt$hash`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, COST);
  const { N, r, p } = COST;
  return ['scrypt', N, r, p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/** Whether it is the password. Takes as long where there is none to compare with. */
export async function isPassword(password: string, kept: string | null): Promise<boolean> {
  if (kept === null) {
    await derive(password, Buffer.alloc(16), COST);
    return false;
  }
  const [, N, r, p, salt, hash] = kept.split('$');
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  const derived = await derive(password, Buffer.from(salt, 'base64url'), cost);
  return timingSafeEqual(derived, Buffer.from(hash, 'base64url'));
}

let running = 0;
const waiting: (() => void)[] = [];

async function derive(password: string, salt: Buffer, cost: typeof COST): Promise<Buffer> {
  await enter();
  try {
    const options = { ...cost, maxmem: MEMORY_BYTES_MOST };
    return await scryptAsync(password.normalize('NFKC'), salt, HASH_BYTES, options);
  } finally {
    leave();
  }
}

async function enter(): Promise<void> {
  if (running < AT_ONCE) {
    running += 1;
    return;
  }
  if (waiting.length >= WAITING_MOST) {
    throw new Problem(503, 'Busy', 'Too many are signing in.', { 'retry-after': '3' });
  }
  await new Promise<void>((resolve) => waiting.push(resolve));
}

/** Whoever waits longest takes the place over. */
function leave(): void {
  const next = waiting.shift();
  if (next) next();
  else running -= 1;
}

const scryptAsync = promisify<string, Buffer, number, object, Buffer>(scrypt);
