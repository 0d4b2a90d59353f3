import { lookup } from 'node:dns/promises';
import { request } from 'node:https';
import { isIP } from 'node:net';
import { isPublicAddress } from './public-address.js';

/** How a message leaves the house; tests stand in for the world. */
export interface Outside {
  readonly isAllowed: (address: string) => boolean;
  readonly resolve: (name: string) => Promise<readonly string[]>;
  /** Certificates trusted beside the usual ones. */
  readonly ca?: string;
  /** From the first look-up to the answer's head. */
  readonly timeoutMs: number;
}

export const OUTSIDE: Outside = {
  isAllowed: isPublicAddress,
  resolve: async (name) => (await lookup(name, { all: true })).map(({ address }) => address),
  timeoutMs: 10_000,
};

/** Why a message was not sent, or not taken. `gone`: whoever was asked wants no more. */
export class NotDelivered extends Error {
  constructor(
    why: string,
    readonly gone = false,
  ) {
    super(why);
    this.name = 'NotDelivered';
  }
}

/** Whether a webhook may have this address at all; where its name leads is seen when it is sent to. */
export function findUrlFault(text: string, { isAllowed }: Outside): string | undefined {
  if (!URL.canParse(text)) return 'This is no address.';
  const url = new URL(text);
  if (url.protocol !== 'https:') return 'It begins with https://.';
  if (url.username !== '' || url.password !== '') return 'It holds no password.';
  const host = hostOf(url);
  if (isIP(host) !== 0 && !isAllowed(host)) return 'It is not of the public internet.';
  return undefined;
}

/**
 * Posts a body to where an https address leads. Its name is resolved once; if any of its addresses may not be connected
 * to, nothing is sent, and the connection goes to the very address that was looked at, whatever the name says a moment
 * later. Redirects are not followed, the answer's body is not read.
 *
 * @throws NotDelivered for all but a 2xx answer in time.
 */
export async function post(
  text: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  outside: Outside,
): Promise<void> {
  const fault = findUrlFault(text, outside);
  if (fault) throw new NotDelivered(fault);
  const signal = AbortSignal.timeout(outside.timeoutMs);
  try {
    const url = new URL(text);
    const address = await inTime(findAddress(url, outside), signal);
    const status = await send(url, address, headers, body, { signal, outside });
    if (status < 200 || status > 299)
      throw new NotDelivered(`It answered ${status}.`, status === 410);
  } catch (error) {
    if (error instanceof NotDelivered) throw error;
    if (signal.aborted) throw new NotDelivered('It did not answer in time.');
    throw new NotDelivered(reasonOf(error));
  }
}

async function findAddress(url: URL, { isAllowed, resolve }: Outside): Promise<string> {
  const host = hostOf(url);
  const addresses = isIP(host) === 0 ? await resolve(host) : [host];
  if (addresses.length === 0) throw new NotDelivered('Its name has no address.');
  if (addresses.every(isAllowed)) return addresses[0];
  throw new NotDelivered('Its name leads to an address that is not of the public internet.');
}

interface Sending {
  readonly signal: AbortSignal;
  readonly outside: Outside;
}

function send(
  url: URL,
  address: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  { signal, outside: { ca } }: Sending,
): Promise<number> {
  const host = hostOf(url);
  return new Promise((resolve, reject) => {
    const sending = request({
      host: address,
      port: url.port === '' ? 443 : Number(url.port),
      path: `${url.pathname}${url.search}`,
      method: 'POST',
      servername: isIP(host) === 0 ? host : '',
      headers: { ...headers, host: url.host, 'content-length': Buffer.byteLength(body) },
      agent: false,
      signal,
      ...(ca !== undefined && { ca }),
    });
    sending.once('response', (response) => {
      resolve(response.statusCode ?? 0);
      response.destroy();
    });
    sending.on('error', reject);
    sending.end(body);
  });
}

async function inTime<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const over = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  return Promise.race([work, over]);
}

/** Without the brackets around an IPv6 address. */
function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

/** What kind of failure it was: what the other side wrote is not repeated. */
function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return `It could not be reached (${code}).`;
}
