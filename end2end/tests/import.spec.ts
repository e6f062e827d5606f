/** Files that are not perfect: looked at, mended, decided about, imported, taken back. */

import { readFile, writeFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, signInAs, tableRows, test } from '../support/base.ts';

const HEADINGS = 'review,paragraph,text,recommending_states,position';

async function bring(page: Page, name: string, text: string): Promise<void> {
  await page.goto('/import');
  await page.getByLabel('File', { exact: true }).setInputFiles({
    name,
    mimeType: 'text/csv',
    buffer: Buffer.from(text),
  });
  await page.getByRole('button', { name: 'Preview' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('A file to be imported');
}

async function counts(page: Page): Promise<Record<string, string>> {
  const rows = await tableRows(page, 'What the file holds');
  return Object.fromEntries(rows.map(([name = '', count = '']) => [name, count]));
}

test('a value is mended in the preview, the file imported and taken back', async ({
  page,
  tracker,
  javaScriptEnabled,
}) => {
  await signInAs(page, tracker, 'reviewer');
  // Each project has a State of its own: both may share a database.
  const review = javaScriptEnabled === false ? 'TUV-2' : 'NRU-2';
  await bring(
    page,
    'working copy.csv',
    `${HEADINGS}\n${review},1.1,Ratify it,Norway,supported\n${review},1.2,Sign it,Atlantis,noted\n`,
  );
  expect(await counts(page)).toMatchObject({ New: '1', 'Rejected rows': '1' });
  await expect(page.getByRole('main')).toContainText('Atlantis');

  await test.step('the rejected row is had as a file with its reason', async () => {
    const link = page.getByRole('link', { name: 'The rejected row as a file' });
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    expect(download.suggestedFilename()).toMatch(/^import-\d+-rejected\.csv$/);
    const text = await readFile(await download.path(), 'utf8');
    expect(text).toContain('what is wrong');
    expect(text).toContain('Atlantis');
    expect(text).not.toContain('Ratify it');
  });

  await test.step('and mended here', async () => {
    await page.getByRole('link', { name: /^Row 3: look at it/ }).click();
    await page.getByLabel('Recommending States').fill('Nowhere');
    await page.getByRole('button', { name: 'Read the row again' }).click();
    await expect(page.getByRole('status')).toContainText('something is still wrong');
    await expect(page.getByLabel('Recommending States')).toHaveValue('Nowhere');
    await page.getByLabel('Recommending States').fill('Fiji');
    await page.getByRole('button', { name: 'Read the row again' }).click();
    await expect(page.getByRole('status')).toContainText('Row 3 is mended');
    expect(await counts(page)).toMatchObject({ New: '2', 'Rejected rows': '0' });
  });

  await test.step('then all is imported', async () => {
    await page.getByRole('button', { name: 'Import 2' }).click();
    await expect(page.getByRole('status')).toContainText('2 new');
    const list = await page.request.get(`${tracker.origin}/reviews/${review}/recommendations.json`);
    expect(await list.text()).toContain('Fiji');
  });

  await test.step('and taken back', async () => {
    await page.getByRole('link', { name: 'Undo this import' }).click();
    await expect(page.getByRole('main')).toContainText(
      '2 recommendations that the import added are removed:',
    );
    await page.getByRole('button', { name: 'Undo this import' }).click();
    await expect(page.getByRole('status')).toContainText('The import is undone');
    const gone = await page.request.get(`${tracker.origin}/reviews/${review}`);
    expect(gone.status()).toBe(404);
    const { stdout } = await tracker.done('check');
    expect(stdout).toMatch(/^All is well/);
    // The record of it stays.
    await page.goto('/import');
    await expect(page.getByRole('table', { name: 'The newest first' })).toContainText('undone');
  });
});

test('what was assessed since is not taken back', async ({ page, tracker, javaScriptEnabled }) => {
  await signInAs(page, tracker, 'reviewer');
  const [review, paragraph] = [javaScriptEnabled === false ? 'TON-2' : 'WSM-2', '139.1'];
  await bring(page, 'more.csv', `${HEADINGS}\n${review},${paragraph},Do more,Norway,noted\n`);
  await page.getByRole('button', { name: 'Import 1' }).click();
  await expect(page.getByRole('status')).toContainText('1 new');
  const run = new URL(page.url()).pathname;

  await page.goto(`/reviews/${review}/rounds/new`);
  await page.getByLabel('Title').fill('First look');
  await page.getByLabel('Organisation').fill('Observatory');
  await page.getByLabel('Name in the address').fill('first-look');
  await page.getByRole('button', { name: 'Open the round' }).click();
  await page.goto(`/assess/${review}/first-look/${paragraph}`);
  await page.getByRole('radio', { name: 'Implemented', exact: true }).check();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('status')).toContainText('is saved');

  await page.goto(run);
  await page.getByRole('link', { name: 'Undo this import' }).click();
  // The page says why, and offers nothing that would be refused.
  await expect(page.getByRole('main')).toContainText(paragraph);
  await expect(page.getByRole('button', { name: 'Undo this import' })).toHaveCount(0);
  const still = await page.request.get(
    `${tracker.origin}/reviews/${review}/recommendations/${paragraph}`,
  );
  expect(still.status()).toBe(200);
});

test('a text that reads much alike is put to a person', async ({
  page,
  tracker,
  javaScriptEnabled,
}) => {
  await signInAs(page, tracker, 'reviewer');
  const [review, state, session] =
    javaScriptEnabled === false ? ['PLW-1', 'Palau', '11'] : ['KIR-1', 'Kiribati', '8'];
  await bring(
    page,
    'report.csv',
    `${HEADINGS}\n${review},61.1,Ratify the Convention against Torture without delay,Norway,supported\n`,
  );
  await page.getByRole('button', { name: 'Import 1' }).click();
  await expect(page.getByRole('status')).toContainText('1 new');

  const headings = 'To,To-Rgrp,To-Org,Text,From,From-Rgrp,From-Org,Response,Action,Issue,Session';
  const text = 'Ratify the Convention on Torture as soon as possible';
  await bring(page, 'uprinfo.csv', `${headings}\r${state},,,${text},Norway,,,Accepted,5,Other,${session}\r`);
  expect(await counts(page)).toMatchObject({ 'To be decided': '1' });
  await expect(page.getByRole('button', { name: /^Import/ })).toHaveCount(0);
  await page.getByRole('link', { name: /^Row 2: look at it/ }).click();
  await page.getByRole('radio', { name: /^The same as 61\.1/ }).check();
  await page.getByRole('button', { name: 'Keep this decision' }).click();
  await expect(page.getByRole('status')).toContainText('is decided');
  expect(await counts(page)).toMatchObject({ 'To be decided': '0', New: '0', Changed: '1' });
});

test('a table of unknown headings is explained once, and the next one like it is known', async ({
  page,
  tracker,
  javaScriptEnabled,
}) => {
  await signInAs(page, tracker, 'reviewer');
  const [review, name] =
    javaScriptEnabled === false ? ['MHL-2', 'Table of Majuro'] : ['FSM-2', 'Table of Palikir'];
  const table = (text: string) =>
    `Nr,Quelle,Wortlaut,Wer\n1.1,x,${text},Norway + Fiji\n1.2,y,Sign the Protocol,Togo\n`;
  const choose = async (file: string, text: string) => {
    await page.goto('/import');
    await page.getByLabel('File', { exact: true }).setInputFiles({
      name: file,
      mimeType: 'text/csv',
      buffer: Buffer.from(text),
    });
    await page.getByRole('button', { name: 'Preview' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Which column holds what?');
  };
  await choose('tabelle.csv', table('Ratify the Convention'));
  await expect(page.getByRole('table', { name: 'The table’s columns' })).toContainText('Norway + Fiji');

  await test.step('too little, and twice the same, are refused in words; what was chosen stays', async () => {
    await page.getByLabel('Wortlaut').selectOption({ label: 'Nothing that is taken' });
    await page.getByRole('button', { name: 'Preview' }).click();
    await expect(page.getByRole('alert')).toContainText('must name the column of the text');
    await page.getByLabel('Wortlaut').selectOption({ label: 'Text' });
    await page.getByLabel('Quelle').selectOption({ label: 'Text' });
    await page.getByRole('button', { name: 'Preview' }).click();
    await expect(page.getByRole('alert')).toContainText('both said to hold the same');
    await expect(page.getByLabel('Quelle')).toHaveValue('text');
  });

  await test.step('corrected, it is previewed and kept', async () => {
    await page.getByLabel('Quelle').selectOption({ label: 'Nothing that is taken' });
    await page.getByLabel('Nr', { exact: true }).selectOption({ label: 'Paragraph' });
    await page.getByLabel('Wer', { exact: true }).selectOption({ label: 'Recommending States' });
    await page.getByLabel('Review', { exact: true }).fill(review);
    await page.getByLabel('What separates several values').fill('+');
    await page.getByLabel('Keep this mapping under the name').fill(name);
    await page.getByRole('button', { name: 'Preview' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('A file to be imported');
    expect(await counts(page)).toMatchObject({ New: '2', 'Rejected rows': '0' });
    await page.getByRole('button', { name: 'Import 2' }).click();
    await expect(page.getByRole('status')).toContainText('2 new');
    const list = await page.request.get(`${tracker.origin}/reviews/${review}/recommendations.json`);
    expect(await list.text()).toContain('Fiji');
  });

  await test.step('the next table of the kind is offered it, here and on the command line', async () => {
    const text = table('Ratify the Optional Protocol as well');
    await choose('next year.csv', text);
    // It is offered by its name, and taken only when a person says so.
    await expect(page.getByLabel('A mapping that was kept')).toHaveValue('');
    await page.getByLabel('A mapping that was kept').selectOption(name);
    await page.getByRole('button', { name: 'Use it' }).click();
    await expect(page.getByLabel('Wer', { exact: true })).toHaveValue('recommending_states');
    await expect(page.getByLabel('What separates several values')).toHaveValue('+');
    const file = tracker.file(`next year of ${review}.csv`);
    await writeFile(file, text);
    // The review of the first table is not that of the next one unsaid.
    const by = ['--mapping', name, '--review', review];
    const { stdout } = await tracker.done('import', file, ...by, '--dry-run');
    expect(stdout).toMatch(/1 changed, 1 unchanged/);
  });

  await test.step('and it can be forgotten', async () => {
    await page.goto('/import');
    await page.getByRole('button', { name: `Forget “${name}”` }).click();
    await expect(page.getByRole('status')).toContainText('is forgotten');
    await expect(page.getByRole('button', { name: `Forget “${name}”` })).toHaveCount(0);
  });
});
