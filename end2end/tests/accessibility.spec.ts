/** axe finds nothing on any kind of page, light or dark, wide or narrow. It needs script itself. */

import { AxeBuilder } from '@axe-core/playwright';
import type { RunOptions } from 'axe-core';
import type { Page } from '@playwright/test';
import { expect, signInAs, test } from '../support/base.ts';
import { ADMINISTRATION, READING, WORKING } from '../support/pages.ts';
import { uhriExport } from '../support/uhri.ts';

test.describe.configure({ mode: 'parallel', timeout: 120_000 });

/**
 * WCAG 2.2 level AA, and axe's best practice. `target-size` and `label-content-name-mismatch` are off in axe unless
 * they are asked for.
 */
const RULES: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  rules: { 'target-size': { enabled: true }, 'label-content-name-mismatch': { enabled: true } },
};

/** What axe finds on the page that is open, in every look that it has. */
async function findings(page: Page, name: string): Promise<string[]> {
  const found: string[] = [];
  // The shades at the edges of wide tables are gradients, on which axe cannot measure contrast. And the
  // bar with the buttons that save sticks to the window's edge: what it covers comes out by scrolling.
  await page.evaluate(() => {
    const plain = new CSSStyleSheet();
    plain.replaceSync('.scroll { background: none !important; } .saving { position: static !important; }');
    document.adoptedStyleSheets = [plain];
  });
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 900 });
    // Colours are the same at any width.
    for (const colorScheme of width === 1280 ? (['light', 'dark'] as const) : (['light'] as const)) {
      await page.emulateMedia({ colorScheme });
      const axe = new AxeBuilder({ page });
      // Light and dark differ only in their colours.
      const { violations, passes, incomplete } = await (
        colorScheme === 'light' ? axe.options(RULES) : axe.withRules(['color-contrast'])
      ).analyze();
      expect(passes.length, `rules that axe passed on ${name}`).toBeGreaterThan(0);
      if (colorScheme === 'light') {
        const ran = [...violations, ...passes, ...incomplete].map(({ id }) => id);
        expect(ran, `rules that axe ran on ${name}`).toContain('target-size');
      }
      const unmeasured = incomplete
        .filter(({ id }) => id === 'color-contrast')
        .flatMap(({ nodes }) => nodes)
        .filter(({ any }) => any.some(({ data }) => data?.messageKey === 'bgGradient'));
      expect(unmeasured.map(({ target }) => target.join(' ')), `contrast on a gradient, ${name}`).toEqual([]);
      for (const { id, nodes } of violations) {
        const places = nodes.map(({ target }) => target.join(' ')).slice(0, 3);
        found.push(`${name} (${colorScheme}, ${width}): ${id} at ${places.join(' and ')}`);
      }
    }
  }
  return found;
}

test('control: axe finds small targets, skipped headings and weak contrast in a table', async ({ page }) => {
  await page.goto('/reviews/BLR-3');
  await page.evaluate(() => {
    document.querySelector('main')!.insertAdjacentHTML(
      'beforeend',
      '<h5>Deep</h5><button id="a">a</button><button id="b">b</button><button aria-label="Close">Open the door</button><div class="scroll"><table><tr><td id="c">Pale</td></tr></table></div>',
    );
    for (const small of document.querySelectorAll<HTMLElement>('#a, #b')) {
      Object.assign(small.style, { display: 'inline-block', inlineSize: '9px', blockSize: '9px', minBlockSize: '0', padding: '0', margin: '0', fontSize: '5px' });
    }
    document.querySelector<HTMLElement>('#c')!.style.color = '#ccc';
  });
  const found = (await findings(page, 'control')).join('\n');
  for (const rule of ['target-size', 'label-content-name-mismatch', 'heading-order', 'color-contrast']) {
    expect(found).toContain(rule);
  }
});

for (const address of READING) {
  test(`a reader’s page: ${address}`, async ({ page }) => {
    await page.goto(address);
    expect(await findings(page, address)).toEqual([]);
  });
}

test('pages that say what went wrong', async ({ page, complaints, tracker }) => {
  test.setTimeout(120_000);
  complaints.expect(/status of (403|404|422)/);
  const found: string[] = [];
  await page.goto('/nowhere');
  found.push(...(await findings(page, 'not found')));
  await page.goto('/login');
  await page.getByLabel('Pseudonym').fill('nobody');
  await page.getByLabel('Password').fill('nothing');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  found.push(...(await findings(page, 'refused sign-in')));
  await signInAs(page, tracker, 'analyst');
  await page.goto('/import');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Not allowed');
  found.push(...(await findings(page, 'not allowed')));
  expect(found).toEqual([]);
});

for (const address of WORKING) {
  test(`a reviewer’s page: ${address}`, async ({ page, tracker }) => {
    await signInAs(page, tracker, 'reviewer');
    await page.goto(address);
    expect(await findings(page, address)).toEqual([]);
  });
}

test('headings in a note on the method', async ({ page, tracker }) => {
  await signInAs(page, tracker, 'reviewer');
  await page.goto('/assess/XXA-3/follow-up/method');
  const note = page.locator('textarea[name=method]');
  const before = await note.inputValue();
  const save = async (text: string): Promise<void> => {
    await note.fill(text);
    await page.locator('form:has([name=method])').getByRole('button').first().click();
    await expect(page.getByRole('status').first()).toBeVisible();
  };
  await save('# Sources\n\nWhat was read.\n\n### Interviews\n\nWith officials.\n\n###### Dates\n\nIn May.');
  await page.goto('/reviews/XXA-3/rounds/follow-up');
  await expect(page.getByRole('heading', { name: 'Interviews' })).toBeVisible();
  expect(await findings(page, 'a note with headings')).toEqual([]);
  await page.goto('/assess/XXA-3/follow-up/method');
  await save(before);
});

test('a preview of an import', async ({ page, tracker }) => {
  await signInAs(page, tracker, 'reviewer');
  await page.goto('/import');
  await page.getByLabel('File', { exact: true }).setInputFiles({
    name: 'export.xlsx',
    mimeType: 'application/octet-stream',
    buffer: uhriExport('Andorra'),
  });
  await page.getByRole('button', { name: 'Preview' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('A file to be imported');
  expect(await findings(page, 'preview')).toEqual([]);
  await page.getByRole('button', { name: 'Do not import' }).click();
});

test('the mapping of a table, and the scales', async ({ page, tracker }) => {
  await signInAs(page, tracker, 'administrator');
  await page.goto('/import');
  await page.getByLabel('File', { exact: true }).setInputFiles({
    name: 'table.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('Nr,Wortlaut,Wer\n1.1,Sign it,Fiji\n'),
  });
  await page.getByRole('button', { name: 'Preview' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Which column holds what?');
  const found = await findings(page, 'mapping');
  for (const address of ADMINISTRATION) {
    await page.goto(address);
    found.push(...(await findings(page, address)));
  }
  expect(found).toEqual([]);
});

test('two people at one assessment', async ({ page, visitor, tracker }) => {
  const found: string[] = [];
  const other = await visitor();
  await signInAs(page, tracker, 'reviewer');
  await signInAs(other, tracker, 'analyst');
  await page.goto('/assess/XXA-3/follow-up');
  await page.getByRole('link', { name: 'Assess the next one' }).click();
  await other.goto(page.url());
  for (const [person, rationale] of [
    [other, 'The first'],
    [page, 'The second'],
  ] as const) {
    await person.getByRole('radio', { name: 'Implemented', exact: true }).check();
    await person.getByLabel('Rationale').fill(rationale);
    await person.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(person.getByRole('status').or(person.getByText('Another save came first')))
      .toBeVisible();
  }
  await expect(page.getByText('Another save came first')).toBeVisible();
  found.push(...(await findings(page, 'conflict')));
  found.push(...(await findings(other, 'saved')));
  expect(found).toEqual([]);
});
