/** Pages of summaries keep to their width: on screens, on paper, from right to left. No script is in them. */

import type { Page } from '@playwright/test';

import { expect, signInAs, test } from '../support/base.ts';
import { tooWide } from '../support/layout.ts';

const PAGES = [
  '/reviews/XXA-3',
  '/reviews/XXA-3?position=noted&order=share&squares=status',
  '/reviews/BLR-3',
  '/reviews/XXA-3/charts/group',
  '/reviews/BLR-3/compare',
  '/states/BLR',
  '/summary?state=XXA',
  '/recommending',
  '/recommending/NOR',
  '/recommending/NOR/BLR',
  '/subjects/issue',
  '/world',
  '/charts/world',
  '/reviews/XXA-3/charts/recommending',
  '/compare?a=position%3Dnoted&b=position%3Dsupported',
];

/** A round of it is open, so only those who work with it see what moved. */
const FLOW = '/reviews/XXA-3/charts/flow?from=mid-term&to=follow-up';

/** The charts that do not fill their column, whose longest bar is less than half of it, or that cannot be read. */
async function cramped(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('.chart')]
      .filter((chart) => {
        const room = chart.getBoundingClientRect().width;
        const small = [...chart.querySelectorAll('dt, b, small, .tiles span')].some(
          (one) => parseFloat(getComputedStyle(one).fontSize) < 12,
        );
        const bars = [...chart.querySelectorAll('.bars .bar')].map((bar) => bar.getBoundingClientRect().width);
        const column = chart.querySelector('.bars dd:has(.bar)')?.getBoundingClientRect().width ?? 0;
        const thin = [...chart.querySelectorAll('.bar > i')].some((part) => part.getBoundingClientRect().width < 3);
        const list = chart.querySelector('.bars, .squares, .tiles');
        const narrow = list !== null && list.getBoundingClientRect().width < room * 0.95 && !list.matches('.squares');
        // Rows that continue others are on their scale.
        const first = chart.querySelector('.bars');
        const longest = Math.max(0, ...[...(first?.querySelectorAll('.bar') ?? [])].map((bar) => bar.getBoundingClientRect().width));
        const short = bars.length > 0 && !chart.closest('.dimension') && longest < column / 2 - 1;
        return chart.scrollWidth > chart.clientWidth + 1 || small || narrow || short || thin;
      })
      .map((chart) => chart.getAttribute('aria-label') ?? chart.textContent?.slice(0, 60) ?? ''),
  );
}

for (const address of [...PAGES, FLOW]) {
  test(`nothing is wider than the page: ${address}`, async ({ page, tracker }) => {
    if (address === FLOW) await signInAs(page, tracker, 'reviewer');
    for (const width of [390, 768, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(address);
      expect(await tooWide(page), `${address} at ${width}`).toEqual([]);
      expect(await cramped(page), `${address} at ${width}`).toEqual([]);
    }
    // On paper: A4 and Letter, each without its margins, in CSS pixels.
    await page.emulateMedia({ media: 'print' });
    for (const width of [718, 740]) {
      await page.setViewportSize({ width, height: 1000 });
      expect(await tooWide(page), `${address} on paper ${width} wide`).toEqual([]);
    }
    await page.emulateMedia({ media: 'screen' });
    // From right to left the same, and bars begin where the labels are.
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'));
    const backwards = await page.locator('.bars .bar').evaluateAll((bars) =>
      bars
        .filter((bar) => bar.getBoundingClientRect().width > 0)
        .filter((bar) => {
          const cell = bar.closest('dd')!.getBoundingClientRect();
          return Math.abs(bar.getBoundingClientRect().right - cell.right) > 1;
        }).length,
    );
    expect(backwards, `${address} from right to left`).toBe(0);
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await tooWide(page), `${address} from right to left at ${width}`).toEqual([]);
    }
  });
}

test('the preview of an import fits a telephone', async ({ page, tracker }) => {
  await signInAs(page, tracker, 'reviewer');
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/import');
  await page.getByLabel('File', { exact: true }).setInputFiles({
    name: 'new.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('review,paragraph,text,recommending_states,position\nPLW-2,1.1,Ratify every treaty,Norway,supported\n'),
  });
  await page.getByRole('button', { name: 'Preview' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('A file to be imported');
  await page.goto(`${new URL(page.url()).pathname}?show=new`);
  await expect(page.locator('table.differences')).toHaveCount(1);
  expect(await tooWide(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});

test('every part of a flow is seen, in light and in dark', async ({ page, tracker }) => {
  await signInAs(page, tracker, 'reviewer');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.goto(FLOW);
    const paper = await page.locator('html').evaluate((one) => getComputedStyle(one).backgroundColor);
    const fills = await page.locator('.chart .bar > i').evaluateAll((parts) =>
      parts.map((part) => {
        const { backgroundColor, backgroundImage } = getComputedStyle(part);
        return backgroundImage === 'none' ? backgroundColor : backgroundImage;
      }),
    );
    expect(fills.length).toBeGreaterThan(4);
    expect(fills.filter((fill) => fill === paper || fill === 'rgba(0, 0, 0, 0)')).toEqual([]);
    // Both sides say whose they are.
    for (const round of ['mid-term', 'follow-up']) {
      await expect(page.locator('.chart .figures'), round).toHaveText(new RegExp(round, 'i'));
    }
  }
});

test('squares can be touched on every screen', async ({ page }) => {
  for (const width of [390, 768, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await page.goto('/reviews/XXA-3');
    const sides = await page.locator('.squares a').evaluateAll((all) =>
      all.map((square) => {
        const { width, height } = square.getBoundingClientRect();
        return Math.min(width, height);
      }),
    );
    expect(sides).toHaveLength(266);
    expect(Math.min(...sides), `${width}`).toBeGreaterThanOrEqual(24);
  }
});

test('on a telephone the sentences and the progress are on the screen', async ({ page, tracker }) => {
  const within = (selector: string) =>
    page.locator(selector).evaluateAll((all) =>
      all.map((one) => {
        const { left, right, width } = one.getBoundingClientRect();
        return width > 0 && left >= 0 && right <= document.documentElement.clientWidth;
      }),
    );
  await page.setViewportSize({ width: 390, height: 844 });
  for (const address of ['/', '/states/BLR']) {
    await page.goto(address);
    const seen = await within('.headline-short');
    expect(seen.length, address).toBeGreaterThan(0);
    expect(seen, address).not.toContain(false);
  }
  await signInAs(page, tracker, 'analyst');
  await page.goto('/assess');
  const seen = await within('[data-progress]');
  expect(seen.length).toBeGreaterThan(0);
  expect(seen).not.toContain(false);
});

test('what was left out of an address is said as a warning', async ({ page }) => {
  await page.goto('/recommendations?position=nonsense');
  const said = page.locator('.faults');
  await expect(said).toBeVisible();
  const paper = await page.locator('body').evaluate((one) => getComputedStyle(one).backgroundColor);
  const colour = await said.evaluate((one) => getComputedStyle(one).backgroundColor);
  expect(['rgba(0, 0, 0, 0)', paper]).not.toContain(colour);
});

test('the squares have a key', async ({ page }) => {
  await page.goto('/reviews/XXA-3');
  await expect(page.locator('#after-squares')).toBeVisible();
});

test('signs stand before their numbers from right to left', async ({ page }) => {
  await page.goto('/reviews/BLR-3/compare?from=bhc-2023&to=coalition-later');
  await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'));
  const signed = page.locator('table.differences bdi', { hasText: '+3' });
  expect(await signed.evaluate((one) => getComputedStyle(one).direction)).toBe('ltr');
});
