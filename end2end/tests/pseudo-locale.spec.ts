/**
 * Every kind of page in the pseudo-locale: accented and lengthened English, from right to left. A text that stays
 * plain is not translated; a place that fits English alone shows it here.
 */

import type { Page } from '@playwright/test';

import { expect, test as base } from '../support/base.ts';
import { tooWide } from '../support/layout.ts';
import { ADMINISTRATION, READING, WORKING } from '../support/pages.ts';
import { Tracker } from '../support/tracker.ts';

const test = base.extend<object, { tracker: Tracker }>({
  tracker: [
    // eslint-disable-next-line no-empty-pattern -- Playwright wants the braces.
    async ({}, use) => {
      const tracker = await Tracker.start('--pseudo-locale');
      await use(tracker);
      await tracker.stop();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
});

/** Texts of the installation are in the language of who wrote them; a search shows the words that were typed. */
const IN_OTHER_WORDS = /^\/about\/?|^\/search\?/;

const READERS = [...READING.filter((address) => !IN_OTHER_WORDS.test(address)), '/no/such/page'];

/** Words that are the same in every language: of formats, licences and codes. */
const SHARED = new Set(['BibTeX', 'CSL', 'CSV', 'JSON', 'PNG', 'SVG', 'XLSX', 'UTC', 'HRC', 'WG', 'Add', 'Rev']);

/** Names in the demonstration that lists of choices show: of a round and of a scale. */
const DATA = ['Follow-up', 'UPR Info, three levels', 'Fully implemented'];

/**
 * Texts in plain letters that no catalogue can have made. What comes from the database is marked by `dir="auto"` or is
 * in `names`.
 */
async function plain(page: Page, names: Set<string>): Promise<string[]> {
  const texts = await page.evaluate(() => {
    // Each square is named by a recommendation.
    const data = '[dir="auto"], [lang]:not(html), bdi, code, kbd, pre, samp, textarea, time, .squares';
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (parent !== null && parent.closest(data) === null) found.push(node.textContent ?? '');
    }
    for (const one of document.querySelectorAll('body *')) {
      if (one.closest(data) !== null) continue;
      for (const name of ['aria-label', 'aria-description', 'alt', 'placeholder', 'title']) {
        found.push(one.getAttribute(name) ?? '');
      }
    }
    return [document.title, ...found];
  });
  return texts
    .map((text) => {
      // Codes of States, and names of files.
      const words = text.replace(/\S+\.txt\b/g, '').match(/(?<![\p{L}\d])[A-Za-z]{2,}(?![\p{L}])/gu) ?? [];
      const isKnown = (word: string): boolean => names.has(word) || SHARED.has(word) || /^[A-Z]{3}$/.test(word);
      return words.filter((word) => !isKnown(word)).join(' ');
    })
    .filter((words) => words !== '');
}

/** Texts that a box of a fixed size hides a part of. */
async function clipped(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('body *')]
      .filter((one) => {
        const { overflowX, overflowY, clip, clipPath } = getComputedStyle(one);
        const hides = overflowX === 'hidden' || overflowX === 'clip' || overflowY === 'hidden';
        // Texts for screen readers alone, and those of marks, are hidden on purpose.
        const isMark = one.matches('.bar > i, .squares a');
        const isSeen = !isMark && clip === 'auto' && clipPath === 'none' && one.clientWidth > 1;
        const isCut = one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1;
        return hides && isSeen && isCut && one.textContent !== '';
      })
      .map((one) => `${one.tagName}.${one.className}`),
  );
}

/** The names in the data of the demonstration: of States, scales, organisations, people. */
async function namesOf(page: Page): Promise<Set<string>> {
  const words = new Set<string>();
  const add = (text: string): void => {
    for (const word of text.match(/[A-Za-z]{2,}/g) ?? []) words.add(word);
  };
  DATA.forEach(add);
  const marked = page.locator('[dir="auto"]');
  for (const address of ['/', '/world', '/reviews/XXA-3', '/reviews/BLR-3', '/reviews/BLR-1', '/recommending']) {
    await page.goto(`/en-XA${address}`);
    (await marked.allTextContents()).forEach(add);
  }
  return words;
}

async function inspect(page: Page, address: string, names: Set<string>): Promise<void> {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/en-XA${address}`);
  const html = page.locator('html');
  await expect.soft(html, address).toHaveAttribute('dir', 'rtl');
  await expect.soft(html, address).toHaveAttribute('lang', 'en-XA');
  expect.soft(await plain(page, names), `not translated on ${address}`).toEqual([]);
  const scrolls = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
  expect.soft(scrolls, `${address} scrolls sideways`).toBeLessThanOrEqual(0);
  expect.soft(await tooWide(page), `too wide on ${address}`).toEqual([]);
  expect.soft(await clipped(page), `clipped on ${address}`).toEqual([]);
}

test.describe.configure({ timeout: 180_000 });

test('pages of readers are translated and fit', async ({ page, complaints }) => {
  complaints.expect(/404/);
  const names = await namesOf(page);
  for (const address of READERS) await inspect(page, address, names);
});

test('pages of those who work are translated and fit', async ({ page, tracker }) => {
  const names = await namesOf(page);
  const { pseudonym, password } = tracker.demonstration('administrator');
  await page.goto('/en-XA/login?next=%2Fen-XA%2Fassess');
  await page.locator('input[name="pseudonym"]').fill(pseudonym);
  await page.locator('input[name="password"]').fill(password);
  await page.locator('main button[type="submit"]').click();
  await expect(page).toHaveURL(/\/en-XA\/assess$/);
  for (const address of [...WORKING, ...ADMINISTRATION]) await inspect(page, address, names);
});

test('links and saved forms stay in the language', async ({ page, tracker }) => {
  const { pseudonym, password } = tracker.demonstration('analyst');
  await page.goto('/en-XA/');
  await page.locator('header a[href="/en-XA/login"]').click();
  await page.locator('input[name="pseudonym"]').fill(pseudonym);
  await page.locator('input[name="password"]').fill(password);
  await page.locator('main button[type="submit"]').click();
  await page.goto('/en-XA/assess/XXA-3/follow-up/138.2');
  await page.locator('#assessment input[name="status"]').first().check();
  await page.locator('#assessment .saving button[type="submit"]').first().click();
  await expect(page).toHaveURL(/\/en-XA\/assess\/XXA-3\/follow-up/);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en-XA');
  // The same page in English, as it says itself.
  await page.goto('/en-XA/world?measure=implemented');
  const english = page.locator('link[rel="alternate"][hreflang="en"]');
  await expect(english).toHaveAttribute('href', '/world?measure=implemented');
});
