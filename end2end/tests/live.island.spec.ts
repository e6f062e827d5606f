/** Two people in the same round: each sees what the other saves, and who is where. */

import { expect, signIn, test } from '../support/base.ts';

test('a save shows at the other within two seconds, without reloading', async ({
  page,
  visitor,
  tracker,
}) => {
  const [ada, ben] = [await tracker.newAccount('analyst'), await tracker.newAccount('analyst')];
  await signIn(page, ada);
  const other = await visitor();
  await signIn(other, ben);
  const list = '/assess/XXA-3/follow-up?issue=Trafficking';
  await other.goto(list);
  await other.waitForSelector('html.keys-on', { state: 'attached' });
  await page.goto(list);
  await page.getByRole('link', { name: 'Assess the next one' }).click();
  await page.waitForSelector('html.keys-on', { state: 'attached' });
  const paragraph = /[\d.]+$/.exec(await page.getByRole('heading', { level: 1 }).innerText())?.[0] ?? '';

  // Who is where.
  const row = other.getByRole('row').filter({ has: other.getByRole('link', { name: paragraph, exact: true }) });
  await expect(row).toContainText(`Also here: ${ada.pseudonym}`);

  const before = await other.locator('[data-progress]').innerText();
  await page.getByRole('radio', { name: 'Implemented', exact: true }).check();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const saved = Date.now();
  await expect(row.locator('[data-status]')).toHaveText('Implemented');
  const took = Date.now() - saved;
  console.log(`shown at the other after ${took} ms`);
  await expect(other.locator('.news')).toHaveText(`${ada.pseudonym} has saved ${paragraph}: Implemented.`);
  await expect(other.locator('[data-progress]')).not.toHaveText(before);
  expect(took).toBeLessThan(3_000);

  // Both have the same form open: the second is told, and what they typed stays.
  await other.goto(page.url());
  await other.waitForSelector('html.keys-on', { state: 'attached' });
  await expect(other.locator('p.here')).toHaveText(`Also here: ${ada.pseudonym}`);
  await expect(page.locator('p.here')).toHaveText(`Also here: ${ben.pseudonym}`);
  await other.getByLabel('Rationale').fill('What the second thinks');
  await page.getByLabel('Rationale').fill('What the first thinks');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(other.getByText('This recommendation has just been saved')).toBeVisible();
  await expect(other.getByLabel('Rationale')).toHaveValue('What the second thinks');
});

test('a role that was taken away stops working at once', async ({ page, tracker, complaints }) => {
  complaints.expect(/Failed to load resource|403|401/);
  const account = await tracker.newAccount('analyst');
  await signIn(page, account);
  await page.goto('/assess/XXA-3/follow-up/138.200');
  await page.waitForSelector('html.keys-on', { state: 'attached' });
  await tracker.done('user', 'disable', account.pseudonym);
  await page.getByLabel('Rationale').fill('Typed too late');
  await expect(page.locator('.saving [role=alert]')).toContainText(/cannot be kept|session has ended/);
  const answer = await page.request.post('/api/save-assessment', {
    headers: { accept: 'application/json', origin: tracker.origin },
    form: { review: 'XXA-3', round: 'follow-up', paragraph: '138.200', status: 'implemented' },
  });
  expect(answer.status()).toBe(401);
});
