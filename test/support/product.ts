import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { inject } from 'vitest';
import { openPage } from './browser.js';
import type { Product } from './product-server.js';

/** The product that was started for the tests. */
export function product(): Product {
  const started = inject('product');
  if (!started) throw new Error('the product was not started');
  return started;
}

/** Opens a page of the product as somebody who signs in by hand first: `login` of `organisation`. */
export async function signIn(
  browser: Browser,
  organisation: string,
  login: string,
  path = '/',
  options: BrowserContextOptions = {},
): Promise<Page> {
  const { origin, password } = product();
  const url = new URL(path, origin);
  url.searchParams.set('lang', 'en');
  const to = new URL('/sign-in?lang=en', origin);
  const page = await openPage(browser, to.href, options);
  await page.getByRole('textbox', { name: 'Organisation' }).fill(organisation);
  await page.getByRole('textbox', { name: 'Login' }).fill(login);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).last().click();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
  if (path !== '/') await page.goto(url.href);
  return page;
}

/** Status and text of what the product's API answers whoever has signed in on a page. */
export async function askAs(page: Page, path: string): Promise<{ status: number; text: string }> {
  return page.evaluate(async (url) => {
    const response = await fetch(url);
    return { status: response.status, text: await response.text() };
  }, path);
}
