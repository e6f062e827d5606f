/** A table with headings and statuses of its own goes into a round: left, found again, its columns and values said. */

import type { Page } from '@playwright/test';
import { expect, signInAs, test } from '../support/base.ts';

const TABLE = [
  'Code,Recommandation,Mécanisme,Pays,État,Observations,Salle',
  'R61.1,Signer le traité sur les lacs,Examen périodique universel,Togo,Réalisé,Signé en mai,12',
  'R61.2,Ouvrir un musée des lacs,Examen périodique universel,Malta,En cours,,',
  'R2P4,Enseigner dans la langue de chaque région,Organes de traités,Comité,Réalisé,,',
  'R61.3,Compter les lacs,Examen périodique universel,Norway,Non réalisé,,',
].join('\n');

async function openRound(page: Page, review: string): Promise<void> {
  await page.goto('/import');
  await page.getByLabel('File', { exact: true }).setInputFiles({
    name: 'first.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(
      `review,paragraph,text,recommending_states\n${review},1.1,Keep the lakes clean,Togo\n`,
    ),
  });
  await page.getByRole('button', { name: 'Preview' }).click();
  await page.getByRole('button', { name: 'Import 1' }).click();
  await expect(page.getByRole('status')).toContainText('1 new');
  await page.goto(`/reviews/${review}/rounds/new`);
  await page.getByLabel('Title').fill('Lakes');
  await page.getByLabel('Organisation').fill('Observatory');
  await page.getByLabel('Name in the address').fill('lakes');
  await page.getByRole('button', { name: 'Open the round' }).click();
}

test('a French table goes into a round, left and found again in between', async ({
  page,
  tracker,
  javaScriptEnabled,
}) => {
  await signInAs(page, tracker, 'reviewer');
  // Each project has a State of its own: both may share a database.
  const review = javaScriptEnabled === false ? 'PLW-2' : 'KIR-2';
  await openRound(page, review);

  await test.step('the file waits for what its columns hold', async () => {
    await page.goto('/import');
    await page.getByLabel('File', { exact: true }).setInputFiles({
      name: `lacs ${review}.csv`,
      mimeType: 'text/csv',
      buffer: Buffer.from(TABLE),
    });
    await page.getByLabel('Round, for a file with assessments').selectOption(`${review}/lakes`);
    await page.getByRole('button', { name: 'Preview' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Which column holds what?');
    await expect(page.getByLabel('Pays')).toHaveValue('recommending_states');
    await expect(page.getByLabel('État')).toHaveValue('status');
    await expect(page.getByLabel('Mécanisme')).toHaveValue('mechanism');
  });

  await test.step('it is found again after leaving', async () => {
    await page.goto('/');
    await page.goto('/import');
    await page.getByRole('link', { name: `Go on with lacs ${review}.csv` }).click();
    await page.getByLabel('Observations').selectOption('rationale');
    await page.getByRole('button', { name: 'Preview' }).click();
  });

  await test.step('what its statuses mean is said once for all rows', async () => {
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(
      'What do these values mean?',
    );
    await expect(page.getByLabel('Réalisé', { exact: true })).toHaveValue('implemented');
    await expect(page.getByLabel('Non réalisé')).toHaveValue('not_implemented');
    await page.getByRole('button', { name: 'Preview' }).click();
  });

  await test.step('the preview says what is read, and all is imported', async () => {
    const main = page.getByRole('main');
    await expect(main).toContainText('7 columns: 6 read, 1 not read (Salle).');
    await expect(main).toContainText('4 rows: 3 new, 1 skipped.');
    await expect(main).toContainText('Organes de traités: 1');
    await page.getByRole('button', { name: 'Import 3 recommendations and 3 assessments' }).click();
    await expect(page.getByRole('status')).toContainText('6 new');
    await page.goto(`/assess/${review}/lakes/61.1`);
    await expect(page.getByRole('radio', { name: 'Implemented', exact: true })).toBeChecked();
    await page.goto('/import');
    await expect(page.getByRole('link', { name: `Go on with lacs ${review}.csv` })).toHaveCount(0);
  });
});
