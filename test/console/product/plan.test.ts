import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Plan, PlanVersions } from '../../../src/client/api.js';
import { launchBrowser, noBrowser, seriousFindings, untranslated } from '../../support/browser.js';
import { askAs, signIn } from '../../support/product.js';

describe.skipIf(noBrowser)('the release plan', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  test('duty officers of the nation plan again; a manager publishes, compares, and brings the version before back', async () => {
    const duty = await signIn(browser, 'SPB', 'duty-1', '/plan');
    const before = await inForce(duty);
    await duty.getByRole('spinbutton', { name: 'Gap to reach' }).fill('5');
    await duty.getByRole('button', { name: 'Plan', exact: true }).click();
    const runs = duty.getByRole('region', { name: 'Plan again' });
    const newest = runs.locator('.run').first();
    await newest.getByText('Certificate: gap').waitFor({ timeout: 90_000 });
    await newest.getByText('A manager publishes it.').waitFor();

    const manager = await signIn(browser, 'SPB', 'manager-1', '/plan');
    const found = manager.getByRole('region', { name: 'Plan again' }).locator('.run').first();
    await found.getByRole('button', { name: 'Publish …' }).click();
    await found.getByRole('textbox', { name: 'Reason' }).fill('planned anew for a test');
    await found.getByRole('button', { name: 'Publish', exact: true }).click();
    await manager
      .locator('.marks')
      .getByText(`Version ${before + 1}`)
      .waitFor();
    expect(await inForce(manager)).toBe(before + 1);

    const versions = manager.getByRole('region', { name: 'Versions of the plan' });
    await versions
      .getByRole('button', { name: `Compare versions ${before + 1} and ${before}` })
      .click();
    expect(new URL(manager.url()).searchParams.get('compare')).toBe(String(before));
    const compared = manager.getByRole('region', { name: `Version ${before + 1} beside` });
    await compared.getByText(/Loads of \d+ of 25 hubs differ/).waitFor();
    await compared.getByRole('button', { name: 'End comparing' }).click();

    await versions.getByRole('button', { name: `Version ${before}`, exact: true }).click();
    await versions.getByRole('button', { name: `Bring back version ${before} …` }).click();
    await versions.getByRole('textbox', { name: 'Reason' }).fill('the test is over');
    await versions.getByRole('button', { name: 'Bring back', exact: true }).click();
    await manager
      .locator('.marks')
      .getByText(`Version ${before + 2}`)
      .waitFor();
    await versions.getByText(`brings back version ${before}`).waitFor();
  });

  test('a hold is explained to the last parcel, and the parts add up', async () => {
    const page = await signIn(browser, 'SPB', 'viewer-1', '/plan');
    const holds = page.getByRole('region', { name: 'The most costly holds' });
    await holds
      .getByRole('button', { name: /^Explain/ })
      .nth(2)
      .click();
    expect(page.url()).toContain('hold=');
    const panel = page.getByRole('region', { name: 'Why it is held' });
    await panel.getByText('Slot by slot').click();
    const rows = await panel.locator('details tbody tr').all();
    expect(rows.length).toBeGreaterThan(1);
    for (const row of rows) {
      const cells = (await row.locator('td').allInnerTexts()).map((text) =>
        Number(text.replaceAll(',', '')),
      );
      const parts = cells.slice(0, -2).reduce((sum, part) => sum + part, 0);
      expect(parts).toBeCloseTo(cells[cells.length - 2], 2);
    }
    // Whoever may only read is not offered to plan.
    expect(await page.getByRole('button', { name: 'Plan', exact: true }).count()).toBe(0);
  });

  test('P11: an operator and a platform see their part, and are told so; nothing else is in any answer', async () => {
    const operator = await signIn(browser, 'YUNDA', 'duty-1', '/plan');
    await operator.getByText('Your part only').waitFor();
    const { part, certificate, version } = await planOf(operator);
    expect(part).toBe('network');
    expect(certificate).not.toHaveProperty('objective');
    const { text } = await askAs(operator, `/v1/plans/${version.version}/resources`);
    expect(text).toContain('YUNDA/hub/');
    expect(text).not.toContain('ZTO/');
    expect(await operator.getByRole('region', { name: 'Plan again' }).count()).toBe(0);
    const loads = await askAs(
      operator,
      `/v1/plans/${version.version}/resources/${encodeURIComponent('ZTO/hub/440100-1')}/loads`,
    );
    expect(loads.status).toBe(404);
  });

  test.each([
    ['Chinese, light', 'zh', { colorScheme: 'light' }],
    ['English, dark', 'en', { colorScheme: 'dark' }],
    ['a narrow window', 'en', { viewport: { width: 390, height: 800 } }],
  ] as const)(
    'no text is left untranslated, and nobody is kept out: %s',
    async (_, language, options) => {
      const page = await signIn(browser, 'SPB', 'manager-1', '/plan?compare=1', options);
      if (language === 'zh') await page.getByText('中文').click();
      const title = language === 'zh' ? '分拨中心 × 时段' : 'Hubs by slot';
      await page.getByRole('heading', { name: title, exact: true }).waitFor();
      await page
        .getByRole('heading', { name: language === 'zh' ? '为什么缓发' : 'Why it is held' })
        .waitFor();
      expect(await untranslated(page, language)).toEqual([]);
      expect(await seriousFindings(page)).toEqual([]);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
    },
  );
});

async function inForce(page: Page): Promise<number> {
  const { text } = await askAs(page, '/v1/plans');
  const { versions }: PlanVersions = JSON.parse(text);
  return versions[0].version;
}

async function planOf(page: Page): Promise<Plan> {
  const { text } = await askAs(page, `/v1/plans/${await inForce(page)}`);
  return JSON.parse(text);
}
