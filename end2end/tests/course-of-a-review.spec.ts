/** The normal course of a review: a draft report, its assessments, the final report, the State's reply. */

import type { Page } from '@playwright/test';
import { expect, signInAs, test } from '../support/base.ts';

const TEXTS = [
  'Ratify the treaty on lakes and report on it every year (Norway)',
  'Build a school on each island of the north (Chile)',
  'Open a museum of the sea for everybody (Togo)',
  'Count the trees of the capital every second spring (Kenya)',
];

/** A report whose recommendations stand in a section of their own. */
function report(section: number, answer: string): string {
  const lines = TEXTS.map((text, at) => `${section}.${at + 1} ${text};`);
  return [
    'II. Conclusions and/or recommendations',
    `${section}. The following recommendations ${answer}:`,
    ...lines,
    '',
  ].join('\n');
}

async function bring(page: Page, review: string, name: string, text: string): Promise<void> {
  await page.goto('/import');
  await page.getByLabel('File', { exact: true }).setInputFiles({
    name,
    mimeType: 'text/plain',
    buffer: Buffer.from(text),
  });
  await page.getByLabel('Review, if the file does not name it').fill(review);
  await page.getByRole('button', { name: 'Preview' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('A file to be imported');
}

async function importAll(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Import \d/ }).click();
  await expect(page.getByRole('status')).toBeVisible();
}

test('a draft is assessed, renumbered and answered, and every assessment stays', async ({
  page,
  tracker,
  javaScriptEnabled,
}) => {
  await signInAs(page, tracker, 'reviewer');
  // Each project has a State of its own: both may share a database.
  const review = javaScriptEnabled === false ? 'MHL-4' : 'FSM-4';
  const state = javaScriptEnabled === false ? 'Marshall Islands' : 'Micronesia';
  const assessment = (at: number): string => `Law number ${at} was adopted`;

  await test.step('the draft report comes in', async () => {
    await bring(page, review, 'draft.txt', report(6, `will be examined by ${state}`));
    await importAll(page);
  });

  await test.step('each recommendation is assessed', async () => {
    await page.goto(`/reviews/${review}/rounds/new`);
    await page.getByLabel('Title').fill('Lakes');
    await page.getByLabel('Organisation').fill('Observatory');
    await page.getByLabel('Name in the address').fill('lakes');
    await page.getByRole('button', { name: 'Open the round' }).click();
    for (const at of TEXTS.keys()) {
      await page.goto(`/assess/${review}/lakes/6.${at + 1}`);
      await page.getByRole('radio', { name: 'Implemented', exact: true }).check();
      await page.getByLabel('Rationale').fill(assessment(at + 1));
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await expect(page.getByRole('status')).toContainText('is saved');
    }
  });

  await test.step('the final report numbers them again', async () => {
    await bring(page, review, 'final.txt', report(104, `will be examined by ${state}`));
    await importAll(page);
    const list = await page.request.get(
      `${tracker.origin}/reviews/${review}/recommendations.json`,
    );
    const said = await list.text();
    for (const at of TEXTS.keys()) {
      expect(said).toContain(`104.${at + 1}`);
    }
    expect(said).not.toContain('"6.1"');
    // The old address leads to the new number.
    await page.goto(`/reviews/${review}/recommendations/6.2`);
    await expect(page).toHaveURL(new RegExp(`/reviews/${review}/recommendations/104\\.2`));
  });

  await test.step('the reply of the State answers them', async () => {
    await bring(
      page,
      review,
      'reply.csv',
      'Number,Position\n104.1,Supported\n104.2,Noted\n104.3,Supported\n104.4,Noted\n',
    );
    await importAll(page);
    const list = await page.request.get(
      `${tracker.origin}/reviews/${review}/recommendations.json`,
    );
    const { recommendations } = (await list.json()) as {
      recommendations: { paragraph: string; position: { code: string } }[];
    };
    expect(recommendations.map((one) => [one.paragraph, one.position.code])).toEqual([
      ['104.1', 'supported'],
      ['104.2', 'noted'],
      ['104.3', 'supported'],
      ['104.4', 'noted'],
    ]);
  });

  await test.step('every assessment is still there', async () => {
    for (const at of TEXTS.keys()) {
      await page.goto(`/assess/${review}/lakes/104.${at + 1}`);
      await expect(page.getByRole('radio', { name: 'Implemented', exact: true })).toBeChecked();
      await expect(page.getByLabel('Rationale')).toHaveValue(assessment(at + 1));
    }
    const { stdout } = await tracker.done('check');
    expect(stdout).toMatch(/^All is well/);
  });
});
