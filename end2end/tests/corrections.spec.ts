/** A reviewer publishes a round, corrects it, and withdraws the correction; a reader sees each of it. */

import type { Page } from '@playwright/test';
import { expect, signInAs, test } from '../support/base.ts';

test('a published round is corrected and withdrawn', async ({
  page,
  visitor,
  tracker,
  complaints,
  javaScriptEnabled,
}) => {
  test.setTimeout(120_000);
  await signInAs(page, tracker, 'reviewer');
  const reader = await visitor();
  // A review of its own: others count what the demonstration's has.
  const [review, state] = javaScriptEnabled === false ? ['FJI-4', 'Fiji'] : ['TUV-4', 'Tuvalu'];
  const round = `/reviews/${review}/rounds/first`;
  const correction = `${round}-correction-1`;

  const assess = async (slug: string, paragraph: string, status: string) => {
    await page.goto(`/assess/${review}/${slug}/${paragraph}`);
    await page.getByRole('radio', { name: status, exact: true }).check();
    await page.getByLabel('Rationale').fill(`${paragraph} is ${status}.`);
    await page.getByRole('button', { name: 'Save and go to the next' }).click();
    await expect(page.getByRole('status')).toContainText(`Paragraph ${paragraph} is saved.`);
  };
  const headline = async (at: Page, address: string, text: string | RegExp) => {
    await at.goto(address);
    await expect(at.locator('.headline')).toHaveText(text);
  };

  await test.step('a file brings the review, and a round is published', async () => {
    await page.goto('/import');
    await page.getByLabel('File', { exact: true }).setInputFiles({
      name: 'first.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(
        'review,paragraph,text,recommending_states,position\n' +
          `${review},138.1,Sign it,Togo,Noted\n${review},138.2,Ratify it,Norway,Supported\n`,
      ),
    });
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByRole('button', { name: 'Import 2' }).click();
    await expect(page.getByText(/^Imported, /)).toBeVisible();
    await page.goto(`/reviews/${review}/rounds/new`);
    await page.getByLabel('Title').fill('First round');
    await page.getByLabel('Organisation').fill('A coalition');
    await page.getByLabel('Name in the address').fill('first');
    await page.getByLabel('Scale').selectOption('bhc-2023');
    await page.getByRole('button', { name: 'Open the round' }).click();
    await assess('first', '138.1', 'Implemented');
    await assess('first', '138.2', 'Not implemented');
    await page.goto(round);
    await page.getByLabel('The round may be frozen and made public.').check();
    await page.getByRole('button', { name: 'Publish this round' }).click();
    await expect(page.getByRole('status')).toContainText('The round is published.');
  });

  await test.step('a correction is opened, and one status is changed in it', async () => {
    await page.getByRole('link', { name: 'Correct, withdraw or choose as headline' }).click();
    await page.getByRole('button', { name: 'Open a correction' }).click();
    await expect(page.getByRole('status')).toContainText('Correction 1 is open.');
    await assess('first-correction-1', '138.2', 'Implemented');
    // Nobody else sees anything of it.
    await headline(
      reader,
      `/reviews/${review}`,
      '1 of 2 assessed recommendations implemented; 0 of 2 not assessed',
    );
  });

  await test.step('it is published with a reason', async () => {
    await page.goto(correction);
    await expect(page.getByRole('main')).toContainText('It supersedes “First round”');
    await page.getByLabel('Reason for the correction').fill('A law was missed.');
    await page.getByLabel('The round may be frozen and made public.').check();
    await page.getByRole('button', { name: 'Publish this round' }).click();
    await expect(page.getByRole('status')).toContainText('The correction is published');
  });

  await test.step('the old address is marked, and leads to what changed', async () => {
    await reader.goto(round);
    const mark = reader.getByRole('note').filter({ hasText: 'Superseded on' });
    await expect(mark).toContainText('by correction 1.');
    await expect(mark).toContainText('A law was missed.');
    await mark.getByRole('link', { name: 'See what changed' }).click();
    await expect(reader).toHaveURL(new RegExp(`${correction}#changes$`));
    const row = reader.getByRole('row').filter({ hasText: '138.2' });
    await expect(row).toContainText('Not implemented');
    await expect(row).toContainText('rationale');
  });

  await test.step('the totals and the page of corrections are right', async () => {
    const now = '2 of 2 assessed recommendations implemented; 0 of 2 not assessed';
    await headline(reader, `/reviews/${review}`, now);
    await reader.goto('/');
    await expect(reader.getByRole('listitem').filter({ hasText: `${state}, ` })).toContainText(now);
    await reader.goto(`/recommendations?state=${review.slice(0, 3)}&status=implemented`);
    await expect(reader.getByRole('row').filter({ hasText: '138.' })).toHaveCount(2);
    await reader.getByRole('contentinfo').getByRole('link', { name: 'Corrections' }).click();
    const entry = reader.getByRole('row').filter({ hasText: state });
    await expect(entry).toContainText('Superseded by correction 1: A law was missed.');
    await expect(entry).toContainText(
      '1 of 2 assessed recommendations implemented; 2 received → ' +
        '2 of 2 assessed recommendations implemented; 2 received',
    );
  });

  await test.step('the correction is withdrawn, and its address says so', async () => {
    // A withdrawn round is answered with 410, which the console of a browser reports.
    complaints.expect(/410 \(Gone\)/);
    await page.goto(`${correction}/change`);
    const form = page.locator('form', {
      has: page.getByRole('button', { name: 'Withdraw this round' }),
    });
    await form.getByLabel('Reason').fill('The law was repealed.');
    await form.getByLabel('The round may be withdrawn for good.').check();
    await form.getByRole('button', { name: 'Withdraw this round' }).click();
    await expect(page.getByRole('status')).toContainText('The round is withdrawn.');
    await headline(reader, correction, /^This round was withdrawn on /);
    await expect(reader.getByRole('main')).toContainText('The law was repealed.');
    await headline(reader, `/reviews/${review}`, '2 recommendations; no assessment');
  });
});
