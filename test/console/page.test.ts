import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import {
  drawn,
  launchBrowser,
  noBrowser,
  OVERLOAD,
  openPage,
  pixelsOf,
  seriousFindings,
} from '../support/browser.js';
import { CONSOLE, consoleServer, openAs, signInto } from '../support/console-server.js';
import type { ServedSeason } from '../support/served-season.js';
import { emptySeason, servedSeason } from '../support/served-season.js';

describe.skipIf(noBrowser)('the first page in a real browser', () => {
  let browser: Browser;
  let season: ServedSeason;

  beforeAll(async () => {
    expect(existsSync(CONSOLE), 'the console is not built: npm run build:console').toBe(true);
    browser = await launchBrowser();
    season = await servedSeason();
  });

  afterAll(() => browser?.close());

  const open = async (path: string, options?: BrowserContextOptions): Promise<Page> =>
    openAs(browser, `${await serve(season)}${path}`, options);

  test('speaks Chinese first, then English, and the address remembers', async () => {
    const page = await open('/plan');
    await page.getByRole('heading', { name: '最优性证书' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    expect(await page.title()).toBe('放行计划 · 错峰');
    await page.getByText('English').click();
    await page.getByRole('heading', { name: 'Certificate' }).waitFor();
    expect(page.url()).toContain('lang=en');
    await page.reload();
    await page.getByRole('heading', { name: 'Certificate' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
  });

  test('where there is no demonstration, whoever has not signed in is asked to', async () => {
    const page = await openPage(browser, `${await serve(season)}/`);
    await page.getByRole('heading', { name: '登录' }).waitFor();
    expect(await page.getByRole('navigation').getByRole('link').count()).toBe(0);
  });

  test('shows overloads at once and none as planned, on the maps and in words', async () => {
    const page = await open('/plan?slot=1');
    await drawn(page);
    expect(await page.locator('.map').allInnerTexts()).toEqual([
      expect.stringContaining('3 处超能力'),
      expect.stringContaining('0 处超能力'),
    ]);
    const maps = page.locator('.map canvas');
    expect((await pixelsOf(maps.first(), OVERLOAD)).count).toBeGreaterThan(100);
    expect((await pixelsOf(maps.last(), OVERLOAD)).count).toBe(0);
  });

  test('takes another slot by keyboard and puts it into the address', async () => {
    const page = await open('/plan?slot=1');
    await page.getByRole('slider').focus();
    await page.keyboard.press('ArrowRight');
    await page.getByText('11月1日 02:00（第 2 时段）').waitFor();
    expect(page.url()).toContain('slot=2');
  });

  test('explains a hold chosen by keyboard: what binds and what each slot would cost', async () => {
    const page = await open('/plan?lang=en');
    const row = page.getByRole('button', { name: /^Explain/ }).nth(1);
    await row.focus();
    await page.keyboard.press('Enter');
    expect(await row.getAttribute('aria-pressed')).toBe('true');
    expect(page.url()).toContain('hold=');
    const panel = page.getByRole('region', { name: 'Why it is held' });
    await panel.getByText('Scarce resources on the way').waitFor();
    await panel.getByText('Slot by slot').click();
    const rows = await panel.locator('details tbody tr').all();
    expect(rows.length).toBeGreaterThan(1);
    for (const each of rows) {
      const cells = (await each.locator('td').allInnerTexts()).map(Number);
      const total = cells[cells.length - 2];
      const parts = cells.slice(0, -2).reduce((sum, part) => sum + part, 0);
      expect(parts).toBeCloseTo(total, 2);
    }
  });

  test('opens on the resource and the hold that the address names', async () => {
    const hold = 'timed~YTO~110000~440300~0';
    const page = await open(`/plan?resource=YTO%2Fhub%2F440300-1&hold=${hold}`);
    await drawn(page);
    expect(await page.locator('body').innerText()).toContain('圆通 深圳 1 号分拨中心');
    await page.getByText('圆通「限时」快件 7 件，北京 → 深圳，11月1日 00:00 就绪。').waitFor();
  });

  test('says that the data are generated, how old the plan is and how good', async () => {
    const page = await open('/plan');
    await page.getByText('数据为模型生成，不是实测').waitFor();
    await page.getByText('计划生成于').waitFor();
    const text = await page.locator('body').innerText();
    expect(text).toContain('总缓发成本都不会比本计划低 0.150% 以上');
  });

  test('says so when there is nothing to release', async () => {
    const page = await openAs(browser, `${await serve(await emptySeason())}/plan`);
    await page.getByText('这个方案里没有待发快件').waitFor();
  });

  test('shows that it loads, and offers to try again when the server does not answer', async () => {
    const context = await browser.newContext();
    onTestFinished(() => context.close());
    const page = await context.newPage();
    const origin = await serve(season);
    await signInto(page, origin);
    const refused = new AbortController();
    await page.route('**/v1/season', async (route) => {
      if (!refused.signal.aborted) await once(refused.signal, 'abort');
      await route.abort();
    });
    await page.goto(`${origin}/plan`);
    await page.getByRole('status', { name: '正在载入……' }).waitFor();
    refused.abort();
    await page.getByText('没能取得数据').waitFor();
    await page.unroute('**/v1/season');
    await page.getByRole('button', { name: '重试' }).click();
    await page.getByRole('heading', { name: '最优性证书' }).waitFor();
  });

  test.each([
    ['a narrow window', '/plan?lang=en', { viewport: { width: 390, height: 800 } }],
    ['no such page', '/nowhere', {}],
  ] as const)('has no serious accessibility findings: %s', async (name, path, options) => {
    const page = await open(path, options);
    if (name === 'no such page') await page.getByText('没有这一页').waitFor();
    else await drawn(page);
    for (const details of await page.locator('summary').all()) await details.click();
    expect(await seriousFindings(page)).toEqual([]);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
  });
});

async function serve(season: ServedSeason): Promise<string> {
  const server = await consoleServer({ season });
  return server.listen();
}
