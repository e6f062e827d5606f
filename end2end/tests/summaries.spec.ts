/** Summaries: read, followed to their rows, taken along, embedded. */

import { expect, signInAs, test } from '../support/base.ts';

test('a bar leads to the list that it counts', async ({ page }) => {
  await page.goto('/reviews/XXA-3?position=noted');
  const groups = page.getByRole('region', { name: 'Regional group' });
  const row = groups.locator('dl.bars > div').first();
  const received = await row.locator('b').innerText();
  await row.getByRole('link').click();
  await expect(page).toHaveURL(/\/recommendations\?.*position=noted/);
  await expect(page.locator('#words')).toHaveText(new RegExp(`^${received} recommendations? `));
});

test('a chart is taken along', async ({ page, request }) => {
  await page.goto('/reviews/BLR-3?round=bhc-2023');
  await page.getByText('Download and cite', { exact: true }).first().click();
  await page.getByRole('link', { name: 'Link, citation, embed code' }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Not implemented: 223 of 252/);
  await expect(page.locator('.citation')).toContainText('as of');
  await expect(page.locator('table.numbers tfoot, table.numbers tbody').last()).toContainText('223');
  for (const [name, type] of [
    ['SVG', 'image/svg+xml'],
    ['PNG', 'image/png'],
    ['CSV', 'text/csv'],
    ['JSON', 'application/json'],
    ['CSL-JSON', 'application/vnd.citationstyles.csl+json'],
  ] as const) {
    const href = await page.getByRole('link', { name, exact: true }).getAttribute('href');
    const answer = await request.get(href ?? '');
    expect(answer.headers()['content-type'], name).toContain(type);
  }
});

test('a picture alone is drawn', async ({ page, complaints }) => {
  // Chromium styles the page that it makes of a picture, which the picture's policy forbids as well.
  complaints.expect(/favicon|Applying inline style/);
  for (const ending of ['svg', 'png']) {
    await page.goto('/methodology');
    const answer = await page.goto(`/reviews/XXA-3/charts/issue.${ending}`);
    expect(answer?.status()).toBe(200);
  }
});

test('a chart can be framed, a page cannot', async ({ request }) => {
  const chart = await request.get('/embed/reviews/XXA-3/charts/group');
  expect(chart.headers()['content-security-policy']).toContain('frame-ancestors *');
  expect(chart.headers()['x-frame-options']).toBeUndefined();
  expect(chart.headers()['set-cookie']).toBeUndefined();
  const page = await request.get('/reviews/XXA-3/charts/group');
  expect(page.headers()['content-security-policy']).toContain("frame-ancestors 'none'");
  expect(page.headers()['x-frame-options']).toBe('DENY');
});

test('all of a chart is seen in the frame that its code makes', async ({ page }) => {
  for (const path of [
    '/reviews/XXA-3/charts/group',
    '/reviews/BLR-3/charts/position?round=coalition-later',
    '/reviews/BLR-1/charts/issue',
    '/charts/world-supported',
  ]) {
    await page.goto(path);
    const code = await page.locator('section[aria-labelledby="embed"] code').innerText();
    const height = Number(/ height="(\d+)"/.exec(code)?.[1]);
    for (const width of [390, 600, 900]) {
      await page.setViewportSize({ width, height });
      await page.goto(`/embed${path}`);
      const room = await page.evaluate(() => document.documentElement.scrollHeight);
      expect(room, `${path} in ${width}`).toBeLessThanOrEqual(height);
    }
    await page.setViewportSize({ width: 1280, height: 900 });
  }
});

test('two rounds show what moved', async ({ page, tracker }) => {
  await signInAs(page, tracker, 'reviewer');
  await page.goto('/reviews/XXA-3');
  await page.getByRole('link', { name: 'Compare rounds' }).click();
  await expect(page.locator('table.matrix tfoot')).toContainText('266');
  await expect(page.locator('.headline')).toHaveText(/of \d+ assessed in both rounds changed status/);
});

test('a status without a counterpart gets one from a person', async ({ page }) => {
  await page.goto('/reviews/BLR-3/compare?from=bhc-2023&to=coalition-later');
  await expect(page.locator('table.differences')).toContainText('In process of implementation');
  await page.getByLabel('“In process of implementation” is read as').selectOption('Partially implemented');
  await page.getByRole('button', { name: 'Compare' }).click();
  await expect(page.locator('table.differences')).not.toContainText('In process');
  await expect(page.locator('table.mapping')).toContainText('chosen on this page');
});
