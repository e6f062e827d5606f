/** What comes over the wire, as the browser counts it: headers and bodies, compressed, nothing kept from before. */

import type { Page } from '@playwright/test';

export interface Loaded {
  readonly path: string;
  readonly bytes: number;
}

/** From now on, everything that a page loads; the list grows. */
export async function weigh(page: Page): Promise<readonly Loaded[]> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  const paths = new Map<string, string>();
  const loaded: Loaded[] = [];
  session.on('Network.responseReceived', ({ requestId, response }) => {
    paths.set(requestId, new URL(response.url).pathname);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    loaded.push({ path: paths.get(requestId) ?? '', bytes: encodedDataLength });
  });
  return loaded;
}

/** The bytes of all whose path ends so. */
export function sum(loaded: readonly Loaded[], ends: RegExp): number {
  return loaded.filter(({ path }) => ends.test(path)).reduce((all, { bytes }) => all + bytes, 0);
}
