/** Everything is reached with the keyboard, can be seen where it is, and fits on a narrow screen. */

import type { Page } from '@playwright/test';
import { expect, signInAs, test } from '../support/base.ts';

interface Focused {
  /** Tag and text, for messages and for finding it in the walk. */
  name: string;
  /** Whether it shows that it has the focus. */
  marked: boolean;
  /** Whether it is on the screen at all. */
  visible: boolean;
}

/** What has the focus. */
function focused(page: Page): Promise<Focused> {
  return page.evaluate(() => {
    const element = document.activeElement ?? document.body;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const label =
      element.getAttribute('aria-label') ??
      ((element as HTMLInputElement).labels?.[0] ?? element).textContent ??
      '';
    const marked =
      (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1) ||
      style.boxShadow !== 'none';
    return {
      name: `${element.tagName.toLowerCase()}: ${label.replace(/\s+/g, ' ').trim()}`,
      marked,
      visible:
        box.width > 1 &&
        box.height > 1 &&
        box.bottom > 0 &&
        box.right > 0 &&
        box.top < innerHeight &&
        box.left < innerWidth,
    };
  });
}

/** Walks with the Tab key until the walk leaves the page. */
async function walk(page: Page, most: number): Promise<Focused[]> {
  const walked: Focused[] = [];
  for (let step = 0; step < most; step += 1) {
    await page.keyboard.press('Tab');
    let here = await focused(page);
    if (here.name.startsWith('body:')) {
      break;
    }
    // The browser may be about to bring it into sight. A frame is not waited for: a browser that
    // nobody sees may not paint any.
    for (let patience = 0; !here.visible && patience < 40; patience += 1) {
      await page.waitForTimeout(25);
      here = await focused(page);
    }
    walked.push(here);
  }
  return walked;
}

test('the Tab key reaches all of the list, and one sees where one is', async ({ page }) => {
  await page.goto('/reviews/BLR-1/recommendations');
  const walked = await walk(page, 400);
  expect(walked.filter(({ marked }) => !marked), 'without a mark').toEqual([]);
  expect(walked.filter(({ visible }) => !visible), 'not on the screen').toEqual([]);
  const names = walked.map(({ name }) => name);
  expect(names[0]).toBe('a: Skip to content');
  const inOrder = [
    'a: Skip to content',
    'a: States',
    'a: Methodology',
    'a: Sign in',
    'input: Words',
    'input: Supported',
    'button: Apply the filter',
    'a: Paragraph',
    'a: 97.1',
    'a: Next',
    'summary: Download and cite',
  ];
  const places = inOrder.map((wanted) => names.findIndex((name) => name.startsWith(wanted)));
  expect(places, inOrder.join(', ')).not.toContain(-1);
  expect([...places].sort((one, other) => one - other)).toEqual(places);
});

test('links past the header, the filter and the squares lead where they say', async ({ page }) => {
  await page.goto('/reviews/XXA-3');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#content$/);
  // From there the next stop is inside the page, not in its header.
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);

  await page.goto('/reviews/XXA-3/recommendations');
  await page.getByRole('link', { name: 'Skip the filter' }).focus();
  expect(await focused(page)).toMatchObject({ marked: true, visible: true });
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.closest('form') === null)).toBe(true);

  await page.goto('/reviews/XXA-3');
  await page.getByRole('link', { name: 'Skip the squares' }).focus();
  expect(await focused(page)).toMatchObject({ marked: true, visible: true });
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect((await focused(page)).name).not.toMatch(/^a: 138\.\d+:/);
});

test('signing in and assessing need no mouse', async ({ page, tracker }) => {
  const { pseudonym, password } = await tracker.newAccount('analyst');
  await page.goto('/login?next=%2Fassess%2FXXA-3%2Ffollow-up%3Fshow%3Dopen');
  const tabTo = async (name: RegExp): Promise<void> => {
    for (let step = 0; step < 60; step += 1) {
      await page.keyboard.press('Tab');
      if (name.test((await focused(page)).name)) {
        return;
      }
    }
    throw new Error(`The Tab key does not reach ${name}.`);
  };
  await tabTo(/^input: Pseudonym/);
  await page.keyboard.type(pseudonym);
  await tabTo(/^input: Password/);
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Follow-up/i);

  await tabTo(/^a: Assess the next one/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Assess paragraph/);
  await tabTo(/^input: Implemented/);
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await tabTo(/^textarea: Rationale/);
  await page.keyboard.type('Typed without a mouse');
  await tabTo(/^button: Save$/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status')).toContainText('is saved');
  await expect(page.getByRole('radio', { name: 'In process of implementation' })).toBeChecked();
  await expect(page.getByLabel('Rationale')).toHaveValue('Typed without a mouse');
});

test('what is always in reach covers nothing that has the focus', async ({ page, tracker }) => {
  await signInAs(page, tracker, 'reviewer');
  for (const [width, height] of [
    [1280, 500],
    [390, 600],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.goto('/assess/XXA-3/follow-up/138.2');
    const covered: string[] = [];
    for (const key of ['Tab', 'Shift+Tab']) {
      for (let step = 0; step < 80; step += 1) {
        await page.keyboard.press(key);
        const under = (): Promise<boolean> =>
          page.evaluate(() => {
            const element = document.activeElement ?? document.body;
            const bar = document.querySelector('.saving');
            if (bar === null || element.closest('.saving') || element.tagName === 'BODY') return false;
            const [box, over] = [element.getBoundingClientRect(), bar.getBoundingClientRect()];
            return box.top > over.top - 2 && box.top < over.bottom && box.left < over.right && box.right > over.left;
          });
        // The browser may be about to bring it into sight.
        for (let patience = 0; (await under()) && patience < 40; patience += 1) {
          await page.waitForTimeout(25);
        }
        if (await under()) {
          covered.push((await focused(page)).name);
        }
      }
    }
    expect(covered, `${width} × ${height}`).toEqual([]);
  }
});

test('no page is wider than a narrow screen', async ({ page, tracker }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signInAs(page, tracker, 'reviewer');
  const wide: string[] = [];
  for (const address of [
    '/',
    '/states/BLR',
    '/reviews/BLR-1',
    '/reviews/BLR-3',
    '/reviews/XXA-3',
    '/reviews/XXA-3/recommendations?position=noted&recommending=NOR',
    '/reviews/XXA-3/recommendations/138.2',
    '/reviews/XXA-3/rounds/mid-term',
    '/reviews/XXA-3/rounds/follow-up',
    '/reviews/BLR-3/rounds/coalition-later',
    '/world',
    '/recommending/NOR',
    '/recommending/NOR/BLR',
    '/subjects/issue/Death%20penalty',
    '/recommendations',
    '/reviews/XXA-3/history',
    '/reviews/XXA-3/evidence',
    '/assess/XXA-3/follow-up/method',
    '/assess/XXA-3/follow-up/many?show=open',
    '/methodology',
    '/assess',
    '/assess/XXA-3/follow-up',
    '/assess/XXA-3/follow-up/138.2',
    '/reviews/XXA-3/rounds/new',
    '/import',
  ]) {
    await page.goto(address);
    const [content, screen] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
    ]);
    if ((content ?? 0) > (screen ?? 0)) {
      wide.push(`${address}: ${content} of ${screen}`);
    }
  }
  expect(wide).toEqual([]);
});
