import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Night, Simulation, Simulations } from '../../../src/client/api.js';
import { launchBrowser, noBrowser, untranslated } from '../../support/browser.js';
import { askAs, product, signIn } from '../../support/product.js';

describe.skipIf(noBrowser)("an analyst's work", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  test('from signing in to policies compared: what it says is what the night shows', async () => {
    const page = await signIn(browser, 'analysts', 'duty-1');
    await page.getByRole('heading', { name: /^Simulat/, level: 1 }).waitFor();
    await page.getByRole('checkbox', { name: 'Throttling' }).uncheck();
    await page.getByRole('checkbox', { name: 'Plan', exact: false }).first().uncheck();
    await page.getByRole('button', { name: 'Simulate', exact: true }).click();
    await page.getByText('Done', { exact: true }).first().waitFor({ timeout: 90_000 });
    const { text } = await askAs(page, '/v1/simulations');
    const { simulations }: Simulations = JSON.parse(text);
    expect(simulations[0]).toMatchObject({ organisation: 'analysts', actor: 'duty-1' });
    const simulated = await askAs(page, `/v1/simulations/${simulations[0].id}`);
    const { runs }: Simulation = JSON.parse(simulated.text);
    expect(runs.map(({ policy }) => policy)).toEqual(['at-once', 'first-served']);
    const row = page.getByRole('row', { name: /^Gridlock/ }).first();
    const hours = runs.map(({ figures }) => String(figures.gridlockHours));
    expect((await row.getByRole('cell').allInnerTexts()).slice(-2)).toEqual(hours);
    const night: Night = JSON.parse((await askAs(page, '/v1/demonstration/night')).text);
    if (night.sides[0]?.figures) expect(runs[0].figures).toEqual(night.sides[0].figures);
    expect(await untranslated(page, 'en')).toEqual([]);
    await page.getByText('中文').click();
    await page.getByRole('heading', { name: /推演/, level: 1 }).waitFor();
    expect(await untranslated(page, 'zh')).toEqual([]);
    for (const path of ['/v1/network/state', '/v1/tickets']) {
      const refused = await page.context().request.get(`${product().origin}${path}`);
      expect(refused.status(), path).toBe(403);
    }
  });

  test('whom it is not for is not let in', async () => {
    const page = await signIn(browser, 'ZTO', 'manager-1');
    await page.goto(`${product().origin}/simulate?lang=en`);
    await page.getByRole('heading', { name: 'This page is not for you' }).waitFor();
  });
});
