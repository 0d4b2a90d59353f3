import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  drawn,
  launchBrowser,
  noBrowser,
  seriousFindings,
  untranslated,
} from '../../support/browser.js';
import { askAs, signIn } from '../../support/product.js';

/** Nobody else of the tests declares anything of it. */
const LANE = 'ZTO/lane/440300-2-440100-1';
const NAME = 'ZTO Shenzhen 2 → Guangzhou 1';
const CAPACITIES = '/pace?view=capacities&kind=lane&slot=60&slots=6&find=440300-2-440100-1';

describe.skipIf(noBrowser)('the pace of pick-up', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  test('a control room pastes capacities, mends what is wrong, and the province approves what is above the licensed value', async () => {
    const page = await signIn(browser, 'ZTO', 'duty-1', CAPACITIES);
    const first = cell(page, 0);
    await first.waitFor();
    const licensed = Number(await first.inputValue());
    // Full-width digits, a mark in the wrong place, nothing, and more than is licensed.
    await paste(page, 0, ['１２０，０００', '12,34', '', String(licensed + 500)].join('\t'));
    const alert = page.getByRole('alert').filter({ hasText: '1 cells to mend' });
    await alert.waitFor();
    expect(await alert.innerText()).toMatch(/12,34\s+Thousands are set off by threes/);
    expect(await cell(page, 1).getAttribute('aria-invalid')).toBe('true');
    const send = page.getByRole('button', { name: /^Declare/ });
    expect(await send.isDisabled()).toBe(true);
    await cell(page, 1).fill('12,345');
    await alert.waitFor({ state: 'detached' });
    await page.getByText('1 of them are above the licensed value').waitFor();
    await page.getByLabel('Reason').fill('another night shift');
    expect(await seriousFindings(page)).toEqual([]);
    await send.click();
    await page.getByText('Declared: 2 in force, 1 waiting for approval.').waitFor();
    await page.getByText(`waiting ${grouped(licensed + 500)}`).waitFor();
    expect(await inForce(page)).toEqual([120_000, 12_345, licensed, licensed]);

    const province = await signIn(browser, 'SPB-440000', 'duty-1', '/pace?view=declarations');
    const row = province.getByRole('row').filter({ hasText: NAME });
    await row
      .filter({ hasText: grouped(licensed + 500) })
      .first()
      .getByRole('button')
      .click();
    await province.getByRole('button', { name: 'Approve' }).click();
    await province.getByText('Say why').waitFor();
    await province.getByLabel('Reason').fill('seen on site');
    expect(await seriousFindings(province)).toEqual([]);
    await province.getByRole('button', { name: 'Approve' }).click();
    await province.getByText('Done: approved.').waitFor();

    await expect
      .poll(() => inForce(page), { timeout: 20_000 })
      .toEqual([120_000, 12_345, licensed, licensed + 500]);
  });

  test('origins and destinations against the plan; what is chosen is in the address', async () => {
    const page = await signIn(browser, 'ZTO', 'viewer-1', '/pace?window=all');
    await drawn(page, 2);
    await page.getByRole('button', { name: 'Guangzhou → Shanghai' }).click();
    const address = new URL(page.url()).searchParams;
    expect([address.get('origin'), address.get('destination')]).toEqual(['440100', '310000']);
    await page.getByRole('heading', { name: 'Pace by slot: Guangzhou → Shanghai' }).waitFor();
    expect(await untranslated(page, 'en')).toEqual([]);
    const { text } = await askAs(page, '/v1/acceptance?operator=YUNDA');
    expect(JSON.parse(text)).toMatchObject({ pairs: [], origins: [] });
    await page.goto(page.url().replace('window=all', 'view=capacities'));
    await page.getByText('Dispatchers of operators declare').waitFor();
    expect(await page.getByRole('button', { name: /^Declare/ }).count()).toBe(0);
  });

  test('in Chinese, in the dark, on a telephone', async () => {
    const page = await signIn(browser, 'SPB-440000', 'duty-1', '/pace', {
      colorScheme: 'dark',
      viewport: { width: 390, height: 800 },
    });
    for (const view of ['acceptance', 'capacities', 'overhang']) {
      await page.goto(new URL(`/pace?lang=zh&view=${view}`, page.url()).href);
      await page.getByRole('heading', { name: '揽收节奏' }).waitFor();
      await page.locator('section.card').first().waitFor();
      expect(await untranslated(page, 'zh'), view).toEqual([]);
      expect(await seriousFindings(page), view).toEqual([]);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width, view).toBeLessThanOrEqual(390);
    }
  });
});

function cell(page: Page, column: number) {
  return page.locator(`[data-cell="0 ${column}"]`);
}

async function paste(page: Page, column: number, text: string): Promise<void> {
  await cell(page, column).focus();
  await cell(page, column).evaluate((input, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    input.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  }, text);
}

async function inForce(page: Page): Promise<number[]> {
  const { text } = await askAs(page, '/v1/capacities/slots?from=60&until=64&kind=lane');
  const { resources } = JSON.parse(text);
  return resources.find(({ id }: { id: string }) => id === LANE).inForce;
}

function grouped(n: number): string {
  return n.toLocaleString('en');
}
