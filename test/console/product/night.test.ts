import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Night } from '../../../src/client/api.js';
import {
  launchBrowser,
  noBrowser,
  openPage,
  seriousFindings,
  untranslated,
} from '../../support/browser.js';
import { product } from '../../support/product.js';

/** Half past two in the season: hubs overflow and block each other where all was released at once. */
const TROUBLE = '2020-11-13T12:00';

describe.skipIf(noBrowser)('the night', () => {
  let browser: Browser;
  let night: Night;
  beforeAll(async () => {
    browser = await launchBrowser();
    night = await madeNight();
  }, MADE_MS);
  afterAll(() => browser?.close());

  test('whoever comes sees it play, without signing in', async () => {
    const page = await openPage(browser, product().origin);
    const clock = page.locator('.night-clock');
    await page.getByRole('button', { name: '暂停' }).waitFor();
    const from = await clock.textContent();
    await page.waitForFunction(
      (was) => document.querySelector('.night-clock')?.textContent !== was,
      from,
    );
    await page.getByRole('button', { name: '暂停' }).click();
    const stands = await clock.textContent();
    await page.waitForTimeout(1500);
    expect(await clock.textContent()).toBe(stands);
    expect(new URL(page.url()).searchParams.get('at')).toMatch(/^2020-11-11T/);
    expect(await page.locator('.network-map-window[data-drawn]').count()).toBe(2);
    await page.getByRole('button', { name: '登录看实况' }).click();
    await page.getByRole('heading', { name: '登录', exact: true }).waitFor();
  });

  test('what it counts at a moment is what was simulated', async () => {
    const page = await openPage(browser, `${product().origin}/night?lang=en&at=${TROUBLE}`);
    await shown(page);
    const slot = (Date.parse(`${TROUBLE}+08:00`) - Date.parse(night.start)) / 3_600_000;
    for (const { policy, important, gridlocked, overflowing } of night.sides) {
      const hours = sum(important.slice(0, slot));
      const gridlock = gridlocked.slice(0, slot).filter((hubs) => hubs > 0).length;
      const counted = page.locator(`[data-side="${policy}"] .night-counter strong`);
      expect(await counted.allTextContents()).toEqual([String(gridlock), String(hours)]);
      expect(hours > 0).toBe(policy === 'at-once');
      expect(gridlock > 0).toBe(policy === 'at-once');
      const bars = page.locator(`[data-side="${policy}"] .night-bars [data-over]`);
      expect(await bars.count()).toBe(overflowing[slot - 1]);
    }
    const { figures } = night.sides[0];
    await page.getByRole('slider', { name: 'Moment' }).focus();
    await page.keyboard.press('End');
    const end = page.locator('[data-side="at-once"] .night-counter strong');
    expect(await end.allTextContents()).toEqual([
      String(figures?.gridlockHours),
      String(figures?.importantOverflowHours),
    ]);
    await page.keyboard.press('Home');
    expect(await end.allTextContents()).toEqual(['0', '0']);
    await page.locator('h1').click();
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('.night-clock').textContent()).toBe('11 Nov, 01:00');
    await page.keyboard.press('+');
    expect(new URL(page.url()).searchParams.get('speed')).toBe('2');
  });

  test.each(['light', 'dark'] as const)(
    '%s: every word translated, nothing in the way',
    async (colorScheme) => {
      const path = `/night?at=${TROUBLE}`;
      const page = await openPage(browser, `${product().origin}${path}`, { colorScheme });
      await shown(page);
      await page.getByRole('heading', { name: '这一夜的结局' }).waitFor();
      expect(await untranslated(page, 'zh')).toEqual([]);
      expect(await seriousFindings(page)).toEqual([]);
      await page.goto(`${product().origin}${path}&lang=en`);
      await page.getByRole('heading', { name: 'How the night ended' }).waitFor();
      expect(await untranslated(page, 'en')).toEqual([]);
    },
  );

  test('it fits a telephone, a wall, and whoever wants no motion', async () => {
    const narrow = await openPage(browser, `${product().origin}/night`, {
      viewport: { width: 390, height: 844 },
      reducedMotion: 'reduce',
    });
    await shown(narrow);
    await narrow.getByRole('button', { name: '播放' }).waitFor();
    expect(await narrow.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    const wall = await openPage(browser, `${product().origin}/night?wall=1&at=${TROUBLE}`, {
      viewport: { width: 1920, height: 1080 },
    });
    await shown(wall);
    await wall.locator('.chart[data-drawn]').nth(2).waitFor();
    expect(await wall.evaluate(() => document.documentElement.scrollHeight)).toBe(1080);
  });
});

/** Longest that making it may take, beside all that the tests do: some ten seconds of one core. */
const MADE_MS = 300_000;

/** Waits until all of the night is made. */
async function madeNight(): Promise<Night> {
  for (;;) {
    const answer = await fetch(`${product().origin}/v1/demonstration/night`);
    const night: Night = await answer.json();
    if (night.state === 'failed') throw new Error('the night could not be made');
    if (night.state === 'done') return night;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** Waits until a page shows all of it. */
async function shown(page: Page): Promise<void> {
  await page.locator('.night-ending').waitFor({ state: 'attached' });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, n) => total + n, 0);
}
