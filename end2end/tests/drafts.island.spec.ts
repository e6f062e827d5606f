/** What is typed is never lost: a cut connection, a killed page, an ended session. */

import { readlinkSync } from 'node:fs';
import type { BrowserContext, Page } from '@playwright/test';
import { expect, signIn, test } from '../support/base.ts';
import type { SignIn } from '../support/tracker.ts';

async function openForm(page: Page, issue: string): Promise<string> {
  await page.goto(`/assess/XXA-3/follow-up?show=open&issue=${encodeURIComponent(issue)}`);
  await page.getByRole('link', { name: 'Assess the next one' }).click();
  await page.waitForSelector('html.keys-on', { state: 'attached' });
  return page.url();
}

/** What the browser holds of ours. */
const held = (page: Page): Promise<string[]> =>
  page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('upr ')));

async function signInHere(page: Page, { pseudonym, password }: SignIn): Promise<void> {
  await page.getByLabel('Pseudonym').fill(pseudonym);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

test('the connection is cut and comes back', async ({ page, context, visitor, tracker, complaints }) => {
  complaints.expect(/Failed to load resource|ERR_INTERNET_DISCONNECTED/);
  const account = await tracker.newAccount('analyst');
  await signIn(page, account);
  const address = await openForm(page, 'Elections');

  await context.setOffline(true);
  await page.getByRole('radio', { name: 'Partially implemented', exact: true }).check();
  await page.getByLabel('Rationale').fill('Typed on a train');
  await expect(page.locator('.saving [role=alert]')).toContainText('You are offline');
  expect(await held(page)).toHaveLength(1);
  // Saving waits as well, and nothing is lost by trying.
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByLabel('Rationale')).toHaveValue('Typed on a train');

  await context.setOffline(false);
  await expect(page.locator('.kept')).toContainText('Draft kept');
  expect(await held(page)).toEqual([]);
  // It is on the server: another browser of the same person has it.
  const elsewhere = await visitor();
  await signIn(elsewhere, account);
  await elsewhere.goto(address);
  await expect(elsewhere.getByLabel('Rationale')).toHaveValue('Typed on a train');
  await expect(elsewhere.getByText('and not saved')).toBeVisible();
});

test('the page is killed while somebody types', async ({ page, context, tracker, complaints }) => {
  complaints.expect(/Failed to load resource|ERR_INTERNET_DISCONNECTED/);
  await signIn(page, await tracker.newAccount('analyst'));
  const address = await openForm(page, 'Detention');
  await page.getByLabel('Rationale').fill('Typed before the crash');
  await expect(page.locator('.kept')).toContainText('Draft kept');
  await page.getByLabel('Title').fill('A report');
  await expect(page.locator('.kept')).toContainText('Draft kept');
  await page.waitForTimeout(1_000);
  await page.close();

  const again = await context.newPage();
  await again.goto(address);
  await expect(again.getByLabel('Rationale')).toHaveValue('Typed before the crash');
  await expect(again.getByLabel('Title').first()).toHaveValue('A report');

  // Killed while there is no connection: the browser has it, and hands it over.
  await again.waitForSelector('html.keys-on', { state: 'attached' });
  await context.setOffline(true);
  await again.getByLabel('Rationale').fill('Typed in a tunnel');
  await expect(again.locator('.saving [role=alert]')).toContainText('You are offline');
  await again.close();
  await context.setOffline(false);
  const third = await context.newPage();
  await third.goto(address);
  await expect(third.getByLabel('Rationale')).toHaveValue('Typed in a tunnel');
  await expect(third.getByText('and not saved')).toBeVisible();
  expect(await held(third)).toEqual([]);

  // Saved, it is no draft any more.
  await third.getByRole('radio', { name: 'Implemented', exact: true }).check();
  await third.getByLabel('Address or citation').first().fill('Archive, box 7');
  await third.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(third.getByRole('status').first()).toContainText('is saved');
  await third.waitForSelector('html.keys-on', { state: 'attached' });
  await expect(third.getByText('and not saved')).toHaveCount(0);
  await expect.poll(() => held(third)).toEqual([]);
});

test('the session ends while somebody types', async ({ page, context, tracker, complaints }) => {
  complaints.expect(/Failed to load resource|401/);
  const account = await tracker.newAccount('analyst');
  await signIn(page, account);
  const address = await openForm(page, 'Impunity');
  await context.clearCookies();
  await page.getByLabel('Rationale').fill('Typed after the end');
  await expect(page.locator('.saving [role=alert]')).toContainText('Your session has ended');
  await page.getByRole('link', { name: 'Sign in again and go on here' }).click();
  await signInHere(page, account);
  await expect(page).toHaveURL(address);
  await expect(page.getByLabel('Rationale')).toHaveValue('Typed after the end');
  await expect.poll(() => held(page)).toEqual([]);
  await page.waitForSelector('html.keys-on', { state: 'attached' });

  // Saved at once after the end: nothing had noticed yet.
  await expect(page.getByText('and not saved')).toBeVisible();
  await context.clearCookies();
  await page.getByRole('radio', { name: 'Not implemented', exact: true }).check();
  await page.getByLabel('Rationale').fill('Saved after the end');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Sign in first')).toBeVisible();
  await signInHere(page, account);
  await expect(page.getByLabel('Rationale')).toHaveValue('Saved after the end');
  await expect(page.getByRole('radio', { name: 'Not implemented', exact: true })).toBeChecked();
  await page.waitForSelector('html.keys-on', { state: 'attached' });
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('status').first()).toContainText('is saved');
  await page.waitForSelector('html.keys-on', { state: 'attached' });
  await expect.poll(() => held(page)).toEqual([]);
});

test('signing out leaves nothing in the browser', async ({ page, context, tracker, complaints }) => {
  complaints.expect(/Failed to load resource|ERR_INTERNET_DISCONNECTED/);
  await signIn(page, await tracker.newAccount('analyst'));
  await openForm(page, 'Minorities');
  await context.setOffline(true);
  await page.getByLabel('Rationale').fill('Typed and left');
  await expect(page.locator('.saving [role=alert]')).toContainText('You are offline');
  await context.setOffline(false);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('link', { name: 'Sign in' })).toBeVisible();
  expect(await held(page)).toEqual([]);
});

test('signing out in one tab leaves nothing for the others', async ({ page, context, tracker, complaints }) => {
  complaints.expect(/Failed to load resource|ERR_INTERNET_DISCONNECTED|401/);
  const account = await tracker.newAccount('analyst');
  await signIn(page, account);
  const address = await openForm(page, 'Minorities');
  const second = await context.newPage();
  await second.goto(address);
  await second.waitForSelector('html.keys-on', { state: 'attached' });
  await context.setOffline(true);
  await page.getByLabel('Rationale').fill('Typed and left open');
  await expect(page.locator('.saving [role=alert]')).toContainText('You are offline');
  await context.setOffline(false);
  await second.getByRole('button', { name: 'Sign out' }).click();
  await expect(second.getByRole('link', { name: 'Sign in' })).toBeVisible();
  // The first tab shows nothing of it either, and stores nothing more.
  await expect(page.getByLabel('Pseudonym')).toBeVisible();
  await expect(page.getByText('Typed and left open')).toHaveCount(0);
  expect(await held(second)).toEqual([]);
});

test('what another person left is removed', async ({ page, tracker }) => {
  await signIn(page, await tracker.newAccount('analyst'));
  await page.evaluate(() => localStorage.setItem('upr 987654 form', 'form=form&rationale=Theirs'));
  await openForm(page, 'Minorities');
  await expect.poll(() => held(page)).toEqual([]);
});

test('a session that was ended elsewhere takes along what was typed', async ({
  page,
  context,
  tracker,
  complaints,
}) => {
  complaints.expect(/Failed to load resource|401|EventSource/);
  const account = await tracker.newAccount('analyst');
  await signIn(page, account);
  await openForm(page, 'Minorities');
  const token = (await context.cookies()).find(({ name }) => name === 'session')?.value ?? '';
  const out = await fetch(`${tracker.origin}/api/sign-out`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: tracker.origin, accept: 'text/html', cookie: `session=${token}` },
  });
  expect(out.status).toBe(303);
  await page.getByLabel('Rationale').fill('Typed after the end');
  await expect(page.locator('.saving [role=alert]')).toContainText('Your session has ended');
  await expect.poll(() => held(page)).toEqual([]);
});

test('a save on its way takes no further keys', async ({ page, tracker }) => {
  await signIn(page, await tracker.newAccount('analyst'));
  const address = await openForm(page, 'Migrants');
  await page.route('**/api/save-assessment', async (route) => {
    await new Promise((done) => setTimeout(done, 1_500));
    await route.continue();
  });
  const here = await page.getByRole('heading', { level: 1 }).innerText();
  for (const key of ['4', 's', '1', 's']) {
    await page.keyboard.press(key);
  }
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(here, { timeout: 10_000 });
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(0);
  await page.goto(address);
  await expect(page.getByRole('radio', { name: 'Not implemented', exact: true })).toBeChecked();
  await expect(page.getByText('Another save came first')).toHaveCount(0);
});

test('a network that does not answer holds nothing up', async ({ page, tracker, complaints }) => {
  complaints.expect(/Failed to load resource|ERR_/);
  await signIn(page, await tracker.newAccount('analyst'));
  const address = await openForm(page, 'Poverty');
  await page.route('**/api/keep-draft', () => undefined);
  await page.getByRole('radio', { name: 'Partially implemented', exact: true }).check();
  await page.getByLabel('Rationale').fill('Typed into nothing');
  await expect.poll(() => held(page), { timeout: 5_000 }).toHaveLength(1);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('status').first()).toContainText('is saved');
  await expect.poll(() => held(page)).toEqual([]);
  await page.goto(address);
  await expect(page.getByLabel('Rationale')).toHaveValue('Typed into nothing');
});

test('what was given up does not come back', async ({ page, tracker }) => {
  await signIn(page, await tracker.newAccount('analyst'));
  const address = await openForm(page, 'Corruption');
  await page.getByLabel('Rationale').fill('To be given up');
  await expect(page.locator('.kept')).toContainText('Draft kept');
  await page.goto(address);
  await page.waitForSelector('html.keys-on', { state: 'attached' });
  await page.getByLabel('Rationale').fill('To be given up, and more of it');
  await page.getByRole('button', { name: 'Discard my changes' }).click();
  await expect(page.getByLabel('Rationale')).toHaveValue('');
  await page.waitForTimeout(1_000);
  await page.goto(address);
  await expect(page.getByLabel('Rationale')).toHaveValue('');
  expect(await held(page)).toEqual([]);
});

test('two windows of one person lose nothing', async ({ page, context, tracker, complaints }) => {
  complaints.expect(/409/);
  await signIn(page, await tracker.newAccount('analyst'));
  const address = await openForm(page, 'Development');
  const second = await context.newPage();
  await second.goto(address);
  await second.waitForSelector('html.keys-on', { state: 'attached' });
  await page.getByLabel('Rationale').fill('Typed in the first');
  await expect(page.locator('.kept')).toContainText('Draft kept');
  await second.getByLabel('Rationale').fill('Typed in the second');
  await expect(second.locator('.saving [role=alert]')).toContainText('in another window');
  await second.goto(address);
  await expect(second.getByLabel('Rationale')).toHaveValue('Typed in the first\n\nTyped in the second');
  await expect.poll(() => held(second)).toEqual([]);
});

test('what only the browser holds is among the drafts of the queue', async ({
  page,
  context,
  tracker,
  complaints,
}) => {
  complaints.expect(/Failed to load resource|ERR_INTERNET_DISCONNECTED/);
  await signIn(page, await tracker.newAccount('analyst'));
  const address = await openForm(page, 'Disabilities');
  await context.setOffline(true);
  await page.getByLabel('Rationale').fill('Typed and closed at once');
  await page.close({ runBeforeUnload: false });
  await context.setOffline(false);
  const again = await context.newPage();
  await again.goto('/assess/XXA-3/follow-up');
  await expect(again.getByRole('link', { name: 'Your drafts (1)' })).toBeVisible();
  await again.goto(address);
  await expect(again.getByLabel('Rationale')).toHaveValue('Typed and closed at once');
});

test('the keys that work while one types', async ({ page, tracker }) => {
  await signIn(page, await tracker.newAccount('analyst'));
  await openForm(page, 'Right to health');
  const here = await page.getByRole('heading', { level: 1 }).innerText();
  await page.getByLabel('Rationale').fill('Written');
  await page.keyboard.press('Escape');
  await page.keyboard.press('1');
  await expect(page.getByRole('radio', { name: 'Implemented', exact: true })).toBeChecked();
  await page.getByLabel('Rationale').focus();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(here);
});

test('the browser is killed while somebody types', async ({ playwright, launchOptions, tracker }, info) => {
  const account = await tracker.newAccount('analyst');
  const profile = info.outputPath('profile');
  const open = (): Promise<BrowserContext> =>
    playwright.chromium.launchPersistentContext(profile, { ...launchOptions, baseURL: tracker.origin });
  const context = await open();
  const page = await context.newPage();
  await signIn(page, account);
  const address = await openForm(page, 'Justice');
  await page.getByLabel('Rationale').fill('Typed before the kill');
  await expect(page.locator('.kept')).toContainText('Draft kept');
  // The browser writes down which process uses a profile.
  const process_ = /\d+$/.exec(readlinkSync(`${profile}/SingletonLock`))?.[0] ?? '';
  const gone = new Promise((done) => context.once('close', done));
  process.kill(Number(process_), 'SIGKILL');
  await gone;

  const later = await open();
  const again = await later.newPage();
  await signIn(again, account);
  await again.goto('/assess/XXA-3/follow-up');
  await expect(again.getByRole('link', { name: 'Your drafts (1)' })).toBeVisible();
  await again.goto(address);
  await expect(again.getByLabel('Rationale')).toHaveValue('Typed before the kill');
  await later.close();
});
