import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser, noBrowser, openPage } from '../../support/browser.js';
import { expectForAll } from '../../support/looked-at.js';
import { askAs, product, signIn } from '../../support/product.js';

/** Of whom no other test asks anything. */
const OURS = 'association-440100';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const form = (page: Page, name: string) => page.getByRole('form', { name, exact: true });

/** Status of what the API answers to whoever has a key. */
async function statusWith(key: string): Promise<number> {
  const headers = { authorization: `Bearer ${key}` };
  return (await fetch(`${product().origin}/v1/session`, { headers })).status;
}

describe.skipIf(noBrowser)('organisations, people and keys', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  test('a manager lets somebody in, who signs in; and out again, at once', async () => {
    const page = await signIn(browser, OURS, 'manager-1', '/organisations');
    await button(page, 'Add a person').click();
    const add = form(page, 'Add a person');
    await add.getByLabel('Login').fill('Zhang San');
    await add.getByText('never a name').nth(1).waitFor();
    await add.getByLabel('Login').fill('duty-1');
    await button(page, 'Make one up').click();
    await add.getByRole('button', { name: 'Add' }).click();
    // The server knows that it is taken, and the page where to say so.
    await add.getByText('The login or the subject is taken.').waitFor();
    await add.getByLabel('Login').fill('desk-7');
    const password = await add.getByRole('textbox', { name: 'Password' }).inputValue();
    await add.getByRole('button', { name: 'Add' }).click();
    await button(page, 'desk-7').waitFor();

    const theirs = await openPage(browser, `${product().origin}/sign-in?lang=en`);
    await theirs.getByRole('textbox', { name: 'Organisation' }).fill(OURS);
    await theirs.getByRole('textbox', { name: 'Login' }).fill('desk-7');
    await theirs.getByLabel('Password', { exact: true }).fill(password);
    await theirs.getByRole('button', { name: 'Sign in', exact: true }).last().click();
    await theirs.getByText('desk-7').waitFor();
    expect((await askAs(theirs, '/v1/session')).status).toBe(200);

    await button(page, 'desk-7').click();
    await button(page, 'Suspend the person').click();
    await page.getByRole('tooltip').getByRole('button', { name: 'Suspend' }).click();
    await button(page, 'Restore the person').waitFor();
    expect((await askAs(theirs, '/v1/session')).status).toBe(401);
  });

  test('a key is shown once, counts, and counts no more once it is revoked; the audit log has it all', async () => {
    const page = await signIn(browser, OURS, 'manager-1', '/organisations');
    await button(page, 'Make a key').click();
    const add = form(page, 'Make a key');
    await add.getByLabel('What it is for').fill('call 13812345678');
    await add.getByRole('button', { name: 'Make' }).click();
    await add.getByText('What it is for has no names').waitFor();
    const label = `report ${Date.now() % 1e6}`;
    await add.getByLabel('What it is for').fill(label);
    await add.getByRole('button', { name: 'Make' }).click();
    await page.getByText('The key is shown this once').waitFor();
    const key = await page.locator('.key-secret code').innerText();
    expect(await statusWith(key)).toBe(200);
    await button(page, 'I have kept it; hide it').click();
    expect(await page.content()).not.toContain(key);

    await button(page, label).click();
    await button(page, 'Revoke this key').click();
    await page.getByRole('tooltip').getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('row', { name: label }).getByText('Revoked').waitFor();
    expect(await statusWith(key)).toBe(401);
    expect((await askAs(page, `/v1/organisations/${OURS}/keys`)).text).not.toContain(key);

    await page.goto(`${product().origin}/audit?lang=en`);
    await page.getByText('entries verified').waitFor();
    for (const act of ['made a key', 'revoked a key']) {
      await page.getByRole('row').filter({ hasText: act }).first().waitFor();
    }
  });

  test('the nation brings a merchant in and suspends it, with a reason', async () => {
    const page = await signIn(browser, 'SPB', 'manager-1', '/organisations');
    const id = `trial-${Date.now() % 1e6}`;
    await button(page, 'Bring an organisation in').click();
    const add = form(page, 'Bring an organisation in');
    await add.getByLabel('Id', { exact: true }).fill('P1');
    await add.getByLabel('Region').click();
    await page.getByTitle('The nation 000000').click();
    await button(page, 'Bring in').click();
    await add.getByText('The id is taken.').waitFor();
    await add.getByLabel('Id', { exact: true }).fill(id);
    await button(page, 'Bring in').click();
    await page.getByRole('heading', { name: id }).waitFor();
    await page.getByText('There is nobody').waitFor();
    await button(page, 'Suspend').click();
    const suspend = form(page, `Suspend ${id}`);
    await suspend.getByLabel('Reason').fill('a trial that has ended');
    await suspend.getByRole('button', { name: 'Suspend' }).click();
    await button(page, 'Restore').waitFor();
    expect((await askAs(page, `/v1/organisations/${id}`)).text).toContain('"suspended":true');
  });

  test('who is no manager is told so, and is told nothing else', async () => {
    const page = await signIn(browser, 'P4', 'viewer-1', '/organisations');
    await page.getByText('looked after by managers').waitFor();
    expect((await askAs(page, '/v1/organisations/P4/accounts')).status).toBe(403);
    await page.goto(`${product().origin}/audit?lang=en`);
    await page.getByRole('heading', { name: 'This page is not for you' }).waitFor();
    expect((await askAs(page, '/v1/audit')).status).toBe(403);
    expect((await askAs(page, '/v1/organisations/P1')).status).toBe(404);
  });

  test('everybody can use the page', async () => {
    const page = await signIn(browser, 'SPB', 'manager-1', '/organisations?person=duty-1');
    await expectForAll(page, () => page.locator('.ask-form').waitFor());
  });
});
