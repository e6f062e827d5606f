/**
 * What every test stands on: the program, browsers that complain about everything that goes wrong in
 * a page, and the few steps that many tests begin with.
 */

import { test as playwright, expect, type BrowserContext, type Page } from '@playwright/test';
import { Tracker, type Role, type SignIn } from './tracker.ts';

export { expect };

/** What pages did that no page may do. */
export class Complaints {
  private readonly found: string[] = [];
  private readonly expected: RegExp[] = [];

  /** A complaint that the test brings about on purpose. */
  expect(pattern: RegExp): void {
    this.expected.push(pattern);
  }

  /** Listens to every page of a browser context, present and future. */
  watch(context: BrowserContext, origin: () => string, javaScriptEnabled: boolean): void {
    // A page with an island asks for its script early; where no script runs, that was for nothing.
    const idle = (text: string): boolean =>
      !javaScriptEnabled && /was preloaded using link preload but not used/.test(text);
    context.on('console', (message) => {
      if (['error', 'warning'].includes(message.type()) && !idle(message.text())) {
        this.found.push(`console: ${message.text()} (${message.location().url})`);
      }
    });
    context.on('weberror', (error) => this.found.push(`page error: ${error.error().message}`));
    context.on('request', (request) => {
      const url = new URL(request.url());
      if (url.protocol !== 'data:' && url.origin !== origin()) {
        this.found.push(`request to another host: ${request.url()}`);
      }
    });
  }

  /** Those that no test asked for. */
  unexpected(): string[] {
    return this.found.filter((one) => !this.expected.some((pattern) => pattern.test(one)));
  }
}

interface TestFixtures {
  complaints: Complaints;
  /** A browser of somebody else: its own cookies, watched like the first. */
  visitor: () => Promise<Page>;
}

interface WorkerFixtures {
  tracker: Tracker;
}

export const test = playwright.extend<TestFixtures, WorkerFixtures>({
  tracker: [
    // eslint-disable-next-line no-empty-pattern -- Playwright wants the braces.
    async ({}, use) => {
      const tracker = await Tracker.start();
      await use(tracker);
      await tracker.stop();
    },
    { scope: 'worker', timeout: 90_000 },
  ],

  baseURL: async ({ tracker }, use) => {
    await use(tracker.origin);
  },

  complaints: [
    async ({ context, tracker, javaScriptEnabled }, use) => {
      const complaints = new Complaints();
      complaints.watch(context, () => tracker.origin, javaScriptEnabled ?? true);
      await use(complaints);
      expect(complaints.unexpected(), 'what pages did that no page may do').toEqual([]);
    },
    { auto: true },
  ],

  visitor: async ({ browser, baseURL, javaScriptEnabled, complaints, tracker }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async () => {
      const context = await browser.newContext({
        javaScriptEnabled: javaScriptEnabled ?? true,
        ...(baseURL === undefined ? {} : { baseURL }),
      });
      contexts.push(context);
      complaints.watch(context, () => tracker.origin, javaScriptEnabled ?? true);
      return context.newPage();
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
});

/** Signs in on the sign-in page. */
export async function signIn(
  page: Page,
  { pseudonym, password }: SignIn,
  origin = '',
): Promise<void> {
  await page.goto(`${origin}/login`);
  await page.getByLabel('Pseudonym').fill(pseudonym);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible();
}

/** Signs in to the demonstration. */
export async function signInAs(page: Page, tracker: Tracker, role: Role): Promise<void> {
  await signIn(page, tracker.demonstration(role));
}

export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Sign in' }))
    .toBeVisible();
}

/** A table as its reader sees it: rows of trimmed cells, by the table's caption. */
export async function tableRows(page: Page, caption: string | RegExp): Promise<string[][]> {
  const table = page.getByRole('table', { name: caption });
  await expect(table).toBeVisible();
  return table.evaluate((element) =>
    [...(element as HTMLTableElement).rows].map((row) =>
      [...row.cells].map((cell) => cell.innerText.replace(/\s+/g, ' ').trim()),
    ),
  );
}

/** The numbers of the first bars of a page, by their labels. */
export async function barNumbers(page: Page): Promise<Map<string, string>> {
  const rows = page.locator('dl.bars').first().locator('div');
  await expect(rows.first()).toBeVisible();
  const pairs = await rows.evaluateAll((all) =>
    all.map((row): [string, string] => [
      row.querySelector('dt')?.innerText.trim() ?? '',
      row.querySelector('b')?.innerText.trim() ?? '',
    ]),
  );
  return new Map(pairs);
}
