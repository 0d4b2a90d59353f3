import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser, noBrowser } from '../../support/browser.js';
import { expectForAll } from '../../support/looked-at.js';
import { askAs, signIn } from '../../support/product.js';

describe.skipIf(noBrowser)('the audit log', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  test('P14: a manager reads it the newest first, and the browser verifies the chain', async () => {
    const page = await signIn(browser, 'P3', 'manager-1', '/audit');
    await page.getByText('the whole chain is intact').waitFor();
    const { items } = JSON.parse((await askAs(page, '/v1/audit?order=newest')).text);
    const [, first] = await page.getByRole('row').allInnerTexts();
    expect(first).toContain('manager-1');
    expect(first).toContain('signed in');
    expect(await page.locator('.audit-end code').innerText()).toBe(items[0].hash);

    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByText('As CSV').click();
    const file = await (await saved).path();
    expect(readFileSync(file, 'utf8')).toContain(items[0].hash);
  });

  test('P14: what is not as it was written down is found, and where', async () => {
    const page = await signIn(browser, 'P3', 'manager-1');
    await page.route('**/v1/audit?*', async (route) => {
      const response = await route.fetch();
      const answer = await response.json();
      answer.items.at(-2).actor = 'nobody-1';
      await route.fulfill({ response, json: answer });
    });
    await page.goto(new URL('/audit?lang=en', page.url()).href);
    await page.getByText('Entry 2 is not what its hash says').waitFor();
  });

  test('everybody can use the page', async () => {
    const page = await signIn(browser, 'P3', 'manager-1', '/audit');
    await expectForAll(page, () => page.locator('.audit-end').waitFor());
  });
});
