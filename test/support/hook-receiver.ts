import { once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:https';
import { text } from 'node:stream/consumers';
import type { Outside } from '../../src/edge/webhooks/post.js';

/** A certificate for the name `hooks.test` and its key, made for these tests and trusted nowhere else. */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBlzCCAT6gAwIBAgIUUZ9ko+SBYFPorilCHeX4EJlm/OgwCgYIKoZIzj0EAwIw
FTETMBEGA1UEAwwKaG9va3MudGVzdDAgFw0yNjExMjIwNDQyMjFaGA8yMTI2MTAy
OTA0NDIyMVowFTETMBEGA1UEAwwKaG9va3MudGVzdDBZMBMGByqGSM49AgEGCCqG
SM49AwEHA0IABABsF8XqSZExE6khqsUPbTTOZ7oAb93nhoKL3daJ7kPK1CnANL3Z
DwQ9S8rGK7TGH5JXR9p9KFEjNm3FCa3PKaWjajBoMB0GA1UdDgQWBBRbCx8WEvcq
OwhpzylP2ci1QCAn/zAfBgNVHSMEGDAWgBRbCx8WEvcqOwhpzylP2ci1QCAn/zAP
BgNVHRMBAf8EBTADAQH/MBUGA1UdEQQOMAyCCmhvb2tzLnRlc3QwCgYIKoZIzj0E
AwIDRwAwRAIgSoJkqduNREAYgzH7MyeiMyjdaCVwH0LZfc4zGN5pkKsCICCVJesO
FAcnejVMZLGk/cYzP9L41JKZKgMPacQvZ7UV
-----END CERTIFICATE-----`;
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg7s1VYQ/50I+Rvkrm
KGGmjewTxF8S754GdXZRG0MG7FGhRANCAAQAbBfF6kmRMROpIarFD200zme6AG/d
54aCi93Wie5DytQpwDS92Q8EPUvKxiu0xh+SV0fafShRIzZtxQmtzyml
-----END PRIVATE KEY-----`;

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface HookReceiver {
  readonly url: string;
  readonly received: Received[];
  /** What is answered: a status, and headers. */
  answer: { readonly status: number; readonly headers?: Record<string, string> };
  /** The world in which `hooks.test` is this receiver. */
  readonly outside: Outside;
  close(): Promise<void>;
}

/** Listens on this machine for what is sent to https://hooks.test. */
export async function startHookReceiver(): Promise<HookReceiver> {
  const server = createServer({ cert: CERTIFICATE, key: KEY }, (request, response) => {
    void text(request).then((body) => {
      receiver.received.push({ headers: request.headers, body });
      const { status, headers } = receiver.answer;
      return response.writeHead(status, headers).end('taken');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const receiver: HookReceiver = {
    url: `https://hooks.test:${port}/in?a=1`,
    received: [],
    answer: { status: 204 },
    outside: {
      isAllowed: (ip) => ip === '127.0.0.1',
      resolve: async () => ['127.0.0.1'],
      ca: CERTIFICATE,
      timeoutMs: 5_000,
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return receiver;
}
