/** Small windows, large type and forced colours. No script is needed for any of it. */

import type { Page } from '@playwright/test';

import { expect, signInAs, test } from '../support/base.ts';
import { tooWide } from '../support/layout.ts';
import { READING, WORKING } from '../support/pages.ts';

/** What scrolls sideways although it is not a table in a frame of its own. */
async function sideways(page: Page, address: string): Promise<string[]> {
  const found: string[] = [];
  // 400 % of 1280 × 900, and a small telephone: the width is the same, the height is not.
  for (const height of [225, 640]) {
    await page.setViewportSize({ width: 320, height });
    const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement);
    if (scrollWidth > clientWidth) {
      found.push(`${address} at 320 × ${height}: the page is ${scrollWidth} wide`);
    }
    found.push(...(await tooWide(page)).map((place) => `${address} at 320 × ${height}: ${place}`));
  }
  return found;
}

test.describe('320 px, or 1280 px at a zoom of 400 %', () => {
  test.use({ viewport: { width: 320, height: 225 }, deviceScaleFactor: 4 });
  test.describe.configure({ timeout: 120_000 });

  test('pages for readers never scroll sideways', async ({ page, complaints }) => {
    complaints.expect(/status of 404/);
    const found: string[] = [];
    for (const address of [...READING, '/nowhere']) {
      await page.goto(address);
      found.push(...(await sideways(page, address)));
    }
    expect(found).toEqual([]);
  });

  test('pages for signed-in people never scroll sideways', async ({ page, tracker }) => {
    await signInAs(page, tracker, 'reviewer');
    const found: string[] = [];
    for (const address of [...WORKING, '/reviews/XXA-3/charts/flow?from=mid-term&to=follow-up']) {
      await page.goto(address);
      found.push(...(await sideways(page, address)));
    }
    expect(found).toEqual([]);
  });

  test('control: what is too wide is found', async ({ page }) => {
    await page.goto('/about');
    await page.evaluate(() => {
      document.querySelector('main')!.insertAdjacentHTML('beforeend', '<p id="wide">Wide</p>');
      document.querySelector<HTMLElement>('#wide')!.style.inlineSize = '330px';
    });
    expect((await sideways(page, 'control')).length).toBeGreaterThan(0);
  });
});

test('on a telephone the first result is on the first screen', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const address of [
    '/reviews/XXA-3/recommendations',
    '/reviews/BLR-1/recommendations',
    '/recommendations?q=law',
    '/search?q=law',
    '/reviews/XXA-3/recommendations?group=african&page=2',
    // Three conditions, each with a button that takes it away.
    '/reviews/XXA-3/recommendations?status=not_implemented&position=noted&q=law&sort=-status',
  ]) {
    await page.goto(address);
    const text = page.locator('table.list tbody tr').first().locator('.headline-cell');
    const { bottom } = await text.evaluate((cell) => cell.getBoundingClientRect());
    expect(bottom, address).toBeLessThanOrEqual(844);
  }
});

test.describe('forced colours', () => {
  test.use({ contextOptions: { forcedColors: 'active' } });

  /** How the parts that match look, each once: by their classes, without their lengths. */
  const looks = (page: Page, selector: string): Promise<[string, string][]> =>
    page.locator(selector).evaluateAll((all) => {
      const seen = new Map<string, string>();
      for (const part of all) {
        const name = /\b(?:c-[a-z-]+|m\d|none)\b/.exec(part.className)?.[0] ?? part.className;
        const look = (style: CSSStyleDeclaration): string =>
          [style.backgroundColor, style.backgroundImage, style.borderStyle, style.borderWidth, style.boxShadow, style.borderRadius, style.content].join(' ');
        seen.set(name, `${look(getComputedStyle(part))} ${look(getComputedStyle(part, '::after'))}`);
      }
      return [...seen];
    });

  for (const [address, selector, count] of [
    ['/reviews/XXA-3/charts/group', '.key .mark', 5],
    ['/reviews/XXA-3/charts/group', '.bar > i', 5],
    ['/reviews/XXA-3', '.squares > *', 5],
    ['/reviews/BLR-1', '.key .mark', 3],
    ['/reviews/BLR-1', '.squares > *', 3],
    ['/compare?a=cycle%3D1&b=position%3Dnoted', '.bar > i', 3],
    ['/world', '.legend i', 6],
  ] as const) {
    test(`every part looks different: ${selector} of ${address}`, async ({ page }) => {
      await page.goto(address);
      expect(await page.evaluate(() => matchMedia('(forced-colors: active)').matches)).toBe(true);
      const found = await looks(page, selector);
      expect(found.length, JSON.stringify(found)).toBe(count);
      expect(new Set(found.map(([, look]) => look)).size, JSON.stringify(found)).toBe(count);
    });
  }

  test('every part of a legend has a word, and tiles have the edges of theirs', async ({ page }) => {
    for (const address of ['/reviews/XXA-3/charts/group', '/reviews/BLR-1', '/world']) {
      await page.goto(address);
      const words = await page.locator('.key li, .legend li').allInnerTexts();
      expect(words.length, address).toBeGreaterThan(2);
      expect(words.filter((word) => !/[a-z\d]/.test(word)), address).toEqual([]);
    }
    const edge = (selector: string): Promise<string> =>
      page.locator(selector).first().evaluate((one) => getComputedStyle(one).borderInlineStartWidth);
    expect(await edge('.tiles > .m3')).toBe(await edge('.legend .m3'));
    expect(await edge('.legend .m3')).not.toBe(await edge('.legend .m4'));
  });
});

test('a word of a row is selected by a double click that is held, and a click opens the row', async ({ page }) => {
  const list = '/reviews/XXA-3/recommendations';
  await page.goto(list);
  const text = page.locator('.row-link > span').first();
  const whole = await text.innerText();
  const { x, y } = (await text.boundingBox())!;
  await page.mouse.move(x + 20, y + 10);
  for (const clickCount of [1, 2]) {
    await page.mouse.down({ clickCount });
    // The row's link lets go after 250 ms.
    await page.waitForTimeout(400);
    await page.mouse.up({ clickCount });
  }
  const selected = (): Promise<string> => page.evaluate(() => getSelection()?.toString().trim() ?? '');
  expect(await selected()).toBe(whole.split(' ')[0]);
  // And with the keyboard from there.
  await page.keyboard.press('Control+Shift+ArrowRight');
  expect(whole.startsWith(await selected())).toBe(true);
  expect((await selected()).split(' ').length).toBe(2);
  expect(new URL(page.url()).pathname).toBe(list);
  await text.click();
  await expect(page).toHaveURL(/\/recommendations\/138\.1/);
});
