/** Evidence is found among all records of the review, with script and without, and what is typed stays. */

import type { Page } from '@playwright/test';
import { expect, signIn, test } from '../support/base.ts';
import type { Tracker } from '../support/tracker.ts';

const ROUND = '/assess/XXA-3/follow-up';

/** Adds records, the older the lower the number. */
async function addRecords(page: Page, tracker: Tracker, name: string): Promise<void> {
  for (let number = 1; number <= 30; number += 1) {
    const added = await page.request.post('/api/save-evidence', {
      headers: { accept: 'application/json', origin: tracker.origin },
      form: {
        review: 'XXA-3',
        title: `${name} report ${number}`,
        source: `https://${name}.example/${number}`,
        kind: 'primary',
      },
    });
    expect(added.ok(), await added.text()).toBe(true);
  }
}

test('evidence is found by words and by number, and cited', async ({ page, tracker, javaScriptEnabled }) => {
  await signIn(page, await tracker.newAccount('analyst'));
  const name = javaScriptEnabled === false ? 'plain' : 'scripted';
  await addRecords(page, tracker, name);
  await page.goto(`${ROUND}/${javaScriptEnabled === false ? '138.150' : '138.160'}`);
  if (javaScriptEnabled !== false) {
    await page.waitForSelector('html.keys-on', { state: 'attached' });
  }
  const search = page.getByLabel('Find evidence by words or number');
  const find = async (words: string): Promise<void> => {
    await search.fill(words);
    if (javaScriptEnabled === false) {
      await page.getByRole('button', { name: 'Find', exact: true }).click();
    }
  };
  const record = (number: number) =>
    page.getByRole('checkbox', { name: new RegExp(`^${name} report ${number} `) });
  await expect(record(30)).toBeVisible();
  await expect(record(3)).toHaveCount(0);
  await page.getByLabel('Rationale').fill('Typed before searching');
  await page.getByRole('radio', { name: 'Partially implemented', exact: true }).check();

  await find(`${name.toUpperCase()} 13`);
  await expect(page.getByText(`One piece of evidence found for “${name.toUpperCase()} 13”`)).toBeVisible();
  await record(13).check();
  const number = await page.getByRole('link', { name: new RegExp(`${name} report 13$`) }).innerText();
  expect(number).toMatch(/^E\d+$/);
  await find('nothing of this kind');
  await expect(page.getByText('No evidence found for “nothing of this kind”')).toBeVisible();
  await expect(record(13)).toBeChecked();
  await expect(record(30)).toHaveCount(0);
  // The record after it, by its number; the Enter key searches and saves nothing.
  await search.fill(`e${Number(number.slice(1)) + 1}`);
  await search.press('Enter');
  await record(14).check();
  await expect(page.getByLabel('Rationale')).toHaveValue('Typed before searching');
  await expect(page.getByRole('radio', { name: 'Partially implemented', exact: true })).toBeChecked();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('status').first()).toContainText('is saved');
  for (const cited of [13, 14]) {
    await expect(page.getByRole('group', { name: 'Cited here' }).getByRole('checkbox', {
      name: new RegExp(`^${name} report ${cited} `),
    })).toBeChecked();
  }

  // In a change of many, one of them is chosen in the same way.
  await page.goto(`${ROUND}/many?issue=Poverty`);
  await page.getByLabel('Reason for the change').fill('Typed before searching');
  await find(`${name} 17`);
  await page.getByRole('radio', { name: new RegExp(`^${name} report 17 `) }).check();
  await page.getByLabel('Status').selectOption('Implemented');
  await page.getByRole('button', { name: 'Preview the changes' }).click();
  await expect(page.getByRole('heading', { name: /^This would change/ })).toBeVisible();
  await expect(page.getByRole('radio', { name: new RegExp(`^${name} report 17 `) })).toBeChecked();
});

test('the Enter key in a field of one line saves and goes on', async ({ page, tracker, javaScriptEnabled }) => {
  await signIn(page, await tracker.newAccount('analyst'));
  const paragraph = javaScriptEnabled === false ? '138.170' : '138.180';
  await page.goto(`${ROUND}/${paragraph}`);
  await page.getByRole('radio', { name: 'Implemented', exact: true }).check();
  await page.getByLabel('Title').first().fill('A law');
  await page.getByLabel('Address or citation').first().fill(`Gazette ${paragraph}`);
  await page.getByLabel('Address or citation').first().press('Enter');
  await expect(page.getByRole('status').first()).toContainText(`Paragraph ${paragraph} is saved.`);
});

test('a whole page is selected, and the selection goes along to the next', async ({ page, tracker }) => {
  await signIn(page, await tracker.newAccount('analyst'));
  await page.goto(ROUND);
  await page.getByRole('link', { name: 'Select all 100 on this page' }).click();
  const boxes = page.getByRole('checkbox', { name: /^Choose paragraph/ });
  await expect(boxes.first()).toBeChecked();
  await expect(boxes.last()).toBeChecked();
  await boxes.first().uncheck();
  await page.getByRole('button', { name: 'Next page, keep the selection' }).click();
  await expect(page.getByText('99 selected on other pages')).toBeVisible();
  await boxes.first().check();
  await page.getByRole('button', { name: 'Change the selected ones' }).click();
  await expect(page.getByRole('group', { name: 'In these (100)' })).toBeVisible();
  await page.goBack();
  await page.getByRole('link', { name: 'Select none' }).click();
  await expect(page.getByText('selected on other pages')).toHaveCount(0);
  await expect(boxes.first()).not.toBeChecked();
});
