import { existsSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Simulate } from '../../src/edge/http/simulation-job.js';
import type { SimulationOptions } from '../../src/world/simulation/options.js';
import { simulate } from '../../src/world/simulation/simulate.js';
import {
  drawn,
  launchBrowser,
  noBrowser,
  OVERLOAD,
  pixelsOf,
  seriousFindings,
  untranslated,
} from '../support/browser.js';
import { CONSOLE, consoleServer, openAs, signInto } from '../support/console-server.js';
import { fakeSimulate, fakeSimulation } from '../support/fake-simulation.js';

/** Pick-up, delivery, a heat map for each of two policies, a hub. */
const CHARTS_OF_TWO = 5;
/** From the top of a heat map to its second hub. */
const SECOND_HUB_PX = 46;

describe.skipIf(noBrowser)('the simulation page in a real browser', () => {
  let browser: Browser;

  beforeAll(async () => {
    expect(existsSync(CONSOLE), 'the console is not built: npm run build:console').toBe(true);
    browser = await launchBrowser();
  });

  afterAll(() => browser?.close());

  const open = (url: string, options?: BrowserContextOptions): Promise<Page> =>
    openAs(browser, url, options, 'analysts');

  test('at once a small season locks; the plan keeps both no’s, and the page says so', async () => {
    const page = await open(`${await serve(simulate)}/simulate?lang=en`);
    await page.getByText('No results yet').waitFor();
    await simulateTwo(page);
    const scores = page.getByRole('region', { name: 'Two no’s and three guarantees' });
    await scores.getByText('Both no’s are kept by: Plan.').waitFor();
    for (const no of ['The network does not stop', 'No important hub overflows']) {
      const [atOnce, plan] = await scores.getByRole('list', { name: no }).locator('li').all();
      await atOnce.getByText('kept in 0 of 3 runs').waitFor();
      await plan.getByText('kept in 3 of 3 runs').waitFor();
      expect(await atOnce.innerText()).toContain('✕ kept in');
      expect(await plan.innerText()).toMatch(/\n0 \w+/);
      expect(await plan.innerText()).toContain('✓ kept in');
    }
  });

  test('sets figures side by side, and pairs them seed by seed', async () => {
    const page = await open(`${await serve()}/simulate?lang=en`);
    await simulateTwo(page);
    const table = page.getByRole('region', { name: 'All figures' });
    const row = table.getByRole('row', { name: /^Ready to delivered, mean/ });
    expect(await row.innerText()).toMatch(/77\s+\(74.5 to 79.5\)\s+42\s+\(39.5 to 44.5\)/);
    await table.getByText('Less those of: Plan').click();
    expect(await row.innerText()).toMatch(/\+35\s+\(\+35 to \+35\)\s+42/);
  });

  test('marks overflow on the heat map of the policy that overflows, and on no other', async () => {
    const page = await open(`${await serve()}/simulate?lang=en`);
    await simulateTwo(page);
    const [atOnce, plan] = await page.locator('.heat').all();
    expect(await overflowPixels(atOnce)).toBeGreaterThan(100);
    expect(await overflowPixels(plan)).toBe(0);
    await atOnce.getByText('hubs that overflow: 6').waitFor();
  });

  test('shows the hub whose cell is clicked, and keeps all choices in the address', async () => {
    const origin = await serve();
    const page = await open(`${origin}/simulate?lang=en`);
    await simulateTwo(page);
    const map = page.locator('.heat .chart').first();
    const { width } = (await map.boundingBox()) ?? { width: 0 };
    await map.click({ position: { x: width / 2, y: SECOND_HUB_PX } });
    const hub = page.getByRole('region', { name: 'One hub' });
    await page.waitForURL(/hub=/);
    const id = new URL(page.url()).searchParams.get('hub') ?? '';
    expect(id).toMatch(/hub/);
    const chosen = await hub.locator('.ant-select').first().innerText();
    const again = await open(page.url());
    await drawn(again, CHARTS_OF_TWO);
    const shown = again.getByRole('region', { name: 'One hub' });
    expect(await shown.locator('.ant-select').first().innerText()).toBe(chosen);
  });

  test('goes on while nobody looks, is found again, and stops when told to', async () => {
    const origin = await serve(async (scenario, options) => {
      if (options.policy === 'plan') await untilStopped(options);
      return fakeSimulate(scenario, options);
    });
    const page = await open(`${origin}/simulate`);
    await page.getByRole('button', { name: '开始推演' }).click();
    await page.getByRole('progressbar').waitFor();
    expect(await page.getByRole('button', { name: '开始推演' }).isDisabled()).toBe(true);
    await page.getByRole('link', { name: '机构与人员' }).click();
    await page.getByRole('heading', { name: '机构与人员' }).waitFor();
    await page.getByRole('button', { name: /^推演 \d+%$/ }).click();
    await page.getByRole('heading', { name: '第 4 次，共 4 次：放行计划，种子 1' }).waitFor();
    await page.getByRole('button', { name: '停止' }).click();
    await page.getByText('推演被停止，下面只有停止前完成的部分：4 次中的 3 次。').waitFor();
  });

  test('says so when a simulation is no longer there', async () => {
    const page = await openGone(`${await serve()}/simulate?simulation=gone`);
    await page.getByText('这次推演已不在服务器上').waitFor();
    await page.getByRole('button', { name: '开始新的推演' }).click();
    await page.getByText('还没有结果').waitFor();
  });

  test.each([
    ['Chinese, light', 'light', 1440],
    ['English, dark', 'dark', 1440],
    ['a narrow window', 'light', 390],
  ] as const)(
    'speaks both languages, without serious accessibility findings: %s',
    async (name, colorScheme, width) => {
      const options = { colorScheme, viewport: { width, height: 900 } };
      const page = await open(`${await serve()}/simulate?lang=en`, options);
      await simulateTwo(page);
      if (name.startsWith('Chinese')) await page.getByText('中文').click();
      const language = name.startsWith('Chinese') ? 'zh' : 'en';
      await page
        .locator('.marks')
        .getByText(language === 'zh' ? '模拟数据' : 'Simulated')
        .waitFor();
      expect(await untranslated(page, language)).toEqual([]);
      expect(await seriousFindings(page)).toEqual([]);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide).toBeLessThanOrEqual(width);
    },
  );

  /** The browser reports the 404 that is expected here as an error. */
  async function openGone(url: string): Promise<Page> {
    const context = await browser.newContext();
    onTestFinished(() => context.close());
    const page = await context.newPage();
    await signInto(page, new URL(url).origin, 'analysts');
    await page.goto(url);
    return page;
  }
});

/** A server of its own: what one test simulates no other sees. */
async function serve(engine: Simulate = fakeSimulate): Promise<string> {
  const server = await consoleServer({ simulation: { ...fakeSimulation, simulate: engine } });
  return server.listen();
}

/** Chooses at once and the plan, several runs, and lets them end. */
async function simulateTwo(page: Page): Promise<void> {
  await page.getByRole('checkbox', { name: 'Throttling' }).uncheck();
  await page.getByRole('checkbox', { name: 'First served' }).uncheck();
  await page.getByRole('spinbutton', { name: 'Runs' }).fill('3');
  await page.getByRole('button', { name: 'Simulate', exact: true }).click();
  await page.getByRole('heading', { name: 'Two no’s and three guarantees' }).waitFor();
  await drawn(page, CHARTS_OF_TWO);
  await page.getByText('Done', { exact: true }).waitFor();
}

function untilStopped({ signal }: SimulationOptions): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason));
  });
}

/** The chart library draws on several canvases. */
async function overflowPixels(map: Locator): Promise<number> {
  let count = 0;
  for (const canvas of await map.locator('canvas').all()) {
    count += (await pixelsOf(canvas, OVERLOAD)).count;
  }
  return count;
}
