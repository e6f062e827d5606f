/** On paper: nothing is cut off, lost or shrunk, and nothing is there that only a screen has use for. */

import type { Page } from '@playwright/test';

import { expect, test } from '../support/base.ts';

const FORMATS = ['A4', 'Letter'] as const;

async function pages(page: Page, format: (typeof FORMATS)[number]): Promise<number> {
  const pdf = await page.pdf({ format });
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
}

test('a briefing of up to eight recommendations is one page', async ({ page }) => {
  for (const address of ['/recommending/NOR/BLR', '/recommending/NOR/XXA']) {
    await page.goto(address);
    expect(await page.locator('table.briefing tbody tr').count()).toBeLessThanOrEqual(8);
    for (const format of FORMATS) {
      expect(await pages(page, format), `${address} on ${format}`).toBe(1);
    }
  }
});

test('a review is at most four pages, with its charts', async ({ page }) => {
  for (const address of ['/reviews/XXA-3', '/reviews/BLR-1', '/reviews/BLR-3']) {
    await page.goto(address);
    for (const format of FORMATS) {
      expect(await pages(page, format), `${address} on ${format}`).toBeLessThanOrEqual(4);
    }
  }
  await page.goto('/reviews/XXA-3');
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 680, height: 1000 });
  // 38 issues, 6 groups, 195 States and 5 categories of action: every row, and nothing too small to read.
  const rows = await page.locator('.dimensions dl.bars > div').evaluateAll((all) =>
    all.map((row) => ({
      height: row.getBoundingClientRect().height,
      bar: row.querySelector('.bar')?.getBoundingClientRect().width ?? 0,
      size: parseFloat(getComputedStyle(row.querySelector('b')!).fontSize),
    })),
  );
  expect(rows.length).toBeGreaterThan(240);
  for (const { height, bar, size } of rows) {
    expect(height).toBeGreaterThan(8);
    expect(bar).toBeGreaterThan(2);
    // CSS pixels: seven points.
    expect(size).toBeGreaterThan(9);
  }
  for (const chart of ['#by-status', '#by-position', '.squares']) {
    await expect(page.locator(chart).first(), chart).toBeVisible();
  }
});

test('a list prints as a table without its filter', async ({ page }) => {
  await page.goto('/reviews/BLR-1/recommendations?per=100');
  const rows = await page.locator('table.list tbody tr').count();
  expect(rows).toBe(93);
  for (const format of FORMATS) {
    // As cards they took eight. Letter paper is shorter, and the sources stand above the rows.
    expect(await pages(page, format), format).toBeLessThanOrEqual(format === 'A4' ? 5 : 6);
  }
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 680, height: 1000 });
  for (const selector of ['form.filter', '.take', 'nav.pager', 'a.clear']) {
    for (const one of await page.locator(selector).all()) await expect(one, selector).toBeHidden();
  }
  const display = await page.locator('table.list tbody tr').first().evaluate((row) => getComputedStyle(row).display);
  expect(display).toBe('table-row');
});

test('rows that nobody opened are printed, and what is for all stands once', async ({ page }) => {
  await page.goto('/reviews/XXA-3');
  await page.emulateMedia({ media: 'print' });
  const heights = await page
    .locator('details.more dl.bars > div')
    .evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect().height));
  expect(heights.length).toBeGreaterThan(20);
  expect(heights.filter((height) => height < 5)).toEqual([]);
  await page.goto('/recommending/NOR');
  const foot = await page.locator('tfoot').first().evaluate((one) => getComputedStyle(one).display);
  expect(foot).toBe('table-row-group');
});

test('a chart on paper is cut between its rows, and never after its heading', async ({ page }) => {
  await page.goto('/reviews/XXA-3/charts/recommending');
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 680, height: 1000 });
  const rows = await page.locator('figure.chart dl.bars > div').evaluateAll((all) =>
    all.map((row) => {
      const { breakInside, breakAfter } = getComputedStyle(row);
      const { height } = row.getBoundingClientRect();
      const size = parseFloat(getComputedStyle(row.querySelector('b')!).fontSize);
      return { breakInside, breakAfter, height, size };
    }),
  );
  expect(rows.length).toBeGreaterThan(40);
  for (const { breakInside, height, size } of rows) {
    expect(breakInside).toBe('avoid');
    expect(height).toBeLessThan(120);
    expect(size).toBeGreaterThan(10);
  }
  expect(rows.slice(0, 2).map(({ breakAfter }) => breakAfter)).toEqual(['avoid', 'avoid']);
  const whole = await page.locator('figure.chart').evaluate((one) => getComputedStyle(one).breakInside);
  expect(whole, 'longer than a page').toBe('auto');
  for (const heading of await page.locator('h1, h2, h3, figure.chart .key').all()) {
    expect(await heading.evaluate((one) => getComputedStyle(one).breakAfter)).toBe('avoid');
  }
  // A short one is never cut.
  await page.goto('/reviews/XXA-3/charts/group');
  const short = await page.locator('figure.chart').evaluate((one) => getComputedStyle(one).breakInside);
  expect(short).toBe('avoid');
});
