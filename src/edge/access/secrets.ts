import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** What a key begins with, so that one left lying about is found. */
const KEY_PREFIX = 'cuofeng_';
const SECRET = /^[\w-]{43}$/;

/** 256 random bits, base64url. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** The secret of a key: shown once, kept only as its hash. */
export function newKeySecret(): string {
  return KEY_PREFIX + newToken();
}

export function isKeySecret(text: string): boolean {
  return text.startsWith(KEY_PREFIX) && SECRET.test(text.slice(KEY_PREFIX.length));
}

export function isToken(text: string): boolean {
  return SECRET.test(text);
}

/** Short and random: a name, not a secret. */
export function newId(prefix: string): string {
  return `${prefix}-${randomBytes(6).toString('hex')}`;
}

/**
 * Secrets of 256 random bits need no salt and no stretching, and may be looked up by their hash: what a
 * search tells by its time is of the hash only.
 */
export function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** What pages of ours, which can read it, send beside the session's cookie, which they cannot read. */
export function csrfOf(token: string): string {
  return createHmac('sha256', token).update('csrf').digest('base64url');
}

/** Without telling by its time how much of it is right. */
export function isSame(a: string, b: string): boolean {
  return timingSafeEqual(sha256(a), sha256(b));
}
