import type { Browser, CDPSession, Page } from 'playwright-core';

/** What says that the page can be used: the two no's are told, and the fullest hubs listed. */
const USABLE = ['.no-value strong', '.worst li'];
const VIEWPORT = { width: 1440, height: 900 };

interface FirstPage {
  /** From the navigation's start until the page can be used. */
  readonly usableMs: number;
  /** Scripts, styles and pages as they came, before the map was drawn. */
  readonly kB: number;
  readonly answersKB: number;
}

/** Opens the page with nothing cached, as somebody whose session lasts. */
export async function measureFirstPage(browser: Browser, url: string): Promise<FirstPage> {
  const page = await freshPage(browser);
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  let [kB, answersKB] = [0, 0];
  const isAnswer = new Map<string, boolean>();
  session.on('Network.responseReceived', ({ requestId, response }) =>
    isAnswer.set(requestId, response.url.includes('/v1/')),
  );
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (isAnswer.get(requestId)) answersKB += encodedDataLength / 1000;
    else kB += encodedDataLength / 1000;
  });
  await page.goto(url, { waitUntil: 'commit' });
  const usable = await page.waitForFunction(whenUsable, USABLE, { polling: 'raf' });
  const usableMs = Number(await usable.jsonValue());
  const told = { usableMs, kB, answersKB };
  await page.context().close();
  return told;
}

/** When what is waited for is there, by the page's own clock. */
function whenUsable(wanted: readonly string[]): number | false {
  return wanted.every((each) => document.querySelector(each)) && performance.now();
}

interface Idle {
  /** Share of the time in which the main thread had nothing to do. */
  readonly idle: number;
  /** Pictures that came meanwhile. */
  readonly updates: number;
  readonly longestMs: number;
}

/** Lets the page live for a while, untouched. */
export async function measureIdle(browser: Browser, url: string, seconds: number): Promise<Idle> {
  const page = await freshPage(browser);
  await page.goto(url);
  await page.waitForSelector('.worst li');
  await page.waitForTimeout(5000);
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  await page.evaluate(watch);
  const before = await metricsOf(session);
  await page.waitForTimeout(1000 * seconds);
  const after = await metricsOf(session);
  const { updates, longestMs } = await page.evaluate(() => globalThis.watched);
  await page.context().close();
  const busy = (after.TaskDuration - before.TaskDuration) / (after.Timestamp - before.Timestamp);
  return { idle: 1 - busy, updates, longestMs };
}

declare global {
  var watched: { updates: number; longestMs: number };
}

/** Counts what the page is told, and its longest task, from now on. */
function watch(): void {
  const seen = { updates: 0, longestMs: 0 };
  globalThis.watched = seen;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries())
      seen.longestMs = Math.max(seen.longestMs, duration);
  }).observe({ type: 'longtask' });
  const status = document.querySelector('.moment span');
  if (status) {
    new MutationObserver(() => seen.updates++).observe(status, {
      characterData: true,
      subtree: true,
    });
  }
}

async function metricsOf(session: CDPSession): Promise<Record<string, number>> {
  const { metrics } = await session.send('Performance.getMetrics');
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

async function freshPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: VIEWPORT });
  await context.addInitScript(() => localStorage.setItem('cuofeng.signed-in', 'yes'));
  return context.newPage();
}
