/** Where things are on a page. */

import type { Page } from '@playwright/test';

/** What of the page is wider than it, beyond what scrolls by itself. */
export async function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    const inside = (one: Element) => one.closest('.scroll') !== null && !one.matches('.scroll');
    return [...document.querySelectorAll('main *')]
      // What is folded away has no place.
      .filter((one) => one.checkVisibility())
      .filter((one) => !inside(one) || getComputedStyle(one.closest('.scroll')!).overflowX === 'visible')
      .filter((one) => {
        const { left, right, width } = one.getBoundingClientRect();
        return width > 1 && (left < -1 || right > room + 1);
      })
      .map((one) => `${one.tagName}.${one.getAttribute('class') ?? ''}`);
  });
}
