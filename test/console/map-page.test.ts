import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generatedNetwork } from '../../bench/console-map/network.js';
import { type ServedMap, serveMap } from '../../bench/console-map/serve.js';
import { launchBrowser, noBrowser, openPage, seriousFindings } from '../support/browser.js';

const chosen = (page: Page) => page.locator('main').getAttribute('data-chosen');

describe.skipIf(noBrowser)('the map in a real browser, under the product’s own headers', () => {
  let browser: Browser;
  let served: ServedMap;

  beforeAll(async () => {
    served = await serveMap(generatedNetwork(120, 300));
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await served?.stop();
  });

  const open = async (search: string): Promise<Page> => {
    const page = await openPage(browser, `${served.url}/?${search}`);
    await page.locator('[data-drawn]').waitFor();
    await page.getByText('没有审图号').waitFor();
    return page;
  };

  test('goes from hub to hub by keyboard, the fullest first, and chooses one; the same by pointer', async () => {
    const page = await open('region=000000');
    await page.getByRole('listbox').focus();
    await page.getByRole('option', { name: '第 1 处，共 120 处' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const second = await chosen(page);
    expect(second).toMatch(/^\d+$/);
    const ring = await page.locator('.network-map-chosen').boundingBox();
    if (ring === null) throw new Error('no ring around what is chosen');
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    expect(await chosen(page)).not.toBe(second);
    await page.mouse.click(ring.x + ring.width / 2, ring.y + ring.height / 2);
    expect(await chosen(page)).toBe(second);
    expect(await seriousFindings(page)).toEqual([]);
  });

  test('moves when dragged, without choosing; glides to a region; back by the key 0', async () => {
    const page = await open('region=000000');
    await page.getByRole('listbox').focus();
    await page.keyboard.press('Enter');
    const before = await chosen(page);
    const ring = () => page.locator('.network-map-chosen').boundingBox();
    const at = await ring();
    if (at === null) throw new Error('no ring around what is chosen');
    const [x, y] = [at.x + at.width / 2, at.y + at.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x - 40, y + 30, { steps: 4 });
    await page.mouse.up();
    expect(await chosen(page)).toBe(before);
    await expect.poll(async () => Math.round(((await ring())?.x ?? 0) - at.x)).toBeLessThan(-30);
    await page.evaluate('location.hash = "#540000"');
    const picture = page.getByRole('application');
    await expect
      .poll(() => page.locator('.network-map-window').getAttribute('data-scale'))
      .toMatch(/^[3-9]\d{3}$/);
    await picture.focus();
    await page.keyboard.press('0');
    await expect
      .poll(() => page.locator('.network-map-window').getAttribute('data-scale'))
      .toMatch(/^1\d{3}$|^\d{3}$/);
  });

  test('is saved as an image', async () => {
    const page = await open('region=330000');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: '存为图片' }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe('Map.png');
    const chunks: Buffer[] = [];
    for await (const chunk of await file.createReadStream()) chunks.push(chunk);
    const png = Buffer.concat(chunks);
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(png.readUInt32BE(16)).toBe(2 * 1414);
  });
});
