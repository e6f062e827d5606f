/** Many at once: chosen, previewed, done, undone. And what a round says of itself. */

import { expect, signIn, signInAs, tableRows, test } from '../support/base.ts';

const ROUND = '/assess/XXA-3/follow-up';

test('many are changed at once, seen before, and undone in one step', async ({ page, tracker }) => {
  await signIn(page, await tracker.newAccount('analyst'));
  await page.goto(`${ROUND}?show=open&issue=Labour`);
  const open = (await tableRows(page, /recommendations?$/)).length - 1;
  await page.getByRole('link', { name: `Change all ${open}`, exact: true }).click();
  await page.getByLabel('Status').selectOption('Not implemented');
  await page.getByLabel('Confidence').selectOption('High');
  await page.getByRole('button', { name: 'Preview the changes' }).click();
  await expect(page.getByRole('alert')).toContainText('Give a reason');
  await page.getByLabel('Reason for the change').fill('Nothing happened in labour law until the end of 2025.');
  await page.getByRole('button', { name: 'Preview the changes' }).click();
  await expect(page.getByRole('heading', { name: `This would change ${open} of ${open}` })).toBeVisible();
  await page.getByRole('button', { name: `Change these ${open}` }).click();
  await expect(page.getByRole('status')).toContainText(`${open} changed`);
  await page.getByRole('link', { name: 'Back to the worklist' }).click();
  await page.goto(`${ROUND}?show=open&issue=Labour`);
  await expect(page.getByRole('link', { name: 'Not yet assessed (0)' })).toBeVisible();
  await page.goto('/reviews/XXA-3/history?kind=bulk-changed');
  await expect(page.getByRole('table', { name: 'All changes, newest first' })).toContainText('Nothing happened in labour law');
  await page.getByRole('button', { name: 'Undo the whole change' }).first().click();
  await expect(page.getByRole('status')).toContainText(`Undone: ${open}`);
  await page.goto(`${ROUND}?issue=Labour`);
  await expect(page.getByRole('link', { name: `Not yet assessed (${open})` })).toBeVisible();
});

test('chosen by hand, and an earlier version comes back', async ({ page, tracker, complaints }) => {
  complaints.expect(/status of 422/);
  await signIn(page, await tracker.newAccount('analyst'));
  await page.goto(`${ROUND}?issue=Poverty`);
  const rows = await tableRows(page, /recommendations?$/);
  const [first = '', second = ''] = rows.slice(1, 3).map((row) => row[1]);
  for (const paragraph of [first, second]) {
    await page.getByRole('checkbox', { name: `Choose paragraph ${paragraph}` }).check();
  }
  await page.getByRole('button', { name: 'Change the selected ones' }).click();
  await page.getByLabel('Status').selectOption('Implemented');
  await page.getByLabel('Rationale for recommendations').fill('A law on minimum income.');
  await page.getByLabel('Reason for the change').fill('Read in the gazette.');
  await page.getByRole('button', { name: 'Preview the changes' }).click();
  await page.getByRole('button', { name: 'Change these 2' }).click();
  await expect(page.getByRole('status')).toContainText('2 changed');

  await page.goto(`${ROUND}/${first}`);
  await page.getByRole('radio', { name: 'Not implemented', exact: true }).check();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('status')).toContainText('is saved');
  await page.goto(`/reviews/XXA-3/recommendations/${first}`);
  await page.getByText('From what to what').first().click();
  await expect(page.getByRole('row', { name: 'Status Implemented Not implemented' })).toBeVisible();
  // Others may have assessed it before: the newest with that reason is the one from above.
  const entry = page.getByRole('row').filter({ hasText: 'Read in the gazette.' }).first();
  await entry.locator('summary').click();
  await entry.getByRole('button', { name: 'Restore this version' }).click();
  await expect(page.getByRole('status')).toContainText('is restored to that version');
  await page.goto(`${ROUND}/${first}`);
  await expect(page.getByRole('radio', { name: 'Implemented', exact: true })).toBeChecked();
  // The round can be seen as of any day; today is as it is.
  const today = new Date().toISOString().slice(0, 10);
  await page.goto(`/reviews/XXA-3/rounds/follow-up?on=${today}`);
  await expect(page.getByRole('status')).toContainText(`as it stood on ${today}`);
  await page.goto('/reviews/XXA-3/rounds/follow-up?on=2020-01-01');
  await expect(page.getByText('not there yet')).toBeVisible();
});

test('a round says how it is made, and begins with another one’s results', async ({
  page,
  tracker,
}) => {
  await signInAs(page, tracker, 'reviewer');
  await page.goto('/reviews/XXA-3/rounds/new');
  await page.getByLabel('Title').fill('Second follow-up');
  await page.getByLabel('Organisation').fill('Invented Observatory');
  const slug = `second-${Math.random().toString(36).slice(2, 8)}`;
  await page.getByLabel('Name in the address').fill(slug);
  await page.getByRole('button', { name: 'Open the round' }).click();
  await page.goto(`/assess/XXA-3/${slug}/method`);
  await page.getByLabel('Method note').fill('# How\n\n- *two* people each\n- <script>alert(1)</script>');
  await page.getByLabel('Organisations that assess').fill('First Observatory\nSecond Observatory');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('status')).toContainText('Saved');
  await expect(page.locator('.method em')).toHaveText('two');
  await expect(page.locator('.method script')).toHaveCount(0);
  await expect(page.getByText('Second Observatory').first()).toBeVisible();

  await page.getByLabel('Round').selectOption('mid-term');
  await page.getByRole('button', { name: 'Carry its results over' }).click();
  await expect(page.getByRole('status')).toContainText('245 carried over');
  await expect(page.getByRole('link', { name: 'Carried over (245)' })).toBeVisible();
  // Published it cannot be before each is confirmed.
  await page.goto(`/reviews/XXA-3/rounds/${slug}`);
  await expect(page.getByText('245 results carried over')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Publish this round' })).toHaveCount(0);
  // And every figure made of them says so, with the way to them.
  await expect(page.getByText('245 of these results were carried over')).toBeVisible();
  await page.getByRole('link', { name: 'Confirm or change them' }).click();
  await expect(page.getByText('0 of 266 examined, 0 assessed').first()).toBeVisible();
});
