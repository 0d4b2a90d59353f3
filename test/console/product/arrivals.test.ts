import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  drawn,
  launchBrowser,
  noBrowser,
  seriousFindings,
  untranslated,
} from '../../support/browser.js';
import { askAs, signIn } from '../../support/product.js';

const STATIONS = 'stations-440100';

describe.skipIf(noBrowser)('a last-mile operator', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  test('lands on what arrives at its stations today and tomorrow, and looks at one of them', async () => {
    const page = await signIn(browser, STATIONS, 'viewer-1');
    await page.getByRole('heading', { name: 'Arrivals', exact: true }).waitFor();
    await drawn(page, 1);
    const table = page.getByRole('region', { name: 'Stations' }).first();
    const rows = table.getByRole('row');
    expect(await rows.count()).toBe(3);
    await table.getByRole('button', { name: /ZTO Guangzhou/ }).click();
    expect(new URL(page.url()).searchParams.get('station')).toBe('ZTO/delivery/440100');
    await page.getByRole('img', { name: /ZTO Guangzhou.*parcels arrive in an hour/ }).waitFor();
    const { text } = await askAs(page, '/v1/arrivals');
    const { places } = JSON.parse(text);
    expect(places.map(({ id }: { id: string }) => id)).toEqual([
      'ZTO/delivery/440100',
      'YUNDA/delivery/440100',
    ]);
    expect(await untranslated(page, 'en')).toEqual([]);
    expect(await seriousFindings(page)).toEqual([]);
  });

  test('in Chinese, in the dark, on a telephone', async () => {
    const page = await signIn(browser, STATIONS, 'duty-1', '/arrivals', {
      colorScheme: 'dark',
      viewport: { width: 390, height: 800 },
    });
    await page.goto(page.url().replace('lang=en', 'lang=zh'));
    await page.getByRole('heading', { name: '到件预告' }).waitFor();
    await drawn(page, 1);
    expect(await untranslated(page, 'zh')).toEqual([]);
    expect(await seriousFindings(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      390,
    );
  });
});
