import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser, noBrowser } from '../../support/browser.js';
import { askAs, signIn } from '../../support/product.js';

describe.skipIf(noBrowser)('signing in', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  test('somebody of the demonstration signs in, is known, and signs out', async () => {
    const page = await signIn(browser, 'SPB', 'duty-1');
    const { text } = await askAs(page, '/v1/session');
    expect(JSON.parse(text)).toMatchObject({ actor: 'duty-1', organisation: { id: 'SPB' } });
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
  });
});
