import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type {
  ExplanationAnswer,
  LoadsAnswer,
  PlanAnswer,
  ResourcesAnswer,
} from '../../src/edge/http/schema.js';
import {
  CAPACITY,
  drawn,
  launchBrowser,
  noBrowser,
  OVERLOAD,
  openPage,
  PLANNED,
  pixelsOf,
  seriousFindings,
  untranslated,
} from '../support/browser.js';
import { type StartedProgram, startProgram } from '../support/start-program.js';

describe.skipIf(noBrowser)('the bundled season as npm start shows it', () => {
  let browser: Browser;
  let program: StartedProgram;

  beforeAll(async () => {
    [browser, program] = await Promise.all([launchBrowser(), startProgram()]);
  });

  afterAll(async () => {
    await browser?.close();
    program?.process.kill('SIGTERM');
  });

  async function ask<T>(path: string): Promise<T> {
    const response = await fetch(`${program.origin}/v1/${path}`);
    expect(response.status).toBe(200);
    return response.json();
  }

  test('the certificate is the one that the command printed', async () => {
    const page = await openPage(browser, `${program.origin}/?lang=en`);
    const certificate = page.getByRole('region', { name: 'Certificate' });
    const gap = Number(await certificate.locator('data').getAttribute('value'));
    const { objective, bound } = (await ask<PlanAnswer>('plan')).certificate;
    expect(gap).toBeCloseTo((objective - bound) / objective, 12);
    expect(gap).toBeLessThanOrEqual(1e-3);
    expect(program.output()).toContain(`gap          ${gap.toExponential(2)}: no plan is better`);
    const [shown] = /\d+\.\d+(?=%)/.exec(await certificate.innerText()) ?? [];
    expect(Number(shown)).toBeGreaterThanOrEqual(gap * 100);
    expect(Number(shown)).toBeLessThan(gap * 101);
  });

  test('a chosen hub is far over its capacity at once and never over it as planned', async () => {
    const { resources } = await ask<ResourcesAnswer>('resources?kind=hub');
    expect(Math.max(...resources.map((hub) => hub.peakAtOnce))).toBeGreaterThan(1.5);
    expect(Math.max(...resources.map((hub) => hub.peakPlanned))).toBeLessThanOrEqual(1);
    const page = await openPage(browser, `${program.origin}/?lang=en`);
    const panel = page.getByRole('region', { name: 'Load by slot' });
    await panel.getByRole('combobox').fill('Yunda Guangzhou 2');
    await page.keyboard.press('Enter');
    await drawn(page);
    const id = new URL(page.url()).searchParams.get('resource') ?? '';
    expect(id).toBe('YUNDA/hub/440100-2');
    const loads = await ask<LoadsAnswer>(`resources/${encodeURIComponent(id)}/loads`);
    expect(loads.atOnce.some((load, slot) => load > 1.5 * loads.capacity[slot])).toBe(true);
    expect(loads.planned.every((load, slot) => load <= loads.capacity[slot])).toBe(true);
    await panel.getByText('; 0 as planned, up to 100% of it').waitFor();
    const chart = panel.locator('canvas');
    const [over, capacity, planned] = [
      await pixelsOf(chart, OVERLOAD),
      await pixelsOf(chart, CAPACITY),
      await pixelsOf(chart, PLANNED),
    ];
    expect(over.top).toBeLessThan(capacity.top - 20);
    expect(planned.top).toBeGreaterThan(capacity.top - 3);
  });

  test.each(['Held, then released', 'Carried over'])(
    'a chosen hold (%s) is explained to the last parcel, and the parts add up',
    async (list) => {
      const page = await openPage(browser, `${program.origin}/?lang=en`);
      const holds = page.getByRole('region', { name: 'The most costly holds' });
      await holds.getByText(list, { exact: true }).click();
      const cohorts = holds.getByRole('button', { name: /^Explain/ });
      await cohorts.nth(2).click();
      const cohort = new URL(page.url()).searchParams.get('hold')?.split('~') ?? [];
      const [service, operator, origin, destination, slot] = cohort.map(decodeURIComponent);
      const key = new URLSearchParams({ service, operator, origin, destination, slot });
      const answer = await ask<ExplanationAnswer>(`explanations?${key}`);
      const panel = page.getByRole('region', { name: 'Why it is held' });
      await panel.getByText(`${answer.ready.toLocaleString('en')} parcels of`).waitFor();
      await panel.getByText('Slot by slot').click();
      const rows = panel.locator('details tbody tr');
      const cells = await Promise.all(
        (await rows.all()).map(async (row) =>
          (await row.locator('td').allInnerTexts()).map(numberOf),
        ),
      );
      expect(cells.length).toBeGreaterThan(1);
      for (const row of cells) {
        const parts = row.slice(0, -2).reduce((sum, part) => sum + part, 0);
        expect(parts).toBeCloseTo(row[row.length - 2], 2);
      }
      expect(cells.reduce((sum, row) => sum + row[row.length - 1], 0)).toBe(answer.ready);
    },
  );

  test('speaks both languages to the last word, without serious accessibility findings', async () => {
    const page = await openPage(browser, `${program.origin}/`);
    for (const language of ['zh', 'en'] as const) {
      if (language === 'en') await page.getByText('English').click();
      await page
        .getByRole('heading', { name: language === 'zh' ? '为什么缓发' : 'Why it is held' })
        .waitFor();
      await drawn(page);
      expect(await untranslated(page, language)).toEqual([]);
      expect(await seriousFindings(page)).toEqual([]);
    }
  });
});

function numberOf(text: string): number {
  return Number(text.replaceAll(',', ''));
}
