/** What the workbench costs over the wire. */

import { expect, signIn, test } from '../support/base.ts';
import { sum, weigh } from '../support/weight.ts';

test('what an analyst needs of script is small', async ({ page, tracker }) => {
  await signIn(page, await tracker.newAccount('analyst'));
  await page.goto('/assess/XXA-3/follow-up');
  const loaded = await weigh(page);
  await page.getByRole('link', { name: 'Assess the next one' }).click();
  // The page is never idle, because it waits for what others do; with this button it is complete.
  await expect(page.getByRole('button', { name: 'Add another' })).toBeVisible();
  const said = JSON.stringify(loaded);
  expect(sum(loaded, /\.js$/), said).toBeGreaterThan(0);
  expect(sum(loaded, /\.wasm$/), said).toBeGreaterThan(0);
  expect(sum(loaded, /\.(js|wasm)$/), said).toBeLessThanOrEqual(62_000);
});
