/** What stays behind the assessments: evidence as records, links between cycles, scales, the history. */

import { expect, signInAs, tableRows, test } from '../support/base.ts';

const alone = (javaScriptEnabled: boolean | undefined, without: string, otherwise: string) =>
  javaScriptEnabled === false ? without : otherwise;

test('a record of evidence is cited by two assessments and changed in one place', async ({
  page,
  tracker,
  javaScriptEnabled,
}) => {
  await signInAs(page, tracker, 'reviewer');
  const own = alone(javaScriptEnabled, 'without', 'with');
  const address = `https://gazette.example/${own}`;
  const add = async () => {
    await page.goto('/reviews/XXA-3/evidence');
    await page.getByText('Add a piece of evidence').click();
  };
  await add();
  await page.getByLabel('Title').fill(`Gazette ${own}`);
  await page.getByLabel('Address or citation').fill(address);
  await page.getByText('Publisher, kind, language, note and archived copy').click();
  await page.getByLabel('Publisher').fill('State Printer');
  await page.getByLabel('Kind').selectOption('State');
  await page.getByRole('button', { name: 'Add it' }).click();
  await expect(page.getByRole('status')).toContainText('The evidence is added');

  await test.step('the same address a second time is a duplicate', async () => {
    await add();
    await page.getByLabel('Title').fill('Another title');
    await page.getByLabel('Address or citation').fill(`${address}/`);
    await page.getByRole('button', { name: 'Add it' }).click();
    await expect(page.getByRole('alert')).toContainText(`Gazette ${own}`);
  });

  const paragraphs = alone(javaScriptEnabled, '138.201 138.202', '138.211 138.212').split(' ');
  await test.step('two neighbours cite it with a tick', async () => {
    await page.goto(`/assess/XXA-3/follow-up/${paragraphs[0]}`);
    const row = page.getByRole('group', { name: 'Evidence 1' });
    await row.getByLabel('Title').fill(`Gazette ${own}`);
    await row.getByLabel('Address or citation').fill(address);
    await row.getByText('Publisher, kind, language, note and archived copy').click();
    await row.getByLabel('Publisher').fill('State Printer');
    await row.getByLabel('Kind').selectOption('State');
    await page.getByRole('radio', { name: 'Implemented', exact: true }).check();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByRole('status')).toContainText('is saved');
    await page.goto(`/assess/XXA-3/follow-up/${paragraphs[1]}`);
    await page.getByRole('checkbox', { name: new RegExp(`Gazette ${own}`) }).check();
    await page.getByRole('radio', { name: 'Not implemented', exact: true }).check();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByRole('status')).toContainText('is saved');
  });

  await test.step('its page tells both; it cannot be taken away; a change shows at both', async () => {
    await page.goto('/reviews/XXA-3/evidence');
    await page.getByRole('link', { name: `Gazette ${own}` }).click();
    for (const paragraph of paragraphs) {
      await expect(page.getByRole('main')).toContainText(paragraph);
    }
    await page.getByLabel('Title').fill(`Official journal ${own}`);
    await page.getByRole('button', { name: 'Save the change' }).click();
    await expect(page.getByRole('status')).toContainText('wherever it is cited');
    for (const paragraph of paragraphs) {
      await page.goto(`/assess/XXA-3/follow-up/${paragraph}`);
      await expect(
        page.getByRole('checkbox', { name: new RegExp(`Official journal ${own}`) }),
      ).toBeChecked();
    }
  });
});

test('a recommendation is linked to the one that it repeats, and says since when it stands', async ({
  page,
  visitor,
  tracker,
  javaScriptEnabled,
}) => {
  await signInAs(page, tracker, 'reviewer');
  const state = alone(javaScriptEnabled, 'VUT', 'SLB');
  const rows = [
    'review,paragraph,text,recommending_states,position',
    `${state}-1,57.3,Ratify the Optional Protocol to the Convention against Torture,Norway,noted`,
    `${state}-1,57.4,Extend free legal aid to rural islands,Fiji,supported`,
    `${state}-2,99.8,Ratify without delay the Optional Protocol to the Convention against Torture,Togo,noted`,
    `${state}-3,101.2,Ratify at last the Optional Protocol to the Convention against Torture,Chile,noted`,
  ];
  await page.goto('/import');
  await page.getByLabel('File', { exact: true }).setInputFiles({
    name: 'two cycles.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(rows.join('\n')),
  });
  await page.getByRole('button', { name: 'Preview' }).click();
  await page.getByRole('button', { name: 'Import 4' }).click();
  await expect(page.getByRole('status')).toContainText('4 new');

  const address = `/reviews/${state}-2/recommendations/99.8`;
  await page.goto(address);
  const suggested = page.getByRole('listitem').filter({ hasText: 'paragraph 57.3' });
  await expect(suggested).toContainText('% of the words in common');
  await suggested.getByRole('button', { name: 'Repeats it' }).click();
  await expect(page.getByRole('status')).toContainText('Noted');
  await expect(page.getByRole('main')).toContainText('Stands since the first cycle');
  // Readers see what was confirmed, and no suggestion.
  const reader = await visitor();
  await reader.goto(address);
  await expect(reader.getByRole('main')).toContainText('Stands since the first cycle');
  await expect(reader.getByRole('main')).not.toContainText('of the words alike');
  // What repeats it stands as long.
  const latest = `/reviews/${state}-3/recommendations/101.2`;
  await page.goto(latest);
  const second = page.getByRole('listitem').filter({ hasText: 'paragraph 99.8' });
  await second.getByRole('button', { name: 'Repeats it' }).click();
  await expect(page.getByRole('main')).toContainText('Stands since the first cycle');
  await expect(page.getByRole('listitem').filter({ hasText: 'paragraph 57.3' })).toContainText(
    'Repeated by one that this one repeats',
  );
  await reader.goto(latest);
  await expect(reader.getByRole('main')).toContainText('Stands since the first cycle');
  await page.goto(address);
  await page.getByRole('button', { name: 'Undo the link' }).click();
  await reader.goto(address);
  await expect(reader.getByRole('main')).not.toContainText('Stands since');
});

test('a scale is versioned: what is in use stays as it is', async ({
  page,
  tracker,
  javaScriptEnabled,
  complaints,
}) => {
  // The refused form comes back at once, with all that was typed.
  complaints.expect(/status of 422/);
  await signInAs(page, tracker, 'administrator');
  await page.goto('/assess');
  await page.getByRole('link', { name: 'Scales' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Status scales');
  await page.getByRole('link', { name: /^Edit “UPR Info/ }).click();
  const first = page.getByRole('group', { name: 'Status 1', exact: true });
  await first.getByLabel('Score').fill('7');
  await page.getByRole('button', { name: 'Save as a new version' }).click();
  await expect(page.getByRole('alert')).toContainText('between 0 and 1');
  const label = `Wholly done ${alone(javaScriptEnabled, 'b', 'a')}`;
  const again = page.getByRole('group', { name: 'Status 1', exact: true });
  await again.getByLabel('Score').fill('1');
  await again.getByLabel('Label', { exact: true }).fill(label);
  await page.getByRole('button', { name: 'Save as a new version' }).click();
  await expect(page.getByRole('status')).toContainText(/Saved as version \d+/);

  await page.goto('/reviews/XXA-3/rounds/new');
  const scale = page.getByLabel('Scale');
  await expect(scale).toContainText('UPR Info');
  // The round that was there has its own scale's words still.
  await page.goto('/assess/XXA-3/follow-up/138.3');
  await expect(page.getByRole('radio', { name: 'Implemented', exact: true })).toBeVisible();
  await expect(page.getByText(label)).toHaveCount(0);
});

test('the history is filtered by what, who and when', async ({ page, tracker }) => {
  await signInAs(page, tracker, 'analyst');
  await page.goto('/assess/XXA-3/follow-up');
  await page.getByRole('link', { name: 'Assess the next one' }).click();
  const paragraph = /[\d.]+$/.exec(await page.getByRole('heading', { level: 1 }).innerText())?.[0] ?? '';
  await page.getByRole('radio', { name: 'Implemented', exact: true }).check();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('status')).toContainText('is saved');

  const { pseudonym } = tracker.demonstration('analyst');
  await page.goto('/reviews/XXA-3/history');
  await page.locator('select[name=kind]').selectOption('Assessment saved');
  await page.getByLabel('By').selectOption(pseudonym);
  await page.getByLabel('Paragraph').fill(paragraph);
  await page.getByLabel('From').fill(new Date().toISOString().slice(0, 10));
  await page.getByRole('button', { name: 'Apply the filter' }).click();
  const [, ...entries] = await tableRows(page, 'All changes, newest first');
  expect(entries.length).toBeGreaterThan(0);
  for (const entry of entries.filter((cells) => cells.length >= 4)) {
    expect(entry.join(' ')).toContain(pseudonym);
    expect(entry.join(' ')).toContain(paragraph);
  }
  await page.goto('/reviews/XXA-3/history?from=2030-01-01');
  await expect(page.getByRole('main')).toContainText('0 entries');
});
