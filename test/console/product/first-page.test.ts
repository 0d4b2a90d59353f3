import { statSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser, noBrowser, openPage } from '../../support/browser.js';
import { product, signIn } from '../../support/product.js';

const CONSOLE = new URL('../../../dist/console/', import.meta.url).pathname;
/** Compressed, before the first chart or map is drawn. */
const BYTES_MOST = 300_000;

describe.skipIf(noBrowser)('everybody lands on a page of their own', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  test.each([
    ['nobody yet', undefined, 'night'],
    ['a duty officer of the nation', 'SPB', 'situation'],
    ['a control room in a city', 'ZTO-440100', 'situation'],
    ['a dispatcher of a platform', 'P1', 'release'],
    ['a last-mile operator', 'stations-440100', 'arrivals'],
    ['an analyst', 'analysts', 'simulate'],
  ])('%s; it loads at most 300 kB', async (_who, organisation, path) => {
    const { origin } = product();
    const page = organisation
      ? await signIn(browser, organisation, 'duty-1')
      : await openPage(browser, `${origin}/?lang=en`);
    const current = page.getByRole('navigation', { name: 'Pages' }).locator('[aria-current]');
    expect(await current.getAttribute('href')).toBe(`/${path}?lang=en`);
    // Anew, as whoever comes back: the sign-in page is not loaded again.
    await page.goto(`${origin}/?lang=en`);
    await page.locator('main h1').waitFor();
    await page.waitForLoadState('load');
    const loaded = await page.evaluate(() =>
      performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname),
    );
    const first = loaded.filter((name) => /^\/assets\/(?!echarts-|painter-worker-)/.test(name));
    const bytes = first.reduce((sum, name) => sum + statSync(`${CONSOLE}${name}.gz`).size, 0);
    expect(bytes).toBeGreaterThan(100_000);
    expect(bytes).toBeLessThanOrEqual(BYTES_MOST);
  });
});
