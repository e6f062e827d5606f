/** A round's recommendations as a queue, with script and without. */

import { expect, signIn, tableRows, test } from '../support/base.ts';

const ROUND = '/assess/XXA-3/follow-up';

test('the queue is filtered, and saving opens the next of what is left', async ({
  page,
  tracker,
}) => {
  await signIn(page, await tracker.newAccount('analyst'));
  await page.goto(ROUND);
  await page.getByRole('form', { name: 'Filter the queue' }).getByLabel('Issue')
    .selectOption('Death penalty');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page).toHaveURL(/issue=Death\+penalty/);
  const all = await tableRows(page, '7 recommendations');
  expect(all.slice(1)).toHaveLength(7);
  // Other tests may have assessed some of them before.
  await page.getByRole('link', { name: /^Not yet assessed/ }).click();
  const rows = await tableRows(page, /recommendations?$/);
  const wanted = rows.slice(1).map((row) => row[1]);
  expect(wanted.length).toBeGreaterThan(0);

  await page.getByRole('link', { name: 'Assess the next one' }).click();
  for (let number = 0; number < wanted.length; number += 1) {
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(
      `Assess paragraph ${wanted[number]}`,
    );
    await page.getByRole('radio', { name: 'Not implemented', exact: true }).check();
    await page.getByRole('button', { name: 'Save and go to the next' }).click();
    await expect(page.getByRole('status').first()).toContainText('is saved');
  }
  // None is left: the list again, with the same filter.
  await expect(page.getByRole('link', { name: 'Not yet assessed (0)' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Done (7)' })).toBeVisible();
  await expect(page).toHaveURL(/issue=Death\+penalty/);

  // By recommending State, and only what is not assessed.
  await page.goto(`${ROUND}?show=open&recommending=NOR`);
  for (const row of (await tableRows(page, /recommendations?$/)).slice(1)) {
    expect(row[3]).toContain('Norway');
    expect(row[5]).toContain('Not assessed');
  }
});

test('a draft is in its own part of the queue, and in no figure', async ({ page, tracker }) => {
  await signIn(page, await tracker.newAccount('analyst'));
  await page.goto(`${ROUND}?show=open&issue=Corruption`);
  const progress = await page.locator('[data-progress]').innerText();
  await page.getByRole('link', { name: 'Assess the next one' }).click();
  await page.getByRole('radio', { name: 'Implemented', exact: true }).check();
  await page.getByLabel('Rationale').fill('Half a thought');
  await page.getByRole('button', { name: 'Keep as a draft' }).click();
  await expect(page.getByText('It counts nowhere until you save it').first()).toBeVisible();

  await page.goto(`${ROUND}?issue=Corruption`);
  await expect(page.locator('[data-progress]')).toHaveText(progress);
  await page.getByRole('link', { name: 'Your drafts (1)' }).click();
  await expect(page.getByRole('table')).toContainText('Draft');
  await page.getByRole('link', { name: 'Assess the next one' }).click();
  await expect(page.getByLabel('Rationale')).toHaveValue('Half a thought');
  await expect(page.getByRole('radio', { name: 'Implemented', exact: true })).toBeChecked();
  await page.getByRole('button', { name: 'Discard my changes' }).click();
  await expect(page.getByLabel('Rationale')).toHaveValue('');
});
