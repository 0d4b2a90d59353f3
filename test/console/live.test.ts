import { existsSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import {
  drawn,
  launchBrowser,
  noBrowser,
  PLANNED,
  pixelsOf,
  seriousFindings,
  untranslated,
} from '../support/browser.js';
import {
  CONSOLE,
  type ConsoleServer,
  consoleServer,
  openAs,
  signInto,
} from '../support/console-server.js';
import { LiveWorld } from '../support/live-world.js';

const HANGZHOU = 'ZTO/hub/330100-1';
const SHENZHEN = 'YTO/hub/440300-1';

describe.skipIf(noBrowser)('the live page in a real browser', () => {
  let browser: Browser;

  beforeAll(async () => {
    expect(existsSync(CONSOLE), 'the console is not built: npm run build:console').toBe(true);
    browser = await launchBrowser();
  });

  afterAll(() => browser?.close());

  const open = (url: string, options?: BrowserContextOptions): Promise<Page> =>
    openAs(browser, url, options);

  test('T3, T8: shows hubs by how full they are, and marks what is stale and what is generated', async () => {
    const { origin } = await serve();
    const page = await open(`${origin}/live`);
    await page.getByText('实时更新').waitFor();
    const rows = page.getByRole('region', { name: '分拨中心', exact: true }).locator('tbody tr');
    expect(await cellsOf(rows.nth(0))).toEqual([
      '中通 杭州 1 号分拨中心',
      '18',
      '160',
      '112.5%',
      '0',
      '1 分钟前',
    ]);
    expect((await cellsOf(rows.nth(1))).slice(0, 4)).toEqual([
      '圆通 深圳 1 号分拨中心',
      '8',
      '160',
      '50.0%',
    ]);
    expect(await rows.nth(1).innerText()).toMatch(/1 小时前\s*陈旧/);
    expect(await rows.nth(0).innerText()).not.toContain('陈旧');
    expect(await rows.nth(5).innerText()).toContain('尚无扫描');
    const text = await page.locator('main').innerText();
    expect(text).toContain('截至 11月1日 10:05:00（旺季时钟）');
    expect(text).toMatch(/生成数据\s*快件和扫描由推演生成，不是实测/);
    expect(text).toMatch(/抽样跟踪：一件代表 10 件\s*占用率、流量图和预警按此折算/);
    expect(text).toMatch(/数据陈旧的资源\s*1 处\s*共 6 处/);
    expect(text).toMatch(/超出库容的分拨中心\s*1 个/);
  });

  test('a change arrives without a reload, in the totals, the table and the open hub', async () => {
    const { origin, world } = await serve();
    const page = await open(`${origin}/live?lang=en&hub=${encodeURIComponent(HANGZHOU)}`);
    const hub = page.getByRole('region', { name: 'One hub' });
    await hub.getByText('112.5%').waitFor();
    await drawn(page, 1);
    expect((await pixelsOf(hub.locator('canvas').first(), PLANNED)).count).toBeGreaterThan(50);
    await world.come(HANGZHOU, 6);
    world.clock.now += 30_000;
    await hub.getByText('150.0%').waitFor();
    await page.getByRole('row', { name: /ZTO Hangzhou 1 hub\s+24\s+160\s+150.0%/ }).waitFor();
    expect(await page.locator('main').innerText()).toMatch(/In stock\s*32 parcels/);
  });

  test('filters by operator, province and name, which the address keeps; a hub is opened by keyboard', async () => {
    const { origin } = await serve();
    const page = await open(`${origin}/live?lang=en`);
    const hubs = page.getByRole('region', { name: 'Hubs', exact: true });
    await hubs.getByText('6 of 6 match').waitFor();
    await choose(page, 'Operator', 'YTO');
    await hubs.getByText('3 of 6 match').waitFor();
    await choose(page, 'Province', 'Guangdong');
    await hubs.getByText('1 of 6 match').waitFor();
    await hubs.getByRole('searchbox', { name: 'Find by name' }).fill('beijing');
    await hubs.getByText('No hub matches.').waitFor();
    await hubs.getByRole('searchbox', { name: 'Find by name' }).fill('shenzhen');
    const line = hubs.getByRole('button', { name: 'Open YTO Shenzhen 1 hub' });
    await line.focus();
    await page.keyboard.press('Enter');
    const asked = new URL(page.url()).searchParams;
    expect(Object.fromEntries(asked)).toEqual({
      lang: 'en',
      operator: 'YTO',
      province: '440000',
      search: 'shenzhen',
      hub: SHENZHEN,
    });
    const again = await open(page.url());
    await again.getByText('1 of 6 match').waitFor();
    await again.getByRole('heading', { name: 'YTO Shenzhen 1 hub' }).waitFor();
  });

  test('tells warnings in force, the gravest first: since, breach, chance, cause, cure, owner', async () => {
    const { origin, world } = await serve();
    world.warn('blue', 1);
    world.warn('red', 2);
    const page = await open(`${origin}/live`);
    const warnings = page.getByRole('region', { name: '生效中的预警' }).getByRole('listitem');
    await warnings.nth(1).waitFor();
    expect(await warnings.nth(1).innerText()).toContain('蓝色');
    const text = await warnings.nth(0).innerText();
    for (const part of [
      '红色',
      '中通 杭州 1 号分拨中心',
      '11月1日 09:00',
      '11月1日 16:05 · 还有 6.0 小时',
      '75%',
      '在途 170 件（中通 北京 1 号分拨中心）、已在库 30 件',
      '缓发 40 件（中通 北京 1 号分拨中心），足以避免',
      '中通 · 杭州',
      '省级 · 未签收',
    ]) {
      expect(text).toContain(part);
    }
    await page.getByText('阈值为假定（第 1 版）').waitFor();
  });

  test('says when it lost the server and how old the picture is, and goes on when it is back', async () => {
    const { origin, world, app } = await serve();
    const page = await bare(`${origin}/live`);
    await page.getByText('实时更新').waitFor();
    world.stop();
    await app.close();
    await page.getByRole('alert').getByText('收不到服务器的实况，正在重连').waitFor();
    await page.getByText('停在 11月1日 10:05:00').waitFor();
    await page.getByText('连接中断', { exact: true }).waitFor();
    await page
      .locator('.moment')
      .getByText(/· [3-9] 秒前/)
      .waitFor();
    const port = Number(new URL(origin).port);
    const { world: later } = await serve(port);
    await later.come(HANGZHOU, 2);
    await page.getByText('实时更新').waitFor();
    await page.getByRole('row', { name: /中通 杭州 1 号分拨中心\s+20/ }).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  test('says that a picture is old while tracking does not answer', async () => {
    const { origin, world } = await serve();
    const page = await open(`${origin}/live?lang=en`);
    await page.getByRole('status').getByText('Live').waitFor();
    world.service.picture = () => Promise.reject(new Error('not now'));
    world.clock.now += 60_000;
    await page.getByText('Old picture').waitFor();
    await page
      .locator('.moment')
      .getByText(/· 1 min ago/)
      .waitFor();
  });

  test('says so where nothing is tracked', async () => {
    const server = await consoleServer();
    const page = await bare(`${await server.listen()}/live`);
    await page.getByText('没有实况').waitFor();
  });

  test.each([
    ['Chinese, light', 'light', 1440],
    ['English, dark', 'dark', 1440],
    ['a narrow window', 'light', 390],
  ] as const)(
    'speaks both languages, without serious accessibility findings: %s',
    async (name, colorScheme, width) => {
      const { origin, world } = await serve();
      for (const [i, level] of (['blue', 'yellow', 'orange', 'red'] as const).entries()) {
        world.warn(level, i + 1);
      }
      const language = name.startsWith('Chinese') ? 'zh' : 'en';
      const options = { colorScheme, viewport: { width, height: 900 } };
      const page = await open(`${origin}/live?lang=${language}`, options);
      await drawn(page, 1);
      await page.locator('.warning').first().waitFor();
      expect(await untranslated(page, language)).toEqual([]);
      expect(await seriousFindings(page)).toEqual([]);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide).toBeLessThanOrEqual(width);
    },
  );

  /** For what the browser itself reports as an error: a 404, a server that is gone. */
  async function bare(url: string): Promise<Page> {
    const context = await browser.newContext();
    onTestFinished(() => context.close());
    const page = await context.newPage();
    await signInto(page, new URL(url).origin);
    await page.goto(url);
    return page;
  }
});

interface Served {
  readonly origin: string;
  readonly world: LiveWorld;
  readonly app: ConsoleServer['app'];
}

/** A server of its own, at five past ten: Hangzhou is above its floor, Shenzhen half full and silent for an hour. */
async function serve(port = 0): Promise<Served> {
  const world = await LiveWorld.make();
  await world.come(HANGZHOU, 18);
  await world.come(SHENZHEN, 8, { agoMs: 3_600_000 });
  const server = await world.server(CONSOLE, { warnings: world.desk() });
  const { app } = server;
  onTestFinished(async () => {
    world.stop();
    await app.close();
  });
  return { world, app, origin: await server.listen(port) };
}

async function cellsOf(row: Locator): Promise<string[]> {
  const cells = await row.locator('th, td:not([aria-hidden])').allInnerTexts();
  return cells.map((text) => text.trim());
}

/** Takes an option of a list by keyboard. */
async function choose(page: Page, list: string, option: string): Promise<void> {
  const box = page.getByRole('combobox', { name: list });
  await box.click();
  await page.locator('.ant-select-item-option').getByText(option, { exact: true }).click();
}
