import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { seriousFindings, untranslated } from './browser.js';

/**
 * Looks at a page as everybody may: in both languages without a word of the other, by day and by night without a serious finding,
 * and on a narrow screen without scrolling sideways.
 *
 * @param isThere waits for what the page is about.
 */
export async function expectForAll(page: Page, isThere: () => Promise<unknown>): Promise<void> {
  for (const language of ['zh', 'en'] as const) {
    const url = new URL(page.url());
    url.searchParams.set('lang', language);
    await page.goto(url.href);
    await isThere();
    expect(await untranslated(page, language)).toEqual([]);
    await page.emulateMedia({ colorScheme: language === 'zh' ? 'light' : 'dark' });
    expect(await seriousFindings(page)).toEqual([]);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await page.setViewportSize({ width: 1440, height: 900 });
}
