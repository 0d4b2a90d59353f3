import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { CLIENT_FILE, makeClient } from '../../scripts/client/make-client.js';

test('the client is what the server says of itself: after a change, `npm run build:client`', async () => {
  expect(await makeClient()).toBe(await readFile(CLIENT_FILE, 'utf8'));
});
