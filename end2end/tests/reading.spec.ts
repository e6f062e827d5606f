/** Somebody who only reads: no account, no cookie, no script. */

import type { Page } from '@playwright/test';
import { barNumbers, expect, tableRows, test } from '../support/base.ts';

/** Pages that are looked into by the crawl. */
const CRAWLED = 300;

/** Every link of a page that leads to another page here. */
async function ownLinks(page: Page): Promise<string[]> {
  const links = await page.locator('a[href]').evaluateAll((anchors) =>
    anchors.map((anchor) => anchor.getAttribute('href') ?? ''),
  );
  const { origin } = new URL(page.url());
  return links
    .map((link) => new URL(link, page.url()))
    .filter((url) => url.origin === origin)
    .map((url) => url.pathname + url.search);
}

test('a reader walks from the front page to a recommendation and to how it is counted', async ({
  page,
}) => {
  await page.goto('/');
  await expect(page).toHaveTitle(/UPR tracker/);
  await page.getByRole('main').getByRole('link', { name: 'Belarus', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Belarus' })).toBeVisible();

  await page.getByRole('main').getByRole('link', { name: 'first cycle' }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'Belarus, first cycle (2010)' }))
    .toBeVisible();
  await expect(page.getByText('93 recommendations; no assessment')).toBeVisible();

  await page.getByRole('link', { name: 'All 93 recommendations' }).click();
  await expect(page).toHaveURL(/\/reviews\/BLR-1\/recommendations/);
  await page.getByRole('main').getByRole('link', { name: '97.1', exact: true }).click();
  await expect(page.getByRole('main')).toContainText('Algeria');
  await expect(page.getByRole('main')).toContainText('Egypt');
  await expect(page.getByRole('main')).toContainText('Convention on Migrant Workers');

  await page.locator('a[rel="next"]').click();
  await expect(page).toHaveURL(/\/reviews\/BLR-1\/recommendations\/97\.2/);
  await page.locator('a[rel="prev"]').click();
  await expect(page).toHaveURL(/\/reviews\/BLR-1\/recommendations\/97\.1/);

  await page.goto('/reviews/BLR-3');
  await page.getByRole('link', { name: 'Mid-term assessment, 2023', exact: true }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'Mid-term assessment, 2023' }))
    .toBeVisible();

  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Methodology' })
    .click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('How the figures are counted');
});

test('the third cycle of Belarus shows what its two rounds reported', async ({ page }) => {
  await page.goto('/reviews/BLR-3/rounds/bhc-2023');
  await expect(page.locator('.headline')).toHaveText(
    '2 of 252 assessed recommendations implemented; 14 of 266 not assessed',
  );
  expect([...(await barNumbers(page))]).toEqual([
    ['Implemented', '2'],
    ['In process of implementation', '1'],
    ['Partially implemented', '26'],
    ['Not implemented', '223'],
    ['Not assessed', '14'],
    ['Assessed (base)', '252'],
    ['Received', '266'],
  ]);
  await expect(page.getByRole('main')).toContainText('published at the end of 2023; totals only');

  await page.goto('/reviews/BLR-3/rounds/coalition-later');
  expect([...(await barNumbers(page))]).toEqual([
    ['Implemented', '2'],
    ['Partially implemented', '24'],
    ['Not implemented', '226'],
    ['Not assessed', '14'],
    ['Assessed (base)', '252'],
    ['Received', '266'],
  ]);
  await expect(page.getByRole('main')).toContainText('executive summary; totals only');

  // Implemented, partially, not; not assessed; assessed; received. Asterisks mark what is derived.
  const rows = await tableRows(page, /^Response of the State under review, as recorded/);
  const numbers = new Map(
    rows.slice(1).map(([name = '', ...cells]) => [
      name,
      // The last column has the bars.
      cells.slice(0, -1).map((cell) => Number(cell.replace(/[^0-9].*$/, ''))),
    ]),
  );
  expect(numbers.get('Supported')).toEqual([0, 6, 0, 3, 6, 9]);
  expect(numbers.get('Supported as implemented')).toEqual([2, 17, 94, 11, 113, 124]);
  expect(numbers.get('Partially supported')).toEqual([0, 1, 17, 0, 18, 18]);
  expect(numbers.get('Noted')).toEqual([0, 0, 115, 0, 115, 115]);
  expect(numbers.get('All')).toEqual([2, 24, 226, 14, 252, 266]);

  // Both rounds stand on the page of the review.
  await page.goto('/reviews/BLR-3');
  const cards = page.getByRole('article');
  await expect(cards).toHaveCount(2);
  await expect(cards.filter({ hasText: 'Belarusian Helsinki Committee' }).first()).toContainText(
    '2 of 252 assessed recommendations implemented; 14 of 266 not assessed',
  );
  await expect(page.getByText('Only totals are public')).toBeVisible();
});

test('everything of the demonstration says that it is fictitious', async ({ page, tracker }) => {
  await page.goto('/');
  await expect(
    page.getByRole('listitem').filter({ hasText: 'Examplia (fictitious), third cycle' }),
  ).toBeVisible();
  for (const address of [
    '/states/XXA',
    '/reviews/XXA-3',
    '/reviews/XXA-3?unit=recommending-states',
    '/reviews/XXA-3/rounds/mid-term',
    '/reviews/XXA-3/recommendations',
    '/reviews/XXA-3/recommendations?position=noted',
  ]) {
    await page.goto(address);
    await expect(page.getByRole('note')).toContainText('Fictitious: the State Examplia does not exist');
  }
  await page.goto('/reviews/XXA-3/recommendations');
  await page.getByRole('table').getByRole('link').filter({ hasText: /^\d+\.\d+$/ }).first().click();
  await expect(page.getByRole('note')).toContainText('Fictitious: the State Examplia does not exist');
  for (const format of ['csv', 'json']) {
    const file = await page.request.get(`${tracker.origin}/reviews/XXA-3/recommendations.${format}`);
    expect(file.status()).toBe(200);
    expect(await file.text()).toMatch(/fictitious/i);
  }
});

test('reading sets no cookie, runs no script, and every link leads somewhere', async ({
  page,
  context,
  tracker,
}) => {
  test.setTimeout(180_000);
  const scripts: string[] = [];
  context.on('request', (request) => {
    if (/\.(js|wasm)(\?|$)/.test(request.url()) || request.resourceType() === 'script') {
      scripts.push(request.url());
    }
  });
  const start = [
    '/',
    '/states/BLR',
    '/reviews/BLR-1',
    '/reviews/BLR-3',
    '/reviews/BLR-1/recommendations',
    '/reviews/BLR-1/recommendations/97.1',
    '/reviews/BLR-3/rounds/bhc-2023',
    '/reviews/XXA-3',
    '/reviews/XXA-3/recommendations?position=noted',
    '/world',
    '/recommending/NOR',
    '/recommending/NOR/BLR',
    '/subjects/issue/Death%20penalty',
    '/methodology',
  ];
  const found = new Set<string>(start);
  // Opened in the browser: those that stand for their kind.
  for (const address of start) {
    const response = await page.goto(address);
    expect(response?.status(), address).toBe(200);
    expect(response?.headers()['set-cookie'], address).toBeUndefined();
    expect(await page.locator('script').count(), address).toBe(0);
    for (const link of await ownLinks(page)) {
      found.add(link);
    }
  }
  // Asked for: whatever they lead to, a few of each kind first.
  const kinds = new Map<string, string[]>();
  for (const address of found) {
    const kind = address.replace(/=[^&]*/g, '=').replace(/\d+/g, '0');
    kinds.set(kind, [...(kinds.get(kind) ?? []), address]);
  }
  const asked: string[] = [];
  for (let round = 0; asked.length < CRAWLED && round < found.size; round += 1) {
    asked.push(...[...kinds.values()].flatMap((addresses) => addresses[round] ?? []));
  }
  expect(asked.length).toBeGreaterThan(50);
  const broken: string[] = [];
  for (const address of asked.slice(0, CRAWLED)) {
    const response = await page.request.get(tracker.origin + address, { maxRedirects: 0 });
    const type = response.headers()['content-type'] ?? '';
    if (response.status() !== 200) {
      broken.push(`${response.status()} ${address}`);
    } else if (type.startsWith('text/html') && address !== '/login') {
      if (/<script\b/.test(await response.text())) {
        broken.push(`script in ${address}`);
      }
    }
    if (response.headers()['set-cookie'] !== undefined) {
      broken.push(`cookie at ${address}`);
    }
  }
  expect(broken).toEqual([]);
  expect(scripts).toEqual([]);
  expect(await context.cookies()).toEqual([]);
});
