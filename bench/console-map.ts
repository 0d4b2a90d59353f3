/**
 * How smoothly the console's map moves, in chromium without a GPU, against the chart library with the same data.
 *
 *     npx tsx bench/console-map.ts [--hubs 3000] [--lanes 10000] [--seconds 8] [--rounds 2]
 *
 * The page is built into a temporary folder and served with the product's own headers. By real input events, some 60 a second,
 * it is dragged in circles, then zoomed in and out by wheel. Printed of each: frames a second (median, and of the slowest
 * twentieth of frames), frames that took more than 50 ms, the longest (from requestAnimationFrame). Then the state
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

/** Circles with the button down. */
async function drag(page: Page): Promise<void> {
  await page.mouse.move(720, 400);
  await page.mouse.down();
  await paced(async (ms) => {
    const angle = ms / 500;
    await page.mouse.move(720 + 250 * Math.sin(angle), 400 + 150 * Math.sin(2 * angle));
  });
  await page.mouse.up();
}

/** In for a second and a half, out for as long. */
async function wheel(page: Page): Promise<void> {
  await page.mouse.move(900, 480);
  await paced((ms) => page.mouse.wheel(0, Math.floor(ms / 1500) % 2 === 0 ? -24 : 24));
}

/** An event every 16 ms, or as fast as the page takes them. */
async function paced(event: (ms: number) => Promise<void>): Promise<void> {
  const start = performance.now();
  for (let next = start; performance.now() - start < seconds * 1000; next += 16) {
    await event(performance.now() - start);
    const wait = next + 16 - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    else next = performance.now() - 16;
  }
}

async function framesDuring(page: Page, gesture: () => Promise<void>) {
  await page.evaluate('startFrames()');
  await gesture();
  const times = await page.evaluate<number[]>('stopFrames()');
  const took = times
    .slice(1)
    .map((time, i) => time - times[i])
    .toSorted((a, b) => a - b);
  const at = (share: number) => took[Math.floor(share * (took.length - 1))];
  return {
    framesASecond: round1(1000 / at(0.5)),
    slowestTwentieth: round1(1000 / at(0.95)),
    mean: round1((1000 * took.length) / (times[times.length - 1] - times[0])),
    above50ms: took.filter((ms) => ms > 50).length,
    longestMs: Math.round(at(1)),
  };
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
    idlePercent: round1(100 * (1 - busy / wall)),
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
