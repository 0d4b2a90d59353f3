/**
 * How smoothly the console's map moves, in chromium without a GPU, against the chart library with the same data.
 *
 *     npx tsx bench/console-map.ts [--hubs 3000] [--lanes 10000] [--seconds 8] [--rounds 2]
 *
 * The page is built into a temporary folder and served with the product's own headers. By real input events, some 60 a second,
 * it is dragged in circles, then zoomed in and out by wheel. Printed of each, frames a second: median, of the slowest twentieth,
 * mean (from requestAnimationFrame), shown (from the
 * compositor's trace: only those in which something changed, so no more than events that the page got); frames that took more than 50 ms; the longest. Then the state
 * changes once a second and nobody touches it: the share of time that the page's thread is idle, and processors used in all.
 * `load`: processes that wanted
 * a processor in the last minute, this one's included. Bars, on two processors: 50 frames a second, idle 70 %.
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';
import { generatedNetwork } from './console-map/network.js';
import { serveMap } from './console-map/serve.js';

const { values } = parseArgs({
  options: {
    hubs: { type: 'string', default: '3000' },
    lanes: { type: 'string', default: '10000' },
    seconds: { type: 'string', default: '8' },
    rounds: { type: 'string', default: '2' },
  },
});
const seconds = Number(values.seconds);
/** Events that the page has not taken yet: a slow one gets no more. */
const WAITING_MOST = 3;
const served = await serveMap(generatedNetwork(Number(values.hubs), Number(values.lanes)));
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-background-networking', '--disable-gpu'],
});
try {
  for (let round = 1; round <= Number(values.rounds); round++) {
    for (const what of ['map', 'echarts']) {
      const moved = await measureGestures(what);
      const idle = await measureIdle(what);
      process.stdout.write(
        `${JSON.stringify({ round, what, load: round1(loadavg()[0]), ...moved, ...idle })}\n`,
      );
    }
  }
} finally {
  await browser.close();
  await served.stop();
}

async function open(what: string, changes: boolean): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${served.url}/?what=${what}&changes=${changes ? 1 : 0}`);
  await page.waitForSelector('[data-drawn]', { timeout: 120_000 });
  await page.waitForTimeout(1500);
  return page;
}

async function measureGestures(what: string) {
  const page = await open(what, false);
  const pan = await framesDuring(page, () => drag(page));
  const zoom = await framesDuring(page, () => wheel(page));
  await page.close();
  return { pan, zoom };
}

/** An eight with the button down. */
async function drag(page: Page): Promise<void> {
  await page.mouse.move(720, 400);
  await page.mouse.down();
  await paced(async (ms) => {
    const angle = ms / 500;
    await page.mouse.move(720 + 250 * Math.sin(angle), 400 + 150 * Math.sin(2 * angle));
  });
  await page.mouse.up();
}

/** By notches, some twelve a second: in for a second and a half, out for as long. */
async function wheel(page: Page): Promise<void> {
  await page.mouse.move(900, 480);
  await paced(async (ms, n) => {
    if (n % 5 === 0) await page.mouse.wheel(0, Math.floor(ms / 1500) % 2 === 0 ? -100 : 100);
  });
}

/** An event every 16 ms, unless the page is behind. */
async function paced(event: (ms: number, n: number) => Promise<void>): Promise<void> {
  const start = performance.now();
  const waiting = new Set<Promise<void>>();
  for (let next = 16; performance.now() - start < seconds * 1000; next += 16) {
    if (waiting.size < WAITING_MOST) {
      const sent = event(performance.now() - start, next / 16).finally(() => waiting.delete(sent));
      waiting.add(sent);
    }
    await new Promise((resolve) => setTimeout(resolve, start + next - performance.now()));
  }
  await Promise.all(waiting);
}

async function framesDuring(page: Page, gesture: () => Promise<void>) {
  await browser.startTracing(page, { categories: ['viz'] });
  await page.evaluate('startFrames()');
  const start = performance.now();
  await gesture();
  const took = performance.now() - start;
  const { times, events } = await page.evaluate<{ times: number[]; events: number }>(
    'stopFrames()',
  );
  const shown = shownFrames((await browser.stopTracing()).toString());
  const gaps = times
    .slice(1)
    .map((time, i) => time - times[i])
    .toSorted((a, b) => a - b);
  const at = (share: number) => gaps[Math.floor(share * (gaps.length - 1))];
  return {
    median: round1(1000 / at(0.5)),
    slowestTwentieth: round1(1000 / at(0.95)),
    mean: round1((1000 * gaps.length) / took),
    shown: round1((1000 * shown) / took),
    events: round1((1000 * events) / took),
    above50ms: gaps.filter((ms) => ms > 50).length,
    longestMs: Math.round(at(1)),
  };
}

/** Frames that went to the screen: those in which something had changed. */
function shownFrames(trace: string): number {
  return trace.split('"name":"Display::DrawAndSwap"').length - 1;
}

async function measureIdle(what: string) {
  const page = await open(what, true);
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const before = {
    busy: await busySeconds(session),
    cpu: await cpuSeconds(browser),
    at: Date.now(),
  };
  await page.waitForTimeout(seconds * 1000);
  const wall = (Date.now() - before.at) / 1000;
  const busy = (await busySeconds(session)) - before.busy;
  const cpu = (await cpuSeconds(browser)) - before.cpu;
  await page.close();
  return {
    idlePercent: round1(Math.max(0, 100 * (1 - busy / wall))),
    processors: round1((10 * cpu) / wall) / 10,
  };
}

async function busySeconds(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
}

/** Of all of the browser's processes. */
async function cpuSeconds(of: Browser): Promise<number> {
  const session = await of.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}

function round1(n: number): number {
  return Math.round(10 * n) / 10;
}
