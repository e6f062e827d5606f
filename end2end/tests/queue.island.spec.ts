/** The queue from the keyboard: a hundred in a row without the mouse. */

import type { Page } from '@playwright/test';
import { expect, signIn, test } from '../support/base.ts';

const ROUND = '/assess/XXA-3/follow-up';

/** Keys do something from here on. */
const ready = (page: Page): Promise<void> =>
  page.waitForSelector('html.keys-on', { state: 'attached' }).then(() => undefined);

const paragraph = (page: Page): Promise<string> =>
  page.getByRole('heading', { level: 1 }).innerText();

test('a hundred recommendations are assessed without the mouse', async ({ page, tracker }) => {
  test.setTimeout(180_000);
  await signIn(page, await tracker.newAccount('analyst'));
  await page.goto(`${ROUND}?show=open`);
  await ready(page);
  const before = Number(/^\d+/.exec(await page.locator('[data-progress]').innerText())?.[0]);
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');

  const seen = new Set<string>();
  const took: number[] = [];
  for (let number = 0; number < 100; number += 1) {
    await ready(page);
    const here = await paragraph(page);
    expect(seen.has(here), `${here} came twice`).toBe(false);
    seen.add(here);
    const begun = performance.now();
    // Two keys: the status, and saving it. The next one opens by itself.
    await page.keyboard.press(String((number % 4) + 1));
    await page.keyboard.press('s');
    await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(here);
    await ready(page);
    took.push(performance.now() - begun);
  }
  took.sort((a, b) => a - b);
  const median = Math.round(took[50] ?? 0);
  const slowest = Math.round(took[99] ?? 0);
  console.log(`per recommendation, two keys and the next page: median ${median} ms, slowest ${slowest} ms`);
  expect(median).toBeLessThan(1_500);
  await page.goto(ROUND);
  await expect(page.locator('[data-progress]')).toContainText(`${before + 100} of 266 examined`);
});

test('no key does anything while somebody types, and keys can be turned off', async ({
  page,
  tracker,
}) => {
  await signIn(page, await tracker.newAccount('analyst'));
  await page.goto(ROUND);
  await page.getByRole('link', { name: 'Assess the next one' }).click();
  await ready(page);
  const here = await paragraph(page);
  await page.getByLabel('Rationale').fill('');
  await page.getByLabel('Rationale').pressSequentially('sjk12?/');
  await expect(page.getByLabel('Rationale')).toHaveValue('sjk12?/');
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(0);
  expect(await paragraph(page)).toBe(here);

  // Every key is also a control that says so.
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('?');
  await expect(page.getByText('save, and open the next')).toBeVisible();
  await page.keyboard.press('2');
  await expect(page.getByRole('radio', { name: 'In process of implementation' })).toBeChecked();
  await page.getByRole('button', { name: 'Turn keys off' }).click();
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('1');
  await expect(page.getByRole('radio', { name: 'In process of implementation' })).toBeChecked();
  await page.getByRole('button', { name: 'Turn keys on' }).click();
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('1');
  await expect(page.getByRole('radio', { name: 'Implemented', exact: true })).toBeChecked();

  // Through the queue and to its search.
  await expect(page.locator('.kept')).toContainText('Draft kept');
  await page.keyboard.press('j');
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(here);
  await ready(page);
  await page.keyboard.press('k');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(here);
  await ready(page);
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
});
