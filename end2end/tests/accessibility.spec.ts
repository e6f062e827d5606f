/** axe finds nothing on any kind of page, light or dark, wide or narrow. It needs script itself. */

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, signInAs, test } from '../support/base.ts';
import { uhriExport } from '../support/uhri.ts';

test.describe.configure({ mode: 'parallel', timeout: 120_000 });

const READING = [
  '/',
  '/states/BLR',
  '/states/XXA',
  '/reviews/BLR-1',
  '/reviews/BLR-2',
  '/reviews/BLR-3',
  '/reviews/XXA-3',
  '/reviews/XXA-3?unit=recommending-states',
  '/reviews/BLR-1/recommendations',
  '/reviews/XXA-3/recommendations?group=african&page=2',
  '/reviews/XXA-3/recommendations?status=not_implemented&position=noted&q=law&sort=-status',
  '/reviews/XXA-3/recommendations?q=nothingofthekind',
  '/reviews/XXA-3/recommendations?position=perhaps&q=law&page=999',
  '/reviews/BLR-3/recommendations',
  '/reviews/BLR-1/recommendations/97.1',
  '/reviews/XXA-3/recommendations/138.2',
  '/reviews/XXA-3/rounds/mid-term',
  '/reviews/BLR-3/rounds/bhc-2023',
  '/reviews/BLR-3/rounds/coalition-later',
  '/recommendations?q=law',
  '/world',
  '/world?measure=implemented',
  '/recommending',
  '/recommending/NOR',
  '/recommending/NOR/BLR',
  '/subjects/issue',
  '/subjects/issue/Death%20penalty',
  '/reviews/XXA-3/history',
  '/reviews/XXA-3/evidence',
  '/reviews/XXA-3?position=noted&order=share&squares=status',
  '/reviews/XXA-3/charts/group',
  '/reviews/BLR-3/compare',
  '/embed/reviews/XXA-3/charts/group',
  '/charts/cycles?state=BLR',
  '/summary?state=XXA',
  '/compare?a=position%3Dnoted&b=position%3Dsupported',
  '/methodology',
  '/corrections',
  '/login',
];

const WORKING = [
  '/reviews/XXA-3/compare?from=mid-term&to=follow-up',
  '/reviews/XXA-3?round=follow-up',
  '/reviews/XXA-3/rounds/follow-up',
  '/reviews/XXA-3/recommendations?round=follow-up&q=law',
  '/reviews/XXA-3/recommendations/138.2?round=follow-up',
  '/assess',
  '/assess/XXA-3/follow-up?show=open',
  '/assess/XXA-3/follow-up/138.2',
  '/reviews/XXA-3/rounds/mid-term/change',
  '/reviews/XXA-3/rounds/follow-up/change',
  '/reviews/XXA-3/rounds/new',
  '/reviews/XXA-3/add',
  '/reviews/XXA-3/recommendations/138.1/correct',
  '/reviews/XXA-3/recommendations/138.1/correct?view=merge&with=138.2',
  '/reviews/XXA-3/recommendations/138.1/correct?view=split',
  '/reviews/XXA-3/recommendations/138.1/correct?view=remove',
  '/import',
  '/assess/XXA-3/follow-up/method',
  '/assess/XXA-3/follow-up/many?show=open',
  '/reviews/XXA-3/history',
  '/reviews/XXA-3/evidence',
  '/account',
];

/** What axe finds on the page that is open, in every look that it has. */
async function findings(page: Page, name: string): Promise<string[]> {
  const found: string[] = [];
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 900 });
    // Colours are the same at any width.
    for (const colorScheme of width === 1280 ? (['light', 'dark'] as const) : (['light'] as const)) {
      await page.emulateMedia({ colorScheme });
      const axe = new AxeBuilder({ page });
      // Dark and light differ in their colours alone.
      const { violations, passes } = await (
        colorScheme === 'light' ? axe : axe.withRules(['color-contrast'])
      ).analyze();
      expect(passes.length, `what axe could try on ${name}`).toBeGreaterThan(0);
      for (const { id, nodes } of violations) {
        const places = nodes.map(({ target }) => target.join(' ')).slice(0, 3);
        found.push(`${name} (${colorScheme}, ${width}): ${id} at ${places.join(' and ')}`);
      }
    }
  }
  return found;
}

for (const address of READING) {
  test(`a reader’s page: ${address}`, async ({ page }) => {
    await page.goto(address);
    expect(await findings(page, address)).toEqual([]);
  });
}

test('pages that say what went wrong', async ({ page, complaints, tracker }) => {
  test.setTimeout(120_000);
  complaints.expect(/status of (403|404|422)/);
  const found: string[] = [];
  await page.goto('/nowhere');
  found.push(...(await findings(page, 'not found')));
  await page.goto('/login');
  await page.getByLabel('Pseudonym').fill('nobody');
  await page.getByLabel('Password').fill('nothing');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  found.push(...(await findings(page, 'refused sign-in')));
  await signInAs(page, tracker, 'analyst');
  await page.goto('/import');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Not allowed');
  found.push(...(await findings(page, 'not allowed')));
  expect(found).toEqual([]);
});

for (const address of WORKING) {
  test(`a reviewer’s page: ${address}`, async ({ page, tracker }) => {
    await signInAs(page, tracker, 'reviewer');
    await page.goto(address);
    expect(await findings(page, address)).toEqual([]);
  });
}

test('a preview of an import', async ({ page, tracker }) => {
  await signInAs(page, tracker, 'reviewer');
  await page.goto('/import');
  await page.getByLabel('File', { exact: true }).setInputFiles({
    name: 'export.xlsx',
    mimeType: 'application/octet-stream',
    buffer: uhriExport('Andorra'),
  });
  await page.getByRole('button', { name: 'Preview' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('A file to be imported');
  expect(await findings(page, 'preview')).toEqual([]);
  await page.getByRole('button', { name: 'Do not import' }).click();
});

test('the mapping of a table, and the scales', async ({ page, tracker }) => {
  await signInAs(page, tracker, 'administrator');
  await page.goto('/import');
  await page.getByLabel('File', { exact: true }).setInputFiles({
    name: 'table.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('Nr,Wortlaut,Wer\n1.1,Sign it,Fiji\n'),
  });
  await page.getByRole('button', { name: 'Preview' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Which column holds what?');
  const found = await findings(page, 'mapping');
  for (const address of ['/admin/scales', '/admin/scales/bhc-2023']) {
    await page.goto(address);
    found.push(...(await findings(page, address)));
  }
  expect(found).toEqual([]);
});

test('two people at one assessment', async ({ page, visitor, tracker }) => {
  const found: string[] = [];
  const other = await visitor();
  await signInAs(page, tracker, 'reviewer');
  await signInAs(other, tracker, 'analyst');
  await page.goto('/assess/XXA-3/follow-up');
  await page.getByRole('link', { name: 'Assess the next one' }).click();
  await other.goto(page.url());
  for (const [person, rationale] of [
    [other, 'The first'],
    [page, 'The second'],
  ] as const) {
    await person.getByRole('radio', { name: 'Implemented', exact: true }).check();
    await person.getByLabel('Rationale').fill(rationale);
    await person.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(person.getByRole('status').or(person.getByText('Another save came first')))
      .toBeVisible();
  }
  await expect(page.getByText('Another save came first')).toBeVisible();
  found.push(...(await findings(page, 'conflict')));
  found.push(...(await findings(other, 'saved')));
  expect(found).toEqual([]);
});
