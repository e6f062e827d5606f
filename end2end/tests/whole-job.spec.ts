/**
 * The whole job: a file comes in, a round is opened, recommendations are assessed, the round is
 * published, and a reader takes the result away in three formats that all say the same.
 */

import { createHash } from 'node:crypto';
import type { Page } from '@playwright/test';
import { barNumbers, expect, signIn, signInAs, signOut, tableRows, test } from '../support/base.ts';
import { download, readCsv, readJson, readXlsx } from '../support/exports.ts';
import { COUNTS, FORMULA, RECOMMENDATIONS, SCRIPT, uhriExport } from '../support/uhri.ts';

const REVIEW = '/reviews/SMR-4';
const ROUND = { slug: 'mid-term', title: 'Mid-term assessment of 2026', by: 'Invented Observatory' };

/** A rationale that a spreadsheet would compute. */
const COMPUTED = '@SUM(1+1)*cmd|calc';

interface Judgement {
  paragraph: string;
  status: string;
  rationale: string;
  confidence: string;
  evidence?: { title: string; source: string };
}

const JUDGEMENTS: readonly Judgement[] = [
  {
    paragraph: '45.1',
    status: 'Implemented',
    rationale: 'The protocol was ratified in March 2025.',
    confidence: 'High',
    evidence: { title: 'Official journal 12/2025', source: 'https://journal.example/2025/12' },
  },
  {
    paragraph: '45.2',
    status: 'Partially implemented',
    rationale: COMPUTED,
    confidence: 'Medium',
    evidence: { title: 'A link that runs', source: 'javascript:document.title=1' },
  },
  {
    paragraph: '45.3',
    status: 'Not implemented',
    rationale: 'The penalty is still in the law.\n\nNobody has tabled a bill.',
    confidence: 'Low',
  },
  {
    paragraph: '45.9',
    status: 'Not assessed',
    rationale: 'There is no information.',
    confidence: 'Not given',
  },
];

/** What the list shows, paragraph by paragraph. */
async function listed(page: Page): Promise<string[][]> {
  const rows = await tableRows(page, /sorted by/);
  return rows.slice(1);
}

const paragraphs = async (page: Page): Promise<(string | undefined)[]> =>
  (await listed(page)).map(([paragraph]) => paragraph);

async function preview(page: Page): Promise<Record<string, string>> {
  await page.goto('/import');
  await page.getByLabel('File', { exact: true }).setInputFiles({
    name: 'export.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: uhriExport('San Marino'),
  });
  await page.getByRole('button', { name: 'Preview' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('A file to be imported');
  const rows = await tableRows(page, 'What the file holds');
  return Object.fromEntries(rows.map(([name = '', count = '']) => [name, count]));
}

test('from a file to three published files', async ({ page, visitor, tracker }) => {
  test.setTimeout(180_000);
  const reader = await visitor();
  const analyst = await visitor();

  await test.step('a reviewer imports a file', async () => {
    await signInAs(page, tracker, 'reviewer');
    expect(await preview(page)).toEqual({
      New: `${COUNTS.created}`,
      Changed: '0',
      Unchanged: '0',
      'To be decided': '0',
      'Rows that belong to another row’s recommendation': '0',
      'Rejected rows': `${COUNTS.rejected}`,
      'Rows of other mechanisms and voluntary pledges, skipped': `${COUNTS.skipped}`,
      'Merged: recommendations here that become part of another': '0',
    });
    await expect(page.getByRole('main')).toContainText('Perhaps Norway was meant');
    // Nothing is written yet.
    expect((await reader.request.get(tracker.origin + REVIEW)).status()).toBe(404);

    await page.getByRole('button', { name: `Import ${COUNTS.created}` }).click();
    await expect(page.getByRole('status')).toHaveText(
      'Done. Imported: 8 new, 0 changed, 0 unchanged, 0 left undecided, 1 rejected, 1 skipped, 0 merged into others.',
    );
    await page.getByRole('link', { name: 'San Marino' }).click();
    expect(new URL(page.url()).pathname).toBe(REVIEW);

    expect(await preview(page)).toMatchObject({
      New: '0',
      Changed: '0',
      Unchanged: `${COUNTS.created}`,
    });
    await expect(page.getByText('Part of this file is here already, and the other rows were rejected or skipped'))
      .toBeVisible();
    await expect(page.getByRole('button', { name: /^Import/ })).toHaveCount(0);
    await page.getByRole('button', { name: 'Do not import' }).click();
    await expect(page).toHaveURL(/\/import$/);
  });

  await test.step('and opens a round', async () => {
    await page.goto(REVIEW);
    await page.getByRole('link', { name: 'Open a round' }).click();
    await page.getByLabel('Title').fill(ROUND.title);
    await page.getByLabel('Organisation').fill(ROUND.by);
    await page.getByLabel('Name in the address').fill(ROUND.slug);
    await page.getByLabel('As of').fill('2026-06-30');
    await page.getByLabel('Scale').selectOption('bhc-2023');
    await page.getByLabel('Method').fill('Laws, court rulings and reports were read.');
    await page.getByRole('button', { name: 'Open the round' }).click();
    await expect(page.getByRole('status')).toContainText(`The round “${ROUND.title}” is open.`);
  });

  await test.step('the list is filtered by State, position and words', async () => {
    await page.goto(REVIEW);
    await page.getByRole('link', { name: 'All 8 recommendations' }).click();
    expect(await paragraphs(page)).toEqual(RECOMMENDATIONS.map(({ paragraph }) => paragraph));

    const filter = page.getByRole('form', { name: 'Filter' });
    await filter.getByText('Recommending State', { exact: true }).first().click();
    await filter.getByRole('checkbox', { name: 'Norway', exact: true }).check();
    await filter.getByRole('button', { name: 'Apply the filter' }).click();
    await expect(page.getByRole('heading', { level: 2, name: /recommended by Norway/ }))
      .toBeVisible();
    expect(await paragraphs(page)).toEqual(['45.1', '45.3', '45.11']);

    await filter.getByRole('checkbox', { name: 'Noted', exact: true }).check();
    await filter.getByRole('button', { name: 'Apply the filter' }).click();
    await expect(page.getByRole('heading', { level: 2, name: /Norway, noted/ })).toBeVisible();
    expect(await paragraphs(page)).toEqual(['45.3']);

    await filter.getByRole('link', { name: 'Clear all' }).click();
    await expect(page.getByRole('heading', { level: 2, name: /^All 8 recommendations/ }))
      .toBeVisible();
    await filter.getByLabel('Words').fill('independence JUDGES');
    await filter.getByRole('button', { name: 'Apply the filter' }).click();
    await expect(page.getByRole('heading', { level: 2, name: /with the words/ })).toBeVisible();
    expect(await paragraphs(page)).toEqual(['45.20']);
  });

  await test.step('an analyst assesses', async () => {
    await signIn(analyst, await tracker.newAccount('analyst'));
    await analyst.getByRole('link', { name: 'Assess', exact: true }).click();
    await analyst.getByRole('link', { name: ROUND.title }).click();
    for (const [place, judgement] of JUDGEMENTS.entries()) {
      await analyst.goto(`/assess/SMR-4/${ROUND.slug}`);
      await analyst.getByRole('link', { name: judgement.paragraph, exact: true }).click();
      await analyst.getByRole('radio', { name: judgement.status, exact: true }).check();
      await analyst.getByLabel('Rationale').fill(judgement.rationale);
      await analyst.getByLabel('Confidence').selectOption(judgement.confidence);
      if (judgement.evidence !== undefined) {
        const evidence = analyst.getByRole('group', { name: 'Evidence 1' });
        await evidence.getByLabel('Title').fill(judgement.evidence.title);
        await evidence.getByLabel('Address or citation').fill(judgement.evidence.source);
        await evidence.getByText('Publisher, kind, language, note and archived copy').click();
        await evidence.getByLabel('Kind').selectOption('Primary source');
      }
      await analyst.getByRole('button', { name: 'Save and go to the next' }).click();
      await expect(analyst.getByRole('status')).toContainText(
        `Paragraph ${judgement.paragraph} is saved.`,
      );
      // The review's page follows at once, for whoever may see the open round.
      await page.goto(`${REVIEW}?round=${ROUND.slug}`);
      const assessed = Math.min(place + 1, 3);
      await expect(page.locator('.headline')).toHaveText(
        `1 of ${assessed} assessed recommendations implemented; ${8 - assessed} of 8 not assessed`,
      );
    }
    // A reader sees nothing of it.
    await reader.goto(REVIEW);
    await expect(reader.locator('.headline')).toHaveText('8 recommendations; no assessment');
    const hidden = await reader.request.get(`${tracker.origin}${REVIEW}/rounds/${ROUND.slug}`);
    expect(hidden.status()).toBe(404);
  });

  await test.step('the analyst cannot publish, the reviewer can', async () => {
    await analyst.goto(`${REVIEW}/rounds/${ROUND.slug}`);
    await expect(analyst.getByRole('heading', { level: 1 })).toHaveText(ROUND.title);
    await expect(analyst.getByRole('button', { name: 'Publish this round' })).toHaveCount(0);
    const refused = await analyst.request.post(`${tracker.origin}/api/publish-round`, {
      form: { review: 'SMR-4', round: ROUND.slug, confirmed: 'yes' },
      headers: { origin: tracker.origin, accept: 'application/json' },
    });
    expect(refused.status()).toBe(403);

    await page.goto(REVIEW + `?round=${ROUND.slug}`);
    await page.getByRole('link', { name: 'Publish this round' }).click();
    await expect(page.getByText('4 of 8 recommendations have no assessment')).toBeVisible();
    await expect(page.getByRole('main')).toContainText(
      'It becomes the first public sentence of this review: “1 of 3 assessed',
    );
    await page.getByLabel('The round may be frozen and made public.').check();
    await page.getByLabel('Only 3 of 8 recommendations are assessed.').check();
    await page.getByRole('button', { name: 'Publish this round' }).click();
    await expect(page.getByRole('status')).toContainText('The round is published.');

    // From now on nothing in it changes.
    await analyst.goto(`/assess/SMR-4/${ROUND.slug}/45.11`);
    expect(new URL(analyst.url()).pathname).toBe(`${REVIEW}/rounds/${ROUND.slug}`);
    const late = await analyst.request.post(`${tracker.origin}/api/save-assessment`, {
      form: {
        review: 'SMR-4',
        round: ROUND.slug,
        paragraph: '45.11',
        version: '0',
        status: 'implemented',
        rationale: 'Too late',
      },
      headers: { origin: tracker.origin, accept: 'application/json' },
    });
    expect(late.status()).toBe(422);
    await signOut(page);
  });

  await test.step('a reader reads the sentence', async () => {
    await page.goto('/');
    await expect(
      page.getByRole('listitem').filter({ hasText: 'San Marino, ' }),
    ).toContainText(
      '1 of 3 assessed recommendations implemented; 5 of 8 not assessed',
    );
    await page.goto(REVIEW);
    await expect(page.locator('.headline')).toHaveText(
      '1 of 3 assessed recommendations implemented; 5 of 8 not assessed',
    );
    expect([...(await barNumbers(page))]).toEqual([
      ['Implemented', '1'],
      ['Partially implemented', '1'],
      ['Not implemented', '1'],
      ['Not assessed', '5'],
      ['Assessed (base)', '3'],
      ['Received', '8'],
    ]);
    // Whoever has the round's text can recompute its hash.
    await page.goto(`${REVIEW}/rounds/${ROUND.slug}`);
    const text = await page.request.get(`${tracker.origin}${REVIEW}/rounds/${ROUND.slug}.txt`);
    const hash = createHash('sha256').update(await text.body()).digest('hex');
    await expect(page.getByRole('main')).toContainText(hash);
    for (const { rationale } of JUDGEMENTS) {
      expect(await text.text()).toContain(rationale.split('\n')[0]);
    }
  });

  await test.step('what was written to do harm is shown as text', async () => {
    await page.goto(`${REVIEW}/recommendations/45.9`);
    await expect(page.getByRole('main')).toContainText(SCRIPT);
    await expect(page).not.toHaveTitle(/taken over/);
    expect(await page.locator('script').count()).toBe(0);
    await page.goto(`${REVIEW}/recommendations/45.2`);
    await expect(page.getByRole('main')).toContainText('javascript:document.title=1');
    expect(await page.locator('a[href^="javascript:"]').count()).toBe(0);
  });

  await test.step('page, CSV, XLSX, JSON and command line say the same', async () => {
    await page.goto(`${REVIEW}/recommendations`);
    const form = page.getByRole('form', { name: 'Filter' });
    await form.getByText('Recommending State', { exact: true }).first().click();
    await form.getByRole('checkbox', { name: 'Norway', exact: true }).check();
    await form.getByRole('checkbox', { name: 'France', exact: true }).check();
    await form.getByRole('checkbox', { name: 'Chile', exact: true }).check();
    await form.getByRole('button', { name: 'Apply the filter' }).click();
    const heading = page.getByRole('heading', { level: 2, name: /^6 recommendations/ });
    await expect(heading).toBeVisible();
    const words = (await heading.innerText()).trim();
    const expected = RECOMMENDATIONS.filter(({ states }) =>
      states.some((state) => ['Norway', 'France', 'Chile'].includes(state)),
    ).map((one) => {
      const judgement = JUDGEMENTS.find(({ paragraph }) => paragraph === one.paragraph);
      return {
        ...one,
        status: judgement?.status ?? 'Not assessed',
        rationale: judgement?.rationale ?? '',
      };
    });

    const onPage = await listed(page);
    expect(
      onPage.map(([paragraph, text, states, position, , status]) => ({
        paragraph,
        text,
        states: states?.split(', '),
        position,
        status,
      })),
    ).toEqual(expected.map(({ rationale: _, ...rest }) => rest));
    await expect(page.locator('.sentence')).toHaveText(
      '1 of 3 assessed recommendations implemented; 3 of 6 not assessed',
    );

    const csv = readCsv(await download(page, 'CSV'));
    const xlsx = readXlsx(await download(page, 'XLSX'));
    const json = readJson(await download(page, 'JSON'));
    const plain = (text = ''): string => text.replace(/^'(?=[=+\-@])/, '');
    for (const [name, rows] of [['CSV', csv], ['XLSX', xlsx.rows]] as const) {
      expect(
        rows.map((row) => ({
          paragraph: row['Paragraph'],
          text: plain(row['Text']),
          states: row['Recommending States']?.split('; '),
          position: row['Position'],
          status: row['Status'],
          rationale: plain(row['Rationale']),
        })),
        name,
      ).toEqual(expected);
    }
    expect(
      json.recommendations.map((row) => ({
        paragraph: row.paragraph,
        text: row.text,
        states: row.recommending_states?.map(({ name }) => name),
        position: row.position.label,
        status: row.status?.label,
        rationale: row.rationale ?? '',
      })),
    ).toEqual(expected);

    // No cell is a formula: guarded in CSV, which has no types, and a text in XLSX.
    const dangerous = csv.flatMap((row) =>
      Object.values(row).filter((cell) => /^[=+\-@\t\r]/.test(cell)),
    );
    expect(dangerous).toEqual([]);
    expect(csv.find((row) => row['Paragraph'] === '45.10')?.['Text']).toBe(`'${FORMULA}`);
    expect(csv.find((row) => row['Paragraph'] === '45.2')?.['Rationale']).toBe(`'${COMPUTED}`);
    expect(xlsx.formulas).toBe(0);
    expect(xlsx.rows.find((row) => row['Paragraph'] === '45.10')?.['Text']).toBe(FORMULA);

    // Each says what it is about.
    const signed = `${ROUND.by}: ${ROUND.title}, as of 2026-06-30`;
    for (const row of csv) {
      expect(row).toMatchObject({
        Filter: words,
        Round: signed,
        'Counting unit': 'Recommendations',
      });
      expect(row['Last changed on']).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    }
    expect(json.about).toMatchObject({
      filter: words,
      round: signed,
      counting_unit: 'Recommendations',
    });
    expect(xlsx.about).toMatchObject({
      Filter: words,
      Round: signed,
      'Counting unit': 'Recommendations',
    });

    // And where each row can be read.
    for (const row of json.recommendations) {
      expect(new URL(row.permalink).origin).toBe(tracker.origin);
      await reader.goto(row.permalink);
      await expect(reader.getByRole('heading', { level: 1 })).toHaveText(
        `Paragraph ${row.paragraph}`,
      );
    }

    const query = new URL(page.url()).search.slice(1);
    const { stdout } = await tracker.done(
      ...['export', '--review', 'SMR-4', '--filter', query, '--format', 'csv'],
    );
    const without = (rows: typeof csv): typeof csv =>
      rows.map(({ Permalink: _, ...rest }) => rest);
    expect(without(readCsv(stdout))).toEqual(without(csv));
  });

  await test.step('the database is sound', async () => {
    const { stdout } = await tracker.done('check');
    expect(stdout).toMatch(/^All is well/);
  });
});
