import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser, noBrowser } from '../../support/browser.js';
import { expectForAll } from '../../support/looked-at.js';
import { askAs, product, signIn } from '../../support/product.js';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const form = (page: Page, name: string) => page.getByRole('form', { name, exact: true });
const history = (page: Page) => page.locator('.warning-history');

interface Subject {
  readonly id: string;
  readonly operator: string;
}

/** A hub of Yunda of which nobody warns; where all are warned of, one whose warning is lifted for it. */
async function calmHub(page: Page): Promise<string> {
  const { places } = JSON.parse((await askAs(page, '/v1/situation')).text);
  const { items } = JSON.parse((await askAs(page, '/v1/warnings?limit=500')).text);
  const warned = new Map<string, string>(
    items.map(({ id, subject }: { id: string; subject: Subject }) => [subject.id, id]),
  );
  const hubs: string[] = places
    .filter(({ operator }: Subject) => operator === 'YUNDA')
    .map(({ id }: Subject) => id);
  const calm = hubs.find((id) => !warned.has(id));
  if (calm !== undefined) return calm;
  await page.evaluate(async (id) => {
    const { csrf } = await (await fetch('/v1/session')).json();
    const headers = { 'x-csrf-token': csrf, 'content-type': 'application/json' };
    const body = JSON.stringify({ reason: 'makes room for a test' });
    await fetch(`/v1/warnings/${id}/lift`, { method: 'POST', headers, body });
  }, warned.get(hubs[0]));
  return hubs[0];
}

/** Issues a warning of a hub by hand; gives its id. */
async function issue(page: Page, hub: string, reason: string): Promise<string> {
  await button(page, 'Issue a warning').click();
  const ask = form(page, 'Issue a warning');
  await ask.getByLabel('Subject', { exact: true }).click();
  await page.locator('.ant-select-dropdown:visible').waitFor();
  const { text } = await askAs(page, `/v1/situation`);
  const index = JSON.parse(text).places.findIndex(({ id }: Subject) => id === hub);
  for (let i = 0; i < index; i++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await ask.getByText('Orange', { exact: true }).click();
  await ask.getByLabel('Overflow expected').fill('5');
  await ask.getByLabel('Reason').fill(reason);
  await ask.getByRole('button', { name: 'Issue a warning' }).click();
  await page.waitForURL(/warning=w\d+/);
  return new URL(page.url()).searchParams.get('warning') ?? '';
}

/** The API as it answers somebody who has signed in without a page. */
async function asks(organisation: string, login: string) {
  const { origin, password } = product();
  const signedIn = await fetch(`${origin}/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ organisation, login, password }),
  });
  const [cookie] = signedIn.headers.getSetCookie().map((text) => text.split(';')[0]);
  return async (path: string) => {
    const response = await fetch(`${origin}${path}`, { headers: { cookie } });
    return { status: response.status, text: await response.text() };
  };
}

async function act(page: Page, name: string, reason: string): Promise<void> {
  await button(page, name).click();
  await form(page, name).getByLabel('Reason').fill(reason);
  await form(page, name).getByRole('button', { name }).click();
}

describe.skipIf(noBrowser)('warnings', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  test('a duty officer issues one; the operator acknowledges it, which is seen at once; it is lifted, and its history stays', async () => {
    const duty = await signIn(browser, 'SPB', 'duty-1', '/warnings');
    await duty.getByText('Live', { exact: true }).last().waitFor();
    const hub = await calmHub(duty);
    const id = await issue(duty, hub, 'road closed by ice');
    await duty
      .locator('.warning-one')
      .getByText(/^4 h 5\d min left$/)
      .waitFor();

    const operator = await signIn(browser, 'YUNDA', 'duty-1', `/warnings?warning=${id}`);
    await history(operator).getByText('road closed by ice').waitFor();
    expect(await button(operator, 'Lift').count()).toBe(0);
    await act(operator, 'Acknowledge', 'detours are set up');
    await history(duty).getByText('detours are set up').waitFor();

    // What is another operator's is not there for it, in no byte; a platform is told how grave and when, and no more.
    const other = await asks('ZTO', 'duty-1');
    expect((await other(`/v1/warnings/${id}`)).status).toBe(404);
    expect((await other('/v1/warnings?limit=500')).text).not.toContain('YUNDA');
    const platform = await asks('P1', 'duty-1');
    const told = await platform(`/v1/warnings/${id}`);
    expect(told.text).toContain('"level":"orange"');
    expect(told.text).not.toMatch(/ice|duty|owner/);

    await act(duty, 'Lift', 'the road is clear');
    const acts = history(duty).getByRole('row');
    await acts.filter({ hasText: 'the road is clear' }).waitFor();
    expect((await acts.allInnerTexts()).slice(1).map((row) => row.split('\t')[1])).toEqual([
      'lifted',
      'acknowledged',
      'issued',
    ]);
    await duty.getByRole('button', { name: 'Earlier warnings of it' }).click();
    await duty.getByRole('heading', { name: 'Warnings that ended' }).waitFor();
    await duty.locator('.warnings-list').getByRole('row').nth(1).waitFor();
  });

  test('the nation’s manager is told when somebody else has set the thresholds meanwhile', async () => {
    const page = await signIn(browser, 'SPB', 'manager-1', '/warnings');
    const sent: { base?: number; policy?: { levels: { red: { chance: number } } } }[] = [];
    const detail = 'Version 1 is not the one in force: read it again.';
    await page.route('**/v1/warnings/policy', async (route) => {
      if (route.request().method() !== 'PUT') return route.continue();
      sent.push(route.request().postDataJSON());
      return route.fulfill({
        status: 409,
        contentType: 'application/problem+json',
        json: { title: 'Conflict', status: 409, detail },
      });
    });
    await button(page, 'Set new thresholds').click();
    await page.getByLabel('Red Chance of overflow').fill('85');
    await form(page, 'Set new thresholds').getByLabel('Reason').fill('after the rehearsal');
    await page.getByRole('button', { name: /^Set as version/ }).click();
    await page.getByText('Somebody has set another version meanwhile').waitFor();
    expect(sent[0].policy?.levels.red.chance).toBe(0.85);
    expect(sent[0].base).toBeGreaterThan(0);
  });

  test('everybody can use the page', async () => {
    const page = await signIn(browser, 'SPB', 'manager-1', '/warnings');
    const shown = page.locator('.level-counts');
    await shown.waitFor();
    const { text } = await askAs(page, '/v1/warnings?limit=1');
    const [newest] = JSON.parse(text).items;
    if (newest) await page.goto(`${product().origin}/warnings?warning=${newest.id}`);
    await expectForAll(page, async () => {
      await shown.waitFor();
      await page.locator('.policy-rules').waitFor();
    });
  });
});
