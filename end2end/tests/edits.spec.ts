/** Recommendations that reviewers add, correct, merge, split and remove, and undo. */

import { expect, signInAs, test } from '../support/base.ts';

test('a reviewer adds, answers, splits, merges and removes a recommendation', async ({
  page,
  tracker,
  javaScriptEnabled,
}) => {
  await signInAs(page, tracker, 'reviewer');
  // A review of its own: others count what the demonstration's has.
  const review = javaScriptEnabled === false ? 'SLB-4' : 'VUT-4';
  const [first, second] = ['138.910', '138.911'];
  const why = async (reason: string, source?: string) => {
    const form = page.locator('form', { has: page.getByLabel('Reason') }).last();
    await form.getByLabel('Reason').fill(reason);
    if (source !== undefined) {
      await form.getByLabel('Source: the document that shows it').fill(source);
    }
  };

  await test.step('a file brings the review', async () => {
    await page.goto('/import');
    await page.getByLabel('File', { exact: true }).setInputFiles({
      name: 'first.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(`review,paragraph,text,recommending_states,position\n${review},138.1,Sign it,Togo,Noted\n`),
    });
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByRole('button', { name: 'Import 1' }).click();
    await expect(page.getByText(/^Imported, /)).toBeVisible();
  });

  await test.step('it is added from the page of the review', async () => {
    await page.goto(`/reviews/${review}`);
    await page.getByRole('link', { name: 'Add a recommendation' }).click();
    await page.getByLabel('Paragraph', { exact: true }).fill(first);
    await page.getByLabel('Text', { exact: true }).fill('Do this, and do that');
    await page.getByLabel('Recommending States').fill('Norway; Atlantis');
    await why('Left out of the file.', 'A/HRC/46/5');
    await page.getByRole('button', { name: 'Add the recommendation' }).click();
    await expect(page.getByRole('alert')).toContainText('Atlantis');
    await page.getByLabel('Recommending States').fill('Norway; Chile');
    await page.getByRole('button', { name: 'Add the recommendation' }).click();
    await expect(page.getByRole('status')).toContainText(`Paragraph ${first} is added`);
  });

  await test.step('its position is added with the document', async () => {
    await page.getByRole('link', { name: 'Correct this recommendation' }).click();
    const form = page.locator('form', {
      has: page.getByRole('button', { name: 'Add the position' }),
    });
    await form.getByLabel('Position').selectOption('Noted');
    await form.getByLabel('Document, for example').fill('A/HRC/46/5/Add.1');
    await form.getByLabel('Reason').fill('The reply of the State.');
    await form.getByRole('button', { name: 'Add the position' }).click();
    await expect(page.getByRole('status')).toContainText('is saved');
    await expect(page.getByRole('main')).toContainText('A/HRC/46/5/Add.1');
  });

  await test.step('it is split, and the second part is merged back', async () => {
    await page.getByRole('link', { name: 'Correct this recommendation' }).click();
    await page.getByRole('link', { name: 'Split' }).click();
    await page.getByLabel('Text of the first part').fill('Do this');
    await page.getByLabel('Paragraph of the second part').fill(second);
    await page.getByLabel('Text of the second part').fill('Do that');
    await page.getByRole('group', { name: 'Norway' }).getByLabel('First part').check();
    await page.getByRole('group', { name: 'Chile' }).getByLabel('Second part').check();
    await why('Two requests.', 'A/HRC/46/5');
    await page.getByRole('button', { name: 'Split the recommendation' }).click();
    await expect(page.getByRole('status')).toContainText(`Paragraph ${second} is new`);

    await page.getByRole('link', { name: 'Correct this recommendation' }).click();
    await page.getByRole('link', { name: 'Merge' }).click();
    await page.getByLabel('Paragraph to merge into this one').fill(second);
    await page.getByRole('button', { name: 'Preview' }).click();
    await expect(page.getByRole('table')).toContainText('Do that');
    await why('One request after all.', 'A/HRC/46/5');
    await page.getByRole('button', { name: `Merge paragraph ${second}` }).click();
    await expect(page.getByRole('status')).toContainText('is merged');
    await page.goto(`/reviews/${review}/recommendations/${second}`);
    await expect(page).toHaveURL(new RegExp(`/${first.replace('.', '\\.')}$`));
  });

  await test.step('it is removed, and the history brings it back', async () => {
    await page.goto(`/reviews/${review}/recommendations/${first}/correct?view=remove`);
    await expect(page.getByRole('main')).toContainText('This goes with it');
    await why('Not in the report.', 'A/HRC/46/5');
    await page.getByRole('button', { name: 'Remove the recommendation' }).click();
    await expect(page.getByRole('status')).toContainText('is removed');
    await page.getByRole('link', { name: 'Undo', exact: true }).first().click();
    await expect(page.getByRole('main')).toContainText('What is taken back');
    await page.getByRole('button', { name: 'Undo this edit' }).click();
    await expect(page.getByRole('status')).toContainText('The edit is undone');
    await expect(page.getByRole('heading', { level: 1 })).toContainText(first);
  });
});
