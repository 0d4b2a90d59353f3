import { createHmac, randomBytes } from 'node:crypto';

const PREFIX = 'whsec_';

/** A webhook's secret: 256 random bits. */
export function newWebhookSecret(): string {
  return PREFIX + randomBytes(32).toString('base64');
}

/**
 * Headers that say who sent a message, as Standard Webhooks has them: HMAC-SHA256 over `id.timestamp.body` under the
 * secret's bytes, in base64 behind `v1,`.
 *
 * @param seconds since 1970.
 */
export function signedHeaders(
  secret: string,
  id: string,
  seconds: number,
  body: string,
): Record<string, string> {
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': `v1,${signature}`,
  };
}
