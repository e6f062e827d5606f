import { expect, test } from '../support/base.ts';

test('the program says that it can do its work', async ({ page }) => {
  const response = await page.goto('/healthz');
  expect(response?.status()).toBe(200);
  await expect(page.getByText('ok', { exact: true })).toBeVisible();
});
