/** Pages of summaries keep to their width: on screens, on paper, from right to left. No script is in them. */

import type { Page } from '@playwright/test';

import { expect, test } from '../support/base.ts';

const PAGES = [
  '/reviews/XXA-3',
  '/reviews/XXA-3?position=noted&order=share&squares=status',
  '/reviews/BLR-3',
  '/reviews/XXA-3/charts/group',
  '/reviews/BLR-3/compare',
  '/states/BLR',
  '/summary?state=XXA',
  '/recommending/NOR',
  '/world',
  '/compare?a=position%3Dnoted&b=position%3Dsupported',
];

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
        const shown = [...drawing.querySelectorAll('svg')].filter((svg) => svg.getBoundingClientRect().width > 0);
        const [svg] = shown;
        if (svg === undefined || shown.length > 1) return true;
        const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
        return drawing.scrollWidth > drawing.clientWidth + 1 || scale < 0.85;
      })
      .map((drawing) => drawing.getAttribute('aria-label') ?? ''),
  );
}

for (const address of PAGES) {
  test(`nothing is wider than the page: ${address}`, async ({ page }) => {
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
