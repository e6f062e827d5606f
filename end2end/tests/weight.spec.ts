/** What a page for readers costs over the wire. */

import { expect, test } from '../support/base.ts';
import { sum, weigh } from '../support/weight.ts';

/** Thousands of bytes. */
const KB = 1_000;

test('a page for readers is light: few requests, few bytes, no script', async ({ page }) => {
  const all = await weigh(page);
  for (const address of [
    '/',
    '/states/BLR',
    '/reviews/BLR-1',
    '/reviews/BLR-3',
    '/reviews/XXA-3',
    '/reviews/XXA-3/recommendations?position=noted&sort=status',
    '/reviews/BLR-1/recommendations/97.1',
    '/reviews/XXA-3/rounds/mid-term',
    '/recommending/NOR',
    '/world',
    '/compare',
    '/methodology',
  ]) {
    const before = all.length;
    await page.goto(address, { waitUntil: 'networkidle' });
    const loaded = all.slice(before);
    const said = `${address}: ${JSON.stringify(loaded)}`;
    // The page itself and its style at least.
    expect(loaded.length, said).toBeGreaterThanOrEqual(2);
    expect(loaded.length, said).toBeLessThanOrEqual(4);
    expect(sum(loaded, /\.(js|wasm)$/), said).toBe(0);
    expect(sum(loaded, /\.css$/), said).toBeLessThanOrEqual(8 * KB);
    expect(sum(loaded, /./), said).toBeLessThanOrEqual(25 * KB);
  }
});
