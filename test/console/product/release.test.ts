import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser, noBrowser, seriousFindings, untranslated } from '../../support/browser.js';
import { csvOf, HEAD } from '../../support/order-files.js';
import { askAs, product, signIn } from '../../support/product.js';

/** Nobody else's in these tests, nor of a run before on the same store. */
const RUN = `r-${Date.now().toString(36)}`;

/** Lots of P2's: two that are small enough for a slot, one that none has room for. */
const lots = (readyAt: string, wrong: boolean) =>
  csvOf([
    [...HEAD],
    [`${RUN}-a`, '中通', '标准', '上海', '深圳', readyAt, 20, '', ''],
    [
      `${RUN}-b`,
      '中通',
      '限时',
      '上海',
      wrong ? '火星' : '深圳',
      readyAt,
      wrong ? '十' : 30,
      '',
      '',
    ],
    [`${RUN}-c`, '韵达', '促销', '深圳', '上海', readyAt, 999_999_999, '', ''],
  ]);

async function choose(page: Page, bytes: Uint8Array): Promise<void> {
  const file = { name: `${RUN}.csv`, mimeType: 'text/csv', buffer: Buffer.from(bytes) };
  await page.locator('input[type=file]').setInputFiles(file);
}

/** What is asked outside the page: a browser would report what is not there. */
async function statusOf(page: Page, path: string): Promise<number> {
  return (await page.request.get(`${product().origin}${path}`)).status();
}

/** Next hour by the gate's clock, as somebody would write it in China. */
async function nextHour(page: Page): Promise<string> {
  const { text } = await askAs(page, '/v1/tickets/summary');
  const china = new Date(Date.parse(JSON.parse(text).at) + 9 * 3_600_000);
  return `${china.toISOString().slice(0, 13).replace('T', ' ')}:00`;
}

describe.skipIf(noBrowser)('release', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  test('a dispatcher imports orders, sees when they may go and why, confirms, hears of it live, and exports', async () => {
    const page = await signIn(browser, 'P2', 'duty-1', '/', { acceptDownloads: true });
    await page.getByRole('heading', { name: 'Release', level: 1 }).waitFor();
    const readyAt = await nextHour(page);
    await page.getByText('Import orders', { exact: true }).first().click();

    await choose(page, lots(readyAt, true));
    await page.getByText('has 2 faults; nothing was sent').waitFor();
    const faults = await page.getByRole('group', { name: 'What is wrong' }).innerText();
    expect(faults).toMatch(/3\s+目的地\s+火星\s+There is no such place\s+Write a city/);
    expect(faults).toMatch(/3\s+件数\s+十\s+It is no whole number/);
    expect(await statusOf(page, `/v1/tickets/${RUN}-a`)).toBe(404);

    await choose(page, lots(readyAt, false));
    await page.getByRole('button', { name: 'Send 3 rows' }).click();
    await page.getByRole('heading', { name: `Results of ${RUN}.csv` }).waitFor();
    const results = await page.getByRole('group', { name: 'Tickets' }).innerText();
    expect(results).toMatch(/-a\s.*ticketed/);
    expect(results).toMatch(/-c\s.*refused.*Ask for fewer/s);

    await page.getByRole('button', { name: 'See the tickets' }).click();
    const row = page.getByRole('row').filter({ hasText: `${RUN}-a` });
    await row.getByRole('button').click();
    const why = page.getByRole('region', { name: /^Why this slot/ });
    await why.getByText(/20 standard parcels with ZTO, Shanghai → Shenzhen/).waitFor();
    await why.getByText(/^Route: ZTO Shanghai/).waitFor();

    await row.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Confirm', exact: true }).click();
    await page.getByText('1 confirmed.').waitFor();
    const ticket = await row.getByRole('button').innerText();
    const changes = page.getByRole('region', { name: 'Changes' });
    await changes
      .getByRole('row')
      .filter({ hasText: `Confirmed ${ticket}` })
      .first()
      .waitFor();
    await row.getByText('confirmed', { exact: true }).waitFor();

    const tickets = page.getByRole('region', { name: 'Tickets', exact: true });
    await tickets.getByRole('button', { name: 'Export' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'As CSV' }).click(),
    ]);
    const saved = await readFile(await download.path(), 'utf8');
    expect(saved).toContain(`${RUN}-a`);
    expect(await untranslated(page, 'en')).toEqual([]);
    await page.goto(`${product().origin}/release`);
    await page.getByRole('heading', { name: '本时段与后续时段' }).waitFor();
    expect(await untranslated(page, 'zh')).toEqual([]);
    await page.context().close();

    const other = await signIn(browser, 'P3', 'duty-1', '/release');
    for (const path of ['/v1/tickets?limit=1000', '/v1/tickets/summary', '/v1/changes?wait=0']) {
      expect((await askAs(other, path)).text).not.toMatch(RUN);
    }
    expect(await statusOf(other, `/v1/tickets/${ticket}`)).toBe(404);
  });

  test('whoever only looks has nothing to act with; both colours, a telephone and both languages are fit to read', async () => {
    const page = await signIn(browser, 'P2', 'viewer-1', '/release');
    await page.getByRole('heading', { name: 'This slot and the next' }).waitFor();
    expect(await page.getByRole('checkbox').count()).toBe(0);
    for (const name of ['Confirm', 'Cancel tickets', 'Import orders']) {
      expect(await page.getByRole('button', { name, exact: true }).count()).toBe(0);
    }
    expect(await page.getByText('Import orders').count()).toBe(0);
    await page.getByText('Pace', { exact: true }).click();
    await page.getByRole('heading', { name: 'Release by slot' }).waitFor();
    await page
      .getByText(/No parcels of yours|as of/)
      .first()
      .waitFor();
    expect(await untranslated(page, 'en')).toEqual([]);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      for (const view of ['tickets', 'pace']) {
        await page.goto(`${product().origin}/release?view=${view}`);
        await page.getByRole('heading', { level: 2 }).first().waitFor();
        expect(await seriousFindings(page)).toEqual([]);
        expect(await untranslated(page, 'zh')).toEqual([]);
      }
    }
    await page.setViewportSize({ width: 390, height: 800 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBe(390);
  });

  test('the import page is fit to read, faults and all', async () => {
    const page = await signIn(browser, 'P2', 'duty-1', '/release?view=import');
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.goto(`${product().origin}/release?view=import`);
      await page.getByRole('heading', { name: '导入订单' }).waitFor();
      await choose(page, lots('昨天', true));
      await page.getByText('处错误，什么都没有发送').waitFor();
      expect(await seriousFindings(page)).toEqual([]);
      expect(await untranslated(page, 'zh')).toEqual([]);
    }
    await page.setViewportSize({ width: 390, height: 800 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBe(390);
  });
});
