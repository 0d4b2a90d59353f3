import type { APIResponse, Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import {
  drawn,
  launchBrowser,
  noBrowser,
  seriousFindings,
  untranslated,
} from '../../support/browser.js';
import { askAs, signIn } from '../../support/product.js';

const GUANGZHOU = 'ZTO/hub/440100-1';
const SHANGHAI = 'YUNDA/hub/310000-1';
const AIMS = 'The two no’s and three guarantees';

describe.skipIf(noBrowser)('the situation', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  test('a duty officer of the nation lands on it: two no’s, three guarantees, progress, each with its unit and age', async () => {
    const page = await signIn(browser, 'SPB', 'duty-1');
    const head = page.getByRole('region', { name: AIMS });
    await head.getByText('Picked up').waitFor();
    const text = await head.innerText();
    expect(text).toMatch(
      /The network does not stop\s+(Holds|Broken|Not known)\s+(\d+|—) hubs stopped\s+of \d+/,
    );
    expect(text).toMatch(/No important hub overflows\s+(Holds|Broken)\s+\d+ important hubs/);
    expect(text).toMatch(/Smooth\s+(good|watch|off|not known)\s+\S+ ×/);
    expect(text).toMatch(/Picked up\s+[\d.,M]+ parcels\s+planned [\d.,M]+, /);
    expect(text.match(/As of 1\d Nov, \d\d:\d\d:\d\d · \d+ \w+ ago/g)).toHaveLength(3);
    const marks = await page.locator('.marks').innerText();
    expect(marks).toMatch(/Generated data.+one parcel stands for 1,000/s);
  });

  test('what changes is told without a reload', async () => {
    const page = await situation('SPB');
    const moment = page.locator('.moment');
    const before = await moment.innerText();
    expect(before).toMatch(/^Live/);
    await page.waitForFunction(
      (old) => {
        const now = document.querySelector('.moment')?.textContent ?? '';
        return now.split('·')[0] !== old.split('·')[0];
      },
      before.replaceAll('\n', ''),
    );
  });

  test('goes down to a province and a city, and from the worst hub to its page: three clicks say whom it concerns', async () => {
    const page = await situation('SPB');
    await page.getByRole('button', { name: 'Guangdong', exact: true }).click();
    expect(chosen(page)).toMatchObject({ region: '440000' });
    const regions = page.getByRole('region', { name: 'By region' });
    await regions.getByRole('button', { name: 'Guangzhou' }).click();
    expect(chosen(page)).toMatchObject({ region: '440100' });
    const fullest = page.getByRole('region', { name: 'Fullest hubs' });
    await expect.poll(() => owners(page)).toEqual(['Guangdong Guangzhou']);
    const name = await fullest.getByRole('link').first().innerText();
    await fullest.getByRole('link').first().click();
    await page.getByRole('heading', { level: 1, name }).waitFor();
    await page.getByText(/^Owner: (ZTO|Yunda) · Guangdong Guangzhou$/).waitFor();
    await page.goBack();
    await page.getByRole('button', { name: 'The nation', exact: true }).click();
    await expect.poll(() => chosen(page).region).toBeUndefined();
  });

  test.each([
    ['SPB-440000', 'Guangdong', /\/440\d00/],
    ['SPB-440100', 'Guangzhou', /\/440100/],
    ['ZTO', 'The nation', /ZTO\//],
    ['ZTO-440000', 'Guangdong', /ZTO\/\w+\/440\d00/],
  ])(
    '%s lands on its own part: what is not theirs is in no response',
    async (who, place, theirs) => {
      const page = await signIn(browser, who, 'duty-1');
      const heard: Promise<string>[] = [];
      page.on('response', (response) => {
        const isJson = response.headers()['content-type']?.startsWith('application/json');
        if (response.url().includes('/v1/') && isJson) heard.push(response.text().catch(() => ''));
      });
      await page.reload();
      await page.getByRole('heading', { name: 'Situation' }).waitFor();
      await page.locator('[aria-current="location"]').getByText(place).waitFor();
      await page.getByRole('region', { name: 'Fullest hubs' }).getByRole('link').first().waitFor();
      heard.push(askAs(page, '/v1/network/state').then(({ text }) => text));
      const texts = (await Promise.all(heard)).join('\n');
      const ids = texts.match(/"[A-Z][\w-]*\/(hub|lane)\/[\w-]+"/g) ?? [];
      expect(ids.length).toBeGreaterThan(0);
      expect([...new Set(ids)].filter((id) => !theirs.test(id))).toEqual([]);
      const foreign = await hubOf(page, SHANGHAI);
      expect(foreign.status()).toBe(404);
      expect(await foreign.text()).toBe(await (await hubOf(page, 'none')).text());
    },
  );

  test('a slot that was and one that is planned are reached by keyboard, marked, and left for now', async () => {
    const page = await situation('SPB');
    const slider = page.getByRole('slider', { name: 'Slot' });
    await slider.focus();
    await page.keyboard.press('ArrowRight');
    await page.locator('.basis-planned').getByText('Planned, 11 Nov').waitFor();
    await page.getByRole('heading', { name: 'Fullest as planned' }).waitFor();
    const planned = Number(chosen(page).slot);
    await page.getByRole('button', { name: 'Back to now' }).click();
    await page.locator('.basis-now').waitFor();
    expect(chosen(page).slot).toBeUndefined();
    await slider.focus();
    await page.keyboard.press('ArrowLeft');
    await page.locator('.basis-counted').waitFor();
    expect(Number(chosen(page).slot)).toBe(planned - 2);
    await page.getByRole('heading', { name: 'Fullest then' }).waitFor();
    await page.getByRole('button', { name: 'Play' }).click();
    await page.locator('.basis-planned').waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
  });

  test('a hub’s page: stock against its floor, what comes and what shippers still hold, prices, all slots in a table', async () => {
    const page = await signIn(browser, 'ZTO', 'duty-1', `/hub?id=${GUANGZHOU}`);
    await page.getByRole('heading', { name: 'ZTO Guangzhou 1 hub' }).waitFor();
    await drawn(page, 3);
    const text = await page.locator('main').innerText();
    expect(text).toMatch(/Of its floor\s+\d+%\s+(Fine|Above nine tenths|Overflow)/);
    expect(text).toMatch(/Still at shippers\s+[\d.,M]+ parcels/);
    expect(text).toMatch(/As of 1\d Nov, .+ ago/);
    const rows = page.getByRole('region', { name: 'Slot by slot' }).getByRole('row');
    expect((await rows.first().innerText()).split('\t')).toHaveLength(11);
    await page.getByRole('row', { name: /under way/ }).waitFor();
  });

  test('a server that is lost is said to be, with the picture from before', async () => {
    const page = await silently('SPB');
    const picture = { ageMs: 0, at: '2020-11-10T16:00:00.000Z', totals: {}, resources: [] };
    const body = `event: picture\ndata: ${JSON.stringify(picture)}\n\n`;
    await page.route('**/v1/network/changes', (route) =>
      route.fulfill({ contentType: 'text/event-stream', body }),
    );
    await page.goto(new URL('/situation?lang=en', page.url()).href);
    const alert = page.getByRole('alert');
    await alert.getByText('Below is the picture from before, as of 11 Nov, 00:00:00').waitFor();
    await page.unroute('**/v1/network/changes');
    await page.getByRole('status').getByText('Live', { exact: true }).waitFor();
    await alert.waitFor({ state: 'detached' });
  });

  test.each([
    ['Chinese, light', 'zh', 'light', 1440],
    ['English, dark', 'en', 'dark', 1440],
    ['a narrow window', 'zh', 'light', 390],
  ] as const)(
    'speaks to the last word and to everybody: %s',
    async (_, lang, colorScheme, width) => {
      const page = await situation('SPB', { colorScheme, viewport: { width, height: 900 } });
      for (const path of ['/situation', `/hub?id=${GUANGZHOU}`]) {
        const url = new URL(path, page.url());
        url.searchParams.set('lang', lang);
        await page.goto(url.href);
        await page.locator('.no-value, .hub-fill-figure').first().waitFor();
        await page.locator('.worst li, .table').first().waitFor();
        expect(await untranslated(page, lang)).toEqual([]);
        expect(await seriousFindings(page)).toEqual([]);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(wide).toBeLessThanOrEqual(width);
      }
    },
  );

  /** The page as somebody sees it, with its figures and lists. */
  async function situation(who: string, options?: BrowserContextOptions): Promise<Page> {
    const page = await signIn(browser, who, 'duty-1', '/situation', options);
    await page.locator('.worst li').first().waitFor();
    await page.locator('.no-value').first().waitFor();
    return page;
  }

  /** For what the browser itself reports as an error: a stream that ends. */
  async function silently(who: string): Promise<Page> {
    const signedIn = await signIn(browser, who, 'duty-1');
    const context = await browser.newContext({
      storageState: await signedIn.context().storageState(),
    });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    await page.goto(signedIn.url());
    return page;
  }
});

/** What a hub's page would ask for, without the page: it reports refusals as errors. */
function hubOf(page: Page, id: string): Promise<APIResponse> {
  const { origin } = new URL(page.url());
  return page.context().request.get(`${origin}/v1/hubs/${encodeURIComponent(id)}`);
}

/** What the address says is chosen. */
function chosen(page: Page): Record<string, string> {
  return Object.fromEntries(new URL(page.url()).searchParams);
}

/** The places whose administrations the fullest hubs concern. */
async function owners(page: Page): Promise<string[]> {
  const texts = await page.locator('.worst ol').first().locator('.owner').allInnerTexts();
  return [
    ...new Set(texts.map((text) => text.replace(/^Owner: \w+ · |important|\s+$/g, '').trim())),
  ];
}
