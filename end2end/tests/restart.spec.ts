/** What was acknowledged survives a power cut. */

import { expect, signIn, test } from '../support/base.ts';
import { Tracker } from '../support/tracker.ts';

test('a saved assessment is there after the program was killed', async ({ browser, complaints }) => {
  test.setTimeout(120_000);
  // A program of its own: others are not to be killed under their tests.
  const tracker = await Tracker.start();
  try {
    const analyst = await tracker.newAccount('analyst');
    const context = await browser.newContext({ javaScriptEnabled: false });
    complaints.watch(context, () => tracker.origin, false);
    const page = await context.newPage();
    const before = tracker.origin;
    await signIn(page, analyst, before);
    const saved: string[] = [];
    for (const rationale of ['Saved first', 'Saved second', 'Saved just before the end']) {
      await page.goto(`${before}/assess/XXA-3/follow-up`);
      await page.getByRole('link', { name: 'Assess the next one' }).click();
      await page.getByRole('radio', { name: 'Implemented', exact: true }).check();
      await page.getByLabel('Rationale').fill(rationale);
      saved.push(new URL(page.url()).pathname);
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await expect(page.getByRole('status')).toContainText('is saved');
    }
    await tracker.kill();
    await tracker.serve();

    const again = await browser.newContext({ javaScriptEnabled: false });
    complaints.watch(again, () => tracker.origin, false);
    const later = await again.newPage();
    await signIn(later, analyst, tracker.origin);
    for (const [place, address] of saved.entries()) {
      await later.goto(tracker.origin + address);
      await expect(later.getByLabel('Rationale')).toHaveValue(
        ['Saved first', 'Saved second', 'Saved just before the end'][place] ?? '',
      );
      await expect(later.getByRole('radio', { name: 'Implemented', exact: true })).toBeChecked();
    }
    const { stdout } = await tracker.done('check');
    expect(stdout).toMatch(/^All is well/);
    await context.close();
    await again.close();
  } finally {
    await tracker.stop();
  }
});

test('a change in the middle of a kill is there whole or not at all', async () => {
  test.setTimeout(120_000);
  const tracker = await Tracker.start();
  try {
    const { pseudonym, password } = await tracker.newAccount('analyst');
    const post = (origin: string, action: string, form: Record<string, string>, cookie = '') =>
      fetch(`${origin}/api/${action}`, {
        method: 'POST',
        redirect: 'manual',
        body: new URLSearchParams(form),
        headers: { origin, cookie, accept: 'text/html' },
      });
    const { origin } = tracker;
    const login = await (await fetch(`${origin}/login`)).text();
    const form = /name="form" value="([^"]+)"/.exec(login)?.[1] ?? '';
    const entered = await post(origin, 'sign-in', { form, pseudonym, password });
    const cookie = (entered.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
    expect(cookie).toContain('session=');
    // A stream of changes; the program ends after the thirtieth was acknowledged.
    const list = await (
      await fetch(`${origin}/assess/XXA-3/follow-up?show=open`, { headers: { cookie } })
    ).text();
    const paragraphs = [...list.matchAll(/\/assess\/XXA-3\/follow-up\/([\d.]+)["?]/g)].map(
      ([, paragraph]) => paragraph ?? '',
    );
    const wanted = [...new Set(paragraphs)].slice(0, 120);
    expect(wanted.length).toBeGreaterThan(60);
    const acknowledged: string[] = [];
    let killed: Promise<void> | undefined;
    for (const paragraph of wanted) {
      try {
        const answer = await post(
          origin,
          'save-assessment',
          {
            review: 'XXA-3',
            round: 'follow-up',
            paragraph,
            version: '0',
            status: 'implemented',
            rationale: `Acknowledged ${paragraph}`,
          },
          cookie,
        );
        if (answer.status === 303 && (answer.headers.get('location') ?? '').endsWith(paragraph)) {
          acknowledged.push(paragraph);
        }
      } catch {
        break;
      }
      if (acknowledged.length === 30) {
        killed = tracker.kill();
      }
    }
    await killed;
    expect(acknowledged.length).toBeGreaterThanOrEqual(30);
    expect(acknowledged.length).toBeLessThan(wanted.length);
    await tracker.serve();
    const lost: string[] = [];
    for (const paragraph of acknowledged) {
      const form = await fetch(`${tracker.origin}/assess/XXA-3/follow-up/${paragraph}`, {
        headers: { cookie },
      });
      if (!(await form.text()).includes(`Acknowledged ${paragraph}`)) {
        lost.push(paragraph);
      }
    }
    expect(lost).toEqual([]);
    const { stdout } = await tracker.done('check');
    expect(stdout).toMatch(/^All is well/);
  } finally {
    await tracker.stop();
  }
});
