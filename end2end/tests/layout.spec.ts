/** Pages of summaries keep to their width: on screens, on paper, from right to left. No script is in them. */

import type { Page } from '@playwright/test';

import { expect, signInAs, test } from '../support/base.ts';

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

/** What of the page is wider than it, beyond what scrolls by itself. */
async function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    const inside = (one: Element) => one.closest('.scroll') !== null && !one.matches('.scroll');
    return [...document.querySelectorAll('main *')]
      .filter((one) => !inside(one) || getComputedStyle(one.closest('.scroll')!).overflowX === 'visible')
      .filter((one) => {
        const { left, right, width } = one.getBoundingClientRect();
        return width > 1 && (left < -1 || right > room + 1);
      })
      .map((one) => `${one.tagName}.${one.getAttribute('class') ?? ''}`);
  });
}

/** The drawings that have to be pushed to and fro, or are too small to be read. */
async function cramped(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('.drawing')]
      .filter((drawing) => {
        // One of the two, which may come in several parts.
        const forms = [...drawing.children].filter((form) => form.getBoundingClientRect().width > 0);
        const [form] = forms;
        if (form === undefined || forms.length > 1) return true;
        const small = [...form.querySelectorAll('svg')].some((svg) => {
          const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
          const sizes = [...svg.querySelectorAll('text')].map((text) => Number(text.getAttribute('font-size')));
          return scale < 0.85 || Math.min(...sizes) * scale < 10;
        });
        // Parts follow each other as if they were one.
        const parts = [...form.querySelectorAll('svg')].map((svg) => svg.getBoundingClientRect());
        const gaps = parts.slice(1).some((part, number) => Math.abs(part.top - parts[number]!.bottom) > 1);
        return drawing.scrollWidth > drawing.clientWidth + 1 || small || gaps;
      })
      .map((drawing) => drawing.getAttribute('aria-label') ?? ''),
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
    // From right to left: the same, and the drawing as it was drawn.
    const texts = () =>
      page.locator('svg.picture').first().locator('text').evaluateAll((all) =>
        all.map((one) => {
          const drawing = one.closest('svg')!.getBoundingClientRect();
          const { left, right } = one.getBoundingClientRect();
          return [Math.round(left - drawing.left), Math.round(right - drawing.left)];
        }),
      );
    await page.setViewportSize({ width: 1280, height: 900 });
    const before = await texts();
    await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'));
    expect(await texts(), `${address} from right to left`).toEqual(before);
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await tooWide(page), `${address} from right to left at ${width}`).toEqual([]);
    }
  });
}

test('every band of a flow is seen, in light and in dark', async ({ page, tracker }) => {
  await signInAs(page, tracker, 'reviewer');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.goto(FLOW);
    const fills = await page
      .locator('.drawing path')
      .evaluateAll((bands) => bands.map((band) => getComputedStyle(band).fill));
    expect(fills.length).toBeGreaterThan(4);
    expect(fills.filter((fill) => fill === 'none' || fill.endsWith(', 0)'))).toEqual([]);
    // Both columns say whose they are.
    for (const round of ['mid-term', 'follow-up']) {
      const name = await page.locator(`.drawing .wide text[font-weight="700"]`, { hasText: new RegExp(round, 'i') }).count();
      expect(name, round).toBeGreaterThan(0);
    }
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
