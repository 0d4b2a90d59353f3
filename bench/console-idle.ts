/**
 * The situation of a large network in a browser: how long its first page takes from a cold cache, what it weighs, and how
 * much of the time the page's main thread is idle while a third of the hubs change every second. The network is made up and
 * served by a stub of the API (console-idle/), so that only the page is measured; `npm run build:console` first.
 *
 *     npx tsx bench/console-idle.ts [hubs] [lanes] [seconds]
 *
 * Bars: usable within 1.5 s, 300 kB compressed before the first chart, idle for 70 % of the time.
 */
import { chromium } from 'playwright-core';
import { measureFirstPage, measureIdle } from './console-idle/measure.js';
import { Nation } from './console-idle/nation.js';
import { serveStub } from './console-idle/stub.js';

const [hubs = 3000, lanes = 10_000, seconds = 30] = process.argv.slice(2).map(Number);
const CHANGING = 0.3;

const stub = await serveStub(new Nation(hubs, lanes), CHANGING);
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-background-networking'],
});
try {
  const url = `${stub.url}/situation`;
  for (let run = 1; run <= 3; run++) {
    const { usableMs, kB, answersKB } = await measureFirstPage(browser, url);
    process.stdout.write(
      `first page, run ${run}: usable after ${usableMs.toFixed(0)} ms; ` +
        `${kB.toFixed(0)} kB compressed of pages, ${answersKB.toFixed(0)} kB of answers\n`,
    );
  }
  const { idle, updates, longestMs } = await measureIdle(browser, url, seconds);
  process.stdout.write(
    `${hubs} hubs, ${lanes} lanes, ${100 * CHANGING} % changing each second, ${seconds} s: ` +
      `main thread idle ${(100 * idle).toFixed(1)} % of the time, ` +
      `${updates} pictures, longest task ${longestMs.toFixed(0)} ms\n`,
  );
} finally {
  await browser.close();
  await stub.stop();
}
