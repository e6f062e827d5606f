/** The list of a review: filters and their counts, order, pages, and addresses that make no sense. */

import type { Page } from '@playwright/test';
import { expect, tableRows, test } from '../support/base.ts';

const BELARUS = '/reviews/BLR-1/recommendations';
const EXAMPLIA = '/reviews/XXA-3/recommendations';

/** How many rows the list has over all pages. */
async function rowCount(page: Page): Promise<number> {
  const caption = await page.getByRole('table').locator('caption').innerText();
  const count = /^Rows \d+–\d+ of (\d+)/.exec(caption)?.[1];
  expect(count, caption).toBeDefined();
  return Number(count);
}

async function column(page: Page, name: string): Promise<string[]> {
  const [headings = [], ...rows] = await tableRows(page, /sorted by/);
  const place = headings.findIndex((heading) => heading.startsWith(name));
  expect(place, `a column ${name} in ${headings.join()}`).toBeGreaterThanOrEqual(0);
  return rows.map((row) => row[place] ?? '');
}

/** The numbers of a paragraph, as they are ordered: 138.2 before 138.10. */
const numbers = (paragraph: string): number[] => (paragraph.match(/\d+/g) ?? []).map(Number);

function inOrder(one: string, other: string): number {
  const [first, second] = [numbers(one), numbers(other)];
  const differs = first.findIndex((number, place) => number !== second[place]);
  return differs < 0 ? first.length - second.length : (first[differs] ?? 0) - (second[differs] ?? 0);
}

for (const address of [BELARUS, EXAMPLIA, `${EXAMPLIA}?position=noted&group=african`]) {
  test(`the count beside each value is what choosing it shows: ${address}`, async ({ page }) => {
    await page.goto(address);
    const groups = page.getByRole('form', { name: 'Filter' }).locator('fieldset');
    const tried: { link: string; promised: number; href: string }[] = [];
    for (const group of await groups.all()) {
      // The first, the last and one between them, of every dimension.
      const links = group.locator('a.count');
      const last = (await links.count()) - 1;
      for (const place of new Set([0, Math.floor(last / 2), last])) {
        const link = links.nth(place);
        tried.push({
          link: (await link.getAttribute('aria-label')) ?? '',
          promised: Number(await link.textContent()),
          href: (await link.getAttribute('href')) ?? '',
        });
      }
    }
    expect(tried.length).toBeGreaterThan(10);
    const shown: [string, number][] = [];
    for (const { link, href } of tried) {
      await page.goto(href);
      shown.push([link, await rowCount(page)]);
    }
    expect(shown).toEqual(tried.map(({ link, promised }) => [link, promised]));
  });
}

test('values of one kind widen the list, kinds narrow it, and each can be taken out', async ({
  page,
}) => {
  await page.goto(EXAMPLIA);
  const form = page.getByRole('form', { name: 'Filter' });
  const count = async (value: string): Promise<number> =>
    Number(await form.getByRole('link', { name: new RegExp(`^\\d+: only ${value}$`) }).innerText());
  const [supported, noted] = [await count('Supported'), await count('Noted')];

  await form.getByRole('checkbox', { name: 'Supported', exact: true }).check();
  await form.getByRole('checkbox', { name: 'Noted', exact: true }).check();
  await form.getByRole('button', { name: 'Apply the filter' }).click();
  await expect(page.getByRole('heading', { level: 2, name: /: supported or noted|: noted or supported/ }))
    .toBeVisible();
  expect(await rowCount(page)).toBe(supported + noted);
  // The counts of the positions are those without the choice of positions.
  expect(await count('Supported')).toBe(supported);

  await form.getByRole('checkbox', { name: 'Partially implemented', exact: true }).check();
  await form.getByRole('button', { name: 'Apply the filter' }).click();
  await expect(page.getByRole('heading', { level: 2, name: /with the status Partially implemented/ }))
    .toBeVisible();
  const narrowed = await rowCount(page);
  expect(narrowed).toBeLessThanOrEqual(74);
  expect(new Set(await column(page, 'Status'))).toEqual(new Set(['Partially implemented']));

  const chosen = page.getByRole('navigation', { name: 'Chosen' });
  await chosen.getByRole('link', { name: 'Remove Position: Supported' }).click();
  expect(new Set(await column(page, 'Position'))).toEqual(new Set(['Noted']));
  await chosen.getByRole('link', { name: 'Remove Position: Noted' }).click();
  expect(await rowCount(page)).toBe(74);
  await chosen.getByRole('link', { name: 'Clear all' }).click();
  expect(await rowCount(page)).toBe(266);
});

test('the list is sorted by each of its columns, both ways', async ({ page }) => {
  await page.goto(`${EXAMPLIA}?per=100`);
  const ascending = await column(page, 'Paragraph');
  expect(ascending).toHaveLength(100);
  expect([...ascending].sort(inOrder)).toEqual(ascending);

  await page.getByRole('columnheader', { name: 'Paragraph' }).getByRole('link').click();
  await expect(page.getByRole('columnheader', { name: 'Paragraph' })).toHaveAttribute(
    'aria-sort',
    'descending',
  );
  const descending = await column(page, 'Paragraph');
  expect([...descending].sort((one, other) => inOrder(other, one))).toEqual(descending);
  expect(inOrder(descending[0] ?? '', ascending[99] ?? '')).toBeGreaterThan(0);

  for (const name of ['Recommendation', 'Recommending States', 'Position', 'Issues or themes', 'Status']) {
    const heading = page.getByRole('columnheader', { name, exact: true });
    await heading.getByRole('link').click();
    await expect(heading).toHaveAttribute('aria-sort', 'ascending');
    const forwards = await column(page, name);
    await page.getByRole('columnheader', { name }).first().getByRole('link').click();
    const backwards = await column(page, name);
    expect(backwards[0], `the last by ${name}`).not.toBe(forwards[0]);
    await page.goto(`${EXAMPLIA}?per=100`);
  }

  // Statuses are in the order of their scale, not of the alphabet.
  await page.goto(`${EXAMPLIA}?per=100&sort=status`);
  const statuses = [...new Set(await column(page, 'Status'))];
  expect(statuses.slice(0, 3)).toEqual([
    'Implemented',
    'In process of implementation',
    'Partially implemented',
  ]);
});

test('pages of 25, 50 and 100 hold every row once', async ({ page }) => {
  for (const [per, sizes] of [
    [25, [25, 25, 25, 18]],
    [50, [50, 43]],
    [100, [93]],
  ] as const) {
    await page.goto(BELARUS);
    await page
      .getByRole('navigation', { name: 'Rows per page' })
      .getByRole('link', { name: `${per}`, exact: true })
      .click();
    const seen: string[] = [];
    for (const [place, size] of sizes.entries()) {
      const here = await column(page, 'Paragraph');
      expect(here).toHaveLength(size);
      seen.push(...here);
      const next = page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Next' });
      if (place < sizes.length - 1) {
        await next.click();
      } else {
        await expect(next).toHaveCount(0);
      }
    }
    expect(new Set(seen).size).toBe(93);
  }
});

test('the filter is said in words', async ({ page }) => {
  await page.goto(`${BELARUS}?recommending=NOR&position=noted&issue=Death+penalty`);
  await expect(page.getByRole('heading', { level: 2 }).first()).toHaveText(
    /^(No|\d+) recommendations? to Belarus, first cycle: recommended by Norway, about Death penalty, noted\. No assessment\. Counted: Recommendations\.$/,
  );
  await page.goto(`${EXAMPLIA}?status=implemented&q=law`);
  await expect(page.getByRole('heading', { level: 2 }).first()).toContainText(
    'with the status Implemented, with the words “law”',
  );
  await expect(page.getByRole('heading', { level: 2 }).first()).toContainText(
    'Status in: Examplia Coalition for the UPR: Mid-term assessment',
  );
});

test('whoever opens a recommendation walks on within the filter', async ({ page }) => {
  await page.goto(`${EXAMPLIA}?status=in_process&sort=-paragraph`);
  const wanted = (await column(page, 'Paragraph')).slice(0, 25);
  await page.getByRole('table').getByRole('link', { name: wanted[0] ?? '', exact: true }).click();
  const walked: string[] = [];
  for (let step = 1; step <= 27; step += 1) {
    const heading = await page.getByRole('heading', { level: 1 }).innerText();
    walked.push(heading.replace('Paragraph ', ''));
    const way = page.getByRole('navigation', { name: 'Previous and next recommendation' });
    await expect(way).toContainText(`${step} of 27 in the list`);
    const next = way.getByRole('link', { name: /^Next: / });
    if (step < 27) {
      await next.click();
    } else {
      await expect(next).toHaveCount(0);
    }
  }
  expect(walked.slice(0, 25)).toEqual(wanted);
  await page.getByRole('link', { name: 'Back to the list' }).click();
  expect(await column(page, 'Paragraph')).toEqual(walked.slice(25));
});

test('the whole row leads on', async ({ page }) => {
  const list = `${EXAMPLIA}?position=noted`;
  await page.goto(list);
  const row = page.getByRole('table').locator('tbody tr').first();
  const cell = await row.locator('td').nth(2).boundingBox();
  if (cell === null) {
    throw new Error('the row is not drawn');
  }
  await page.mouse.click(cell.x + cell.width - 4, cell.y + cell.height - 4);
  await expect(page).toHaveURL(/\/recommendations\/138\.\d+\?position=noted$/);
});

test('what an address gets wrong is said, and the rest of it counts', async ({ page }) => {
  const response = await page.goto(
    `${EXAMPLIA}?position=perhaps&sort=colour&per=7&page=x&round=never&unit=pages&recommending=Atlantis&position=noted`,
  );
  expect(response?.status()).toBe(200);
  const faults = page.getByRole('alert');
  for (const value of ['perhaps', 'colour', '7', 'x', 'never', 'pages', 'Atlantis']) {
    await expect(faults).toContainText(`“${value}”`);
  }
  expect(new Set(await column(page, 'Position'))).toEqual(new Set(['Noted']));

  await page.goto(`${BELARUS}?page=999`);
  await expect(page.getByRole('alert')).toContainText('There is no page 999: this is the last page.');
  expect(await column(page, 'Paragraph')).toHaveLength(18);

  await page.goto(`${BELARUS}?round=bhc-2023`);
  await expect(page.getByRole('alert')).toContainText('bhc-2023');

  await page.goto(`${BELARUS}?q=${encodeURIComponent('<script>alert(1)</script>')}`);
  await expect(page.getByRole('heading', { level: 2 }).first()).toContainText(
    'with the words “<script>alert(1)</script>”',
  );
  await expect(page.getByText('No recommendation matches this filter.')).toBeVisible();
  expect(await page.locator('script').count()).toBe(0);
  await page.getByRole('link', { name: 'All 93 recommendations' }).click();
  expect(await rowCount(page)).toBe(93);
});
