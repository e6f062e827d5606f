/** Rows of evidence, with script: added and taken away without loading the page again. */

import type { Page } from '@playwright/test';
import { expect, signIn, test } from '../support/base.ts';

const rows = (page: Page) => page.getByRole('group', { name: /^Evidence \d+$/ });

async function fill(page: Page, row: number, title: string, source: string): Promise<void> {
  await rows(page).nth(row).getByLabel('Title').fill(title);
  await rows(page).nth(row).getByLabel('Address or citation').fill(source);
}

test('evidence is added and taken away, and what is left is saved', async ({ page, tracker }) => {
  await signIn(page, await tracker.newAccount('analyst'));
  await page.goto('/assess/XXA-3/follow-up');
  await page.getByRole('link', { name: 'Assess the next one' }).click();
  const { pathname } = new URL(page.url());

  const add = page.getByRole('button', { name: 'Add another' });
  const remove = page.getByRole('button', { name: 'Remove', exact: true });
  await expect(rows(page)).toHaveCount(1);
  await fill(page, 0, 'First', 'https://first.example');
  await add.click();
  await expect(rows(page)).toHaveCount(2);
  await fill(page, 1, 'Second', 'https://second.example');
  await add.click();
  await expect(rows(page)).toHaveCount(3);
  await fill(page, 2, 'Third', 'https://third.example');
  // What is typed stays where it is when others come and go.
  await remove.nth(1).click();
  await expect(rows(page)).toHaveCount(2);
  await expect(rows(page).nth(0).getByLabel('Title')).toHaveValue('First');
  await expect(rows(page).nth(1).getByLabel('Title')).toHaveValue('Third');
  await rows(page).nth(1).getByText('Publisher, kind, language, note and archived copy').click();
  await rows(page).nth(1).getByLabel('Kind').selectOption('Media');

  await page.getByRole('radio', { name: 'Partially implemented', exact: true }).check();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('status')).toContainText('is saved');

  // Two that are records now, ticked, and an empty row.
  expect(new URL(page.url()).pathname).toBe(pathname);
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page).first().getByLabel('Title')).toHaveValue('');
  const record = (title: RegExp) => page.getByRole('checkbox', { name: title });
  await expect(record(/^First/)).toBeChecked();
  await expect(record(/^Third .*Media/)).toBeChecked();

  // Unticked, one is not cited any more.
  await record(/^First/).uncheck();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('status')).toContainText('is saved');
  await expect(record(/^Third/)).toBeChecked();
  // It stays a record of the review, and can be found again.
  await expect(record(/^First/)).not.toBeChecked();

  // Next to it, both are offered, and cited with one action.
  await page.keyboard.press('j');
  await expect(page).not.toHaveURL(pathname);
  await expect(record(/^Third/)).not.toBeChecked();
  await record(/^Third/).check();
  await page.getByRole('radio', { name: 'Implemented', exact: true }).check();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('status')).toContainText('is saved');
  await page.getByRole('link', { name: /Third$/ }).click();
  await expect(page.getByRole('heading', { name: 'Where it is used' })).toBeVisible();
  await expect(page.getByRole('main').getByRole('listitem').filter({ hasText: '138.' })).toHaveCount(2);
});

test('only the workbench loads script, all of it from here', async ({
  page,
  context,
  tracker,
}) => {
  const loaded: string[] = [];
  context.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (request.resourceType() === 'script' || pathname.endsWith('.wasm')) {
      loaded.push(pathname);
    }
  });
  await signIn(page, await tracker.newAccount('analyst'));
  await page.goto('/assess');
  await page.goto('/reviews/XXA-3/recommendations/138.1');
  expect(loaded).toEqual([]);
  await page.goto('/assess/XXA-3/follow-up');
  await page.getByRole('link', { name: 'Assess the next one' }).click();
  await expect(page.getByRole('button', { name: 'Add another' })).toBeVisible();
  expect(loaded.join()).toMatch(/\.wasm\b/);
  for (const path of loaded) {
    expect(path).toMatch(/^\/assets\//);
  }
});
