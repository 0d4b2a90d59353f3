import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NotDelivered, OUTSIDE, type Outside, post } from '../../../src/edge/webhooks/post.js';
import { isPublicAddress } from '../../../src/edge/webhooks/public-address.js';
import { type HookReceiver, startHookReceiver } from '../../support/hook-receiver.js';

let receiver: HookReceiver;
beforeAll(async () => {
  receiver = await startHookReceiver();
});
afterAll(() => receiver.close());

describe('which addresses are of the public internet', () => {
  test.each(['1.1.1.1', '114.114.114.114', '223.5.5.5', '2400:3200::1', '2606:4700:4700::1111'])(
    '%s is',
    (address) => expect(isPublicAddress(address)).toBe(true),
  );

  test.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.1.2.3',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.8',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '::ffff:1.1.1.1',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b::a00:1',
    '100::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'ff02::1',
    'localhost',
    '',
  ])('%s is not', (address) => expect(isPublicAddress(address)).toBe(false));
});

const send = (url: string, outside: Outside = receiver.outside) =>
  post(url, { a: 'b' }, '{}', outside);

describe('where a message may go', () => {
  test('to the address that its name leads to, under the name that the certificate has', async () => {
    await send(receiver.url);
    expect(receiver.received.at(-1)).toMatchObject({ headers: { a: 'b' }, body: '{}' });
    expect(receiver.received.at(-1)?.headers.host).toMatch(/^hooks\.test:\d+$/);
  });

  test('not to a server that has no certificate for the name', async () => {
    const other = receiver.url.replace('hooks.test', 'other.test');
    await expect(send(other)).rejects.toThrow('ERR_TLS_CERT_ALTNAME_INVALID');
    const { ca: _, ...trusting } = receiver.outside;
    await expect(send(receiver.url, trusting)).rejects.toThrow(NotDelivered);
  });

  test.each([
    ['http://hooks.test/', 'https'],
    ['https://user:secret@hooks.test/', 'password'],
    ['https://127.0.0.1/', 'public'],
    ['https://2130706433/', 'public'],
    ['https://0x7f.1/', 'public'],
    ['https://[::ffff:7f00:1]/', 'public'],
    ['https://[::1]/', 'public'],
    ['file:///etc/passwd', 'https'],
    ['nothing', 'no address'],
  ])('not to %s', async (url, why) => {
    await expect(send(url, OUTSIDE)).rejects.toThrow(why);
  });

  test.each([
    ['a private address', ['10.0.0.1']],
    ['a public one and a private one', ['1.1.1.1', '192.168.0.1']],
    ['this machine in the clothes of IPv6', ['::ffff:127.0.0.1']],
    ['no address', []],
  ])('not where the name leads to %s', async (_what, addresses) => {
    const outside = { ...OUTSIDE, resolve: async () => addresses };
    await expect(send('https://hooks.test/', outside)).rejects.toThrow(/address/);
  });

  test('a name is resolved once: what it says afterwards is not connected to', async () => {
    const answers = [['127.0.0.1'], ['10.0.0.1']];
    const asked: string[] = [];
    const outside = {
      ...receiver.outside,
      resolve: async (name: string) => {
        asked.push(name);
        return answers.shift() ?? [];
      },
    };
    await send(receiver.url, outside);
    expect(asked).toEqual(['hooks.test']);
    await expect(send(receiver.url, outside)).rejects.toThrow('not of the public internet');
  });

  test('a redirect is not followed, and is a failure', async () => {
    const before = receiver.received.length;
    receiver.answer = { status: 302, headers: { location: receiver.url } };
    await expect(send(receiver.url)).rejects.toThrow('It answered 302.');
    receiver.answer = { status: 204 };
    expect(receiver.received).toHaveLength(before + 1);
  });

  test('a name or a server that does not answer is given up', async () => {
    const silent = {
      ...receiver.outside,
      timeoutMs: 20,
      resolve: () => new Promise<string[]>(() => {}),
    };
    await expect(send(receiver.url, silent)).rejects.toThrow('did not answer in time');
  });
});
