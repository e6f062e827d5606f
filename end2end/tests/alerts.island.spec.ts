/** What keeps a text from being saved is said beside the buttons, as an alert. Keys are shown where there are some. */

import { expect, signIn, test } from '../support/base.ts';

const FORM = '/assess/XXA-3/follow-up/138.190';

test('offline, an alert stands beside saving until the text is kept', async ({ page, context, tracker, complaints }) => {
  complaints.expect(/Failed to load resource|ERR_INTERNET_DISCONNECTED/);
  await signIn(page, await tracker.newAccount('analyst'));
  await page.goto(FORM);
  await page.waitForSelector('html.keys-on', { state: 'attached' });
  const alert = page.locator('.saving').getByRole('alert');
  await expect(alert).toHaveCount(0);
  await context.setOffline(true);
  await page.getByLabel('Rationale').fill('Typed offline');
  await expect(alert).toContainText('You are offline, or the server does not answer. Your text is kept on this device.');
  await expect(alert).toBeInViewport();
  // In the colours of an alert.
  const colours = await page.locator('.saving .alert').evaluate((place) => {
    const probe = document.createElement('p');
    probe.style.background = 'var(--bad)';
    probe.style.color = 'var(--bad-ink)';
    place.append(probe);
    const [own, wanted] = [place, probe].map((of) => getComputedStyle(of));
    const same = own?.backgroundColor === wanted?.backgroundColor && own?.color === wanted?.color;
    probe.remove();
    return same;
  });
  expect(colours).toBe(true);
  // Read out once, not with every attempt.
  const changes = page.evaluate(() => new Promise<number>((done) => {
    const place = document.querySelector('.saving [role=alert]');
    let count = 0;
    new MutationObserver((records) => (count += records.length))
      .observe(place as Node, { childList: true, characterData: true, subtree: true });
    setTimeout(() => done(count), 4_000);
  }));
  expect(await changes).toBe(0);
  await context.setOffline(false);
  await expect(page.locator('.kept')).toContainText('Draft kept');
  await expect(alert).toHaveCount(0);
});

test('a browser that keeps no texts does not say that it does', async ({ page, context, tracker, complaints }) => {
  complaints.expect(/Failed to load resource|ERR_INTERNET_DISCONNECTED/);
  await signIn(page, await tracker.newAccount('analyst'));
  await page.goto(FORM);
  await page.waitForSelector('html.keys-on', { state: 'attached' });
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await context.setOffline(true);
  await page.getByLabel('Rationale').fill('Typed offline');
  const alert = page.locator('.saving').getByRole('alert');
  await expect(alert).toContainText('This browser keeps no texts');
  await context.setOffline(false);
  await expect(page.locator('.kept')).toContainText('Draft kept');
});

test('the method opens by a key, in a tab of its own', async ({ page, context, tracker }) => {
  await signIn(page, await tracker.newAccount('analyst'));
  await page.goto(FORM);
  await page.waitForSelector('html.keys-on', { state: 'attached' });
  await page.getByLabel('Rationale').fill('Typed before');
  await page.keyboard.press('Escape');
  const opened = context.waitForEvent('page');
  await page.keyboard.press('m');
  const method = await opened;
  await expect(method.getByRole('heading', { level: 1 })).toHaveText('Method and details');
  await expect(page.getByLabel('Rationale')).toHaveValue('Typed before');
});

test('a touch screen shows no keys', async ({ playwright, launchOptions, tracker }, info) => {
  const touch = await playwright.chromium.launchPersistentContext(info.outputPath('profile'), {
    ...launchOptions,
    ...playwright.devices['Pixel 7'],
    baseURL: tracker.origin,
  });
  const page = touch.pages()[0] ?? (await touch.newPage());
  await signIn(page, await tracker.newAccount('analyst'));
  await page.goto(FORM);
  await page.waitForSelector('html.keys-on', { state: 'attached' });
  await expect(page.locator('kbd.key').first()).toBeHidden();
  expect(await page.locator('kbd.key:visible').count()).toBe(0);
  await touch.close();
});
