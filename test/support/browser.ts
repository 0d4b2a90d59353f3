import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axeCore from 'axe-core';
import {
  type Browser,
  type BrowserContextOptions,
  type ConsoleMessage,
  chromium,
  type Locator,
  type Page,
} from 'playwright-core';
import { expect, onTestFinished } from 'vitest';

declare global {
  /** What axe.min.js leaves in the page. */
  var axe: typeof axeCore;
}

const CHROMIUM = '/usr/bin/chromium';
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Why the tests in a browser are left out; undefined when they can run. */
export const noBrowser = existsSync(CHROMIUM)
  ? undefined
  : `LEFT OUT: the tests in a browser, ${CHROMIUM} is missing (apt-get install chromium)`;
if (noBrowser !== undefined) process.stderr.write(`${noBrowser}\n`);

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-background-networking', '--disable-gpu'],
  });
}

/** Opens a page that fails its test when the browser reports an error, policy violations included. */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !isRefusal(message)) errors.push(message.text());
  });
  onTestFinished(async () => {
    await context.close();
    expect(errors).toEqual([]);
  });
  await page.goto(url);
  return page;
}

/** What the API refuses is an answer, which the page is to tell; the browser tells it as an error, too. */
function isRefusal(message: ConsoleMessage): boolean {
  return /status of 4\d\d/.test(message.text()) && message.location().url.includes('/v1/');
}

/** Charts of the plan's page: two maps, the loads of a resource, hubs by slot, the cost of a hold. */
const CHARTS_OF_PLAN = 5;

/** Waits for the charts of a page. */
export async function drawn(page: Page, charts = CHARTS_OF_PLAN): Promise<void> {
  await page.waitForFunction(
    (n) => document.querySelectorAll('.chart[data-drawn]').length === n,
    charts,
  );
}

/**
 * Words in the other language's script; the switch between the languages names both, and what is marked `translate="no"` (ids,
 * logins, what people wrote) is the same in both.
 */
export async function untranslated(page: Page, language: 'zh' | 'en'): Promise<string[]> {
  const names = await page.locator('[translate="no"]').allInnerTexts();
  const whole = await page.locator('body').innerText();
  const text = names
    .toSorted((a, b) => b.length - a.length)
    .reduce((left, name) => (name.trim() === '' ? left : left.replaceAll(name, ' ')), whole);
  if (language === 'en') return text.replace('中文', '').match(/[\u3400-\u9fff]+/g) ?? [];
  const known = /English|Cuofeng|cuofeng check|\bCSV\b|\bXLSX\b|\bMB\b|\b[ZLP][1-9]?\b/g;
  return text.replaceAll(known, '').match(/[A-Za-z]+/g) ?? [];
}

/** Findings of axe-core that keep someone from using the page. */
export async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  await page.evaluate(settled);
  const found = await page.evaluate(async () => {
    const { violations } = await axe.run();
    return violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes[0].html}`);
  });
  return found.filter((text) => /^(serious|critical)/.test(text));
}

/** Colours are judged when what changes them has ended; what never ends is left. */
async function settled(): Promise<void> {
  const ending = document
    .getAnimations()
    .filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
  await Promise.allSettled(ending.map(({ finished }) => finished));
}

export type Colour = readonly [red: number, green: number, blue: number];

/** The light palette's colours: more than capacity, capacity, the plan. */
export const OVERLOAD: Colour = [0xc8, 0x20, 0x1d];

/** Pixels of a colour on a canvas: how many, and the top and bottom row of those; rows in CSS pixels. */
export async function pixelsOf(
  canvas: Locator,
  colour: Colour,
): Promise<{ count: number; top: number; bottom: number }> {
  return canvas.evaluate((picture, [red, green, blue]) => {
    if (!(picture instanceof HTMLCanvasElement)) throw new Error('not a canvas');
    const { width, height } = picture;
    const data = picture.getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
    const rows: number[] = [];
    for (let i = 0; i < data.length; i += 4) {
      const far =
        Math.abs(data[i] - red) + Math.abs(data[i + 1] - green) + Math.abs(data[i + 2] - blue);
      if (far < 60 && data[i + 3] > 200) rows.push(Math.floor(i / 4 / width));
    }
    const scale = height / picture.clientHeight;
    return { count: rows.length, top: rows[0] / scale, bottom: rows[rows.length - 1] / scale };
  }, colour);
}
