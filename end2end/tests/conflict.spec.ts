/** Two people save the same assessment: the second sees both versions, and nothing is lost. */

import type { Page } from '@playwright/test';
import { expect, signIn, test } from '../support/base.ts';

/** The demonstration's open round. */
const ROUND = '/assess/XXA-3/follow-up';

async function type(page: Page, status: string, rationale: string, source: string): Promise<void> {
  await page.getByRole('radio', { name: status, exact: true }).check();
  await page.getByRole('textbox', { name: 'Rationale' }).fill(rationale);
  const evidence = page.getByRole('group', { name: /^Evidence \d+$/ }).last();
  await evidence.getByLabel('Title').fill(`Source of “${rationale}”`);
  await evidence.getByLabel('Address or citation').fill(source);
}

const save = (page: Page): Promise<void> =>
  page.getByRole('button', { name: 'Save', exact: true }).click();

/** Opens the form of a recommendation that nobody has assessed. */
async function openUnassessed(page: Page): Promise<string> {
  await page.goto(ROUND);
  await page.getByRole('link', { name: 'Assess the next one' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Assess paragraph /);
  return new URL(page.url()).pathname;
}

test('the second of two sees both versions and saves their own', async ({
  page,
  visitor,
  tracker,
}) => {
  await signIn(page, await tracker.newAccount('analyst'));
  const other = await visitor();
  await signIn(other, await tracker.newAccount('analyst'));
  const address = await openUnassessed(page);
  await other.goto(address);

  await type(page, 'Implemented', 'The law was adopted', 'https://law.example/1');
  await save(page);
  await expect(page.getByRole('status')).toContainText('is saved');

  await type(other, 'Not implemented', 'Nothing has changed', 'Report of 2024, page 3');
  await save(other);
  const conflict = other.getByRole('alert').filter({ hasText: 'Another save came first' });
  await expect(conflict).toBeVisible();
  // One of the two must not be missing: neither words nor evidence.
  for (const text of [
    'The law was adopted',
    'https://law.example/1',
    'Nothing has changed',
    'Report of 2024, page 3',
  ]) {
    await expect(conflict).toContainText(text);
  }
  // The form still holds what was typed.
  await expect(other.getByRole('textbox', { name: 'Rationale' })).toHaveValue('Nothing has changed');
  await expect(other.getByRole('radio', { name: 'Not implemented', exact: true })).toBeChecked();
  await expect(other.getByLabel('Address or citation').first()).toHaveValue('Report of 2024, page 3');

  // What is saved is the first one's until the second one decides.
  await page.goto(address);
  await expect(page.getByRole('textbox', { name: 'Rationale' })).toHaveValue('The law was adopted');
  await expect(page.getByText('Another save came first')).toHaveCount(0);

  await other.getByRole('textbox', { name: 'Rationale' }).fill('The law was adopted, but nothing has changed');
  // Nobody chooses for them: the browser asks for it, and what is saved is what the form shows.
  const saveChoice = other.getByRole('button', { name: 'Save this choice' });
  await expect(other.getByRole('button', { name: 'Save', exact: true })).toHaveCount(0);
  await saveChoice.click();
  await expect(other.getByText('Another save came first')).toBeVisible();
  for (const field of ['Status', 'Rationale', 'Evidence']) {
    await expect(other.getByRole('radio', { name: `${field}: use mine` })).not.toBeChecked();
    await other.getByRole('radio', { name: `${field}: use mine` }).check();
  }
  await saveChoice.click();
  await expect(other.getByRole('status')).toContainText('is saved');
  await expect(other.getByText('Another save came first')).toHaveCount(0);
  await page.goto(address);
  await expect(page.getByRole('textbox', { name: 'Rationale' })).toHaveValue(
    'The law was adopted, but nothing has changed',
  );
  await expect(page.getByRole('radio', { name: 'Not implemented', exact: true })).toBeChecked();
});

test('the second of two keeps the version that is saved', async ({ page, visitor, tracker }) => {
  await signIn(page, await tracker.newAccount('analyst'));
  const other = await visitor();
  await signIn(other, await tracker.newAccount('analyst'));
  const address = await openUnassessed(page);
  await other.goto(address);

  await type(page, 'Partially implemented', 'Half of it is done', 'https://half.example');
  await save(page);
  await expect(page.getByRole('status')).toContainText('is saved');
  await type(other, 'Implemented', 'All of it is done', 'https://all.example');
  await save(other);
  await expect(other.getByText('Another save came first')).toBeVisible();

  // It waits for a decision, however long that takes.
  await other.goto('/assess');
  await other.goto(address);
  await expect(other.getByRole('alert')).toContainText('All of it is done');

  await other.getByRole('button', { name: 'Keep the saved version' }).click();
  await expect(other.getByText('Another save came first')).toHaveCount(0);
  await expect(other.getByRole('textbox', { name: 'Rationale' })).toHaveValue('Half of it is done');
  await expect(other.getByRole('radio', { name: 'Partially implemented', exact: true }))
    .toBeChecked();
  await expect(other.getByRole('checkbox', { name: /Source of “Half of it is done”/ })).toBeChecked();
});

test('what does not fit is not saved and not lost either', async ({ page, tracker }) => {
  await signIn(page, await tracker.newAccount('analyst'));
  const address = await openUnassessed(page);
  await page.getByRole('radio', { name: 'Implemented', exact: true }).check();
  await page.getByRole('textbox', { name: 'Rationale' }).fill('Written for an hour');
  await page.getByLabel('Title').last().fill('A report without a source');
  await save(page);
  await expect(page.getByText('Not saved yet')).toBeVisible();
  // It is said once, beside the field.
  await expect(page.getByText('give an address or a citation in “Address or citation”')).toHaveCount(1);
  await expect(page.getByRole('textbox', { name: 'Rationale' })).toHaveValue('Written for an hour');
  await expect(page.getByLabel('Title').first()).toHaveValue('A report without a source');

  await page.getByLabel('Address or citation').first().fill('Archive, box 3');
  await save(page);
  await expect(page.getByRole('status')).toContainText('is saved');
  await page.goto(address);
  await expect(page.getByRole('textbox', { name: 'Rationale' })).toHaveValue('Written for an hour');
  await expect(page.getByRole('checkbox', { name: /A report without a source/ })).toBeChecked();
});

test('the second of two takes some fields of each', async ({ page, visitor, tracker }) => {
  await signIn(page, await tracker.newAccount('analyst'));
  const other = await visitor();
  await signIn(other, await tracker.newAccount('analyst'));
  const address = await openUnassessed(page);
  await other.goto(address);
  await type(page, 'Partially implemented', 'A draft law is tabled', 'https://draft.example');
  await save(page);
  await expect(page.getByRole('status')).toContainText('is saved');
  await type(other, 'In process of implementation', 'The committee has met', 'https://committee.example');
  await save(other);

  const table = other.getByRole('table', { name: 'Both versions, field by field' });
  await expect(table.getByRole('row', { name: /^Status/ })).toContainText('Partially implemented');
  await table.getByRole('radio', { name: 'Status: use the saved version' }).check();
  await table.getByRole('radio', { name: 'Rationale: keep both' }).check();
  await table.getByRole('radio', { name: 'Evidence: keep both' }).check();
  await other.getByRole('button', { name: 'Save this choice' }).click();
  await expect(other.getByRole('status')).toContainText('is saved');
  await expect(other.getByRole('radio', { name: 'Partially implemented', exact: true })).toBeChecked();
  await expect(other.getByRole('textbox', { name: 'Rationale' })).toHaveValue(
    'A draft law is tabled\n\nThe committee has met',
  );
  for (const source of ['A draft law is tabled', 'The committee has met']) {
    await expect(other.getByRole('checkbox', { name: new RegExp(`Source of “${source}”`) })).toBeChecked();
  }
});
