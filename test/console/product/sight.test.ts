import type { Browser, Page, Response } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser, noBrowser } from '../../support/browser.js';
import { product, signIn } from '../../support/product.js';

/** Resources of places outside a region, by the ids that the bundled season gives them. */
const outside = (digits: string) => `/(hub|pickup|delivery)/(?!${digits})\\d{6}`;

/** Whose pages must never be told what. */
const NEVER: readonly (readonly [organisation: string, login: string, never: string])[] = [
  ['ZTO-440000', 'manager-1', `YUNDA|${outside('44')}`],
  ['SPB-440100', 'manager-1', outside('4401')],
  ['P1', 'manager-1', '"P[2-9]"|/(delivery|lane)/'],
  ['stations-440100', 'duty-1', '/(hub|pickup|lane)/|"P[1-9]"'],
  ['analysts', 'duty-1', '"ticket"'],
  ['association-440100', 'duty-1', '/(hub|pickup|lane|delivery)/|"P[1-9]"'],
];

/**
 * What is everybody's: the made-up night; and why a hold binds, which names a resource of the route and its price wherever it is
 * (G9), and no more of it.
 */
const SHARED = /^\/v1\/(demonstration|plans\/\d+\/explanations)/;

describe.skipIf(noBrowser)('P11, P12: whoever looks at every page that is theirs', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  test.each(NEVER)('%s, %s: is told nothing of others', async (organisation, login, never) => {
    const page = await signIn(browser, organisation, login);
    const answers: Promise<string>[] = [];
    page.on('response', (response) => answers.push(answerOf(response)));
    const paths = await pagesOf(page);
    for (const path of paths) {
      await page.goto(`${product().origin}${path}`);
      await page.locator('main h1, main h2').first().waitFor();
      // What a page asks for once it knows what there is.
      await page.waitForTimeout(700);
    }
    const told = await Promise.all(answers);
    const asked = told.filter((text) => text !== '');
    expect(asked.length).toBeGreaterThan(paths.length - 1);
    const found = asked.filter((text) => new RegExp(never).test(text));
    expect(found.map((text) => aroundOf(text, never))).toEqual([]);
    expect(asked.filter((text) => /^\S+ 403 /.test(text))).toEqual([]);
  });
});

/** The pages that the frame lists. */
async function pagesOf(page: Page): Promise<string[]> {
  const links = await page.getByRole('navigation', { name: 'Pages' }).getByRole('link').all();
  return Promise.all(links.map(async (link) => (await link.getAttribute('href')) ?? ''));
}

/** What the API answered: path, status and body. Streams never end; their tests are the API's. */
async function answerOf(response: Response): Promise<string> {
  const { pathname } = new URL(response.url());
  const type = response.headers()['content-type'] ?? '';
  if (!pathname.startsWith('/v1/') || SHARED.test(pathname) || type.startsWith('text/event-stream'))
    return '';
  const body = await response.text().catch(() => '');
  return `${pathname} ${response.status()} ${body}`;
}

function aroundOf(text: string, never: string): string {
  const at = text.search(new RegExp(never));
  return `${text.slice(0, 60)} … ${text.slice(Math.max(0, at - 60), at + 60)}`;
}
