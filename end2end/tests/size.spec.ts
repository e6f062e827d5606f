/** Pages with as much on them as real data have: their height, their weight and their pages on paper. */

import { readFile, writeFile } from 'node:fs/promises';
import { expect, test as base } from '../support/base.ts';
import { tooWide } from '../support/layout.ts';
import { Tracker } from '../support/tracker.ts';
import { sum, weigh } from '../support/weight.ts';

/** A program of its own: other specs import, and pages grow. */
const test = base.extend<object, { tracker: Tracker }>({
  tracker: [
    // eslint-disable-next-line no-empty-pattern -- Playwright wants the braces.
    async ({}, use) => {
      const tracker = await Tracker.start();
      await use(tracker);
      await tracker.stop();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
});

test.describe.configure({ mode: 'serial' });

const STATES = [
  'Norway', 'Algeria', 'Argentina', 'Australia', 'Austria', 'Azerbaijan', 'Belgium', 'Brazil', 'Canada', 'Chile',
  'China', 'Cuba', 'Denmark', 'Ecuador', 'Egypt', 'Finland', 'France', 'Germany', 'Ghana', 'Hungary', 'India',
  'Indonesia', 'Ireland', 'Italy', 'Japan', 'Kenya', 'Mexico', 'Morocco', 'Nigeria', 'Pakistan', 'Peru', 'Poland',
  'Portugal', 'Qatar', 'Senegal', 'Spain', 'Sudan', 'Sweden', 'Togo', 'Uruguay',
];
const ISSUES = [
  'Death penalty', 'Labour', 'NHRI', 'Trafficking', 'Justice', 'Migrants', 'Minorities', 'Elections', 'Poverty',
  'Disabilities', 'General', 'Detention', 'Corruption', 'Development', 'Right to health', 'Right to education',
];

/** Sentences of the usual length of words in an order that no compression knows. */
async function sentences(count: number): Promise<string[]> {
  const prose = await readFile('../README.md', 'utf8') + await readFile('../data/README.md', 'utf8');
  const words = [...new Set(prose.match(/\b[a-z]{3,}\b/g))];
  let seed = 7;
  const next = (): string => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return words[Math.floor((seed / 2_147_483_648) * words.length)] ?? '';
  };
  return Array.from({ length: count }, () => {
    const sentence = Array.from({ length: 24 }, next).join(' ');
    return sentence.charAt(0).toUpperCase() + sentence.slice(1);
  });
}

async function bring(tracker: Tracker, name: string, lines: string[]): Promise<void> {
  const file = tracker.file(name);
  await writeFile(file, lines.join('\n'));
  await tracker.done('import', file);
}

test('home with the bundled set is at most three screens high', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto('/');
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  expect(height).toBeLessThanOrEqual(3 * 800);
});

test('a review with hundreds of recommendations is light', async ({ page, tracker }) => {
  const texts = await sentences(1_010);
  const pick = (from: readonly string[], place: number): string => from[place % from.length] ?? '';
  const answers = ['Accepted', 'Noted'];
  const unnumbered = (state: string, first: number, count: number): string[] =>
    texts
      .slice(first, first + count)
      .map((text, place) =>
        [state, text, pick(STATES, place), pick(answers, place), 1 + (place % 5), pick(ISSUES, place), 16].join(','),
      );
  const headings = 'To,Text,From,Response,Action,Issue,Session';
  // As many as are links, and one more.
  await bring(tracker, 'linked.csv', [headings, ...unnumbered('Chad', 0, 300)]);
  await bring(tracker, 'not-linked.csv', [headings, ...unnumbered('Mali', 300, 301)]);
  const numbered = texts
    .slice(601, 1_001)
    .map((text, place) => `NER-2,${111 + (place % 2)}.${place},${text},${pick(STATES, place)},supported`);
  await bring(tracker, 'numbered.csv', ['review,paragraph,text,recommending_states,position', ...numbered]);

  const all = await weigh(page);
  for (const [review, links] of [['TCD-2', 300], ['MLI-2', 0], ['NER-2', 400]] as const) {
    const before = all.length;
    await page.goto(`/reviews/${review}`, { waitUntil: 'networkidle' });
    await expect(page.locator('.squares a'), review).toHaveCount(links);
    if (links === 0) await expect(page.locator('.squares i'), review).toHaveCount(301);
    const loaded = all.slice(before);
    expect(sum(loaded, /\.css$/), review).toBeLessThanOrEqual(8_000);
    expect(sum(loaded, /./), `${review}: ${JSON.stringify(loaded)}`).toBeLessThanOrEqual(25_000);
  }
});

test('a briefing of eight long recommendations is one page and fits a telephone', async ({ page, tracker, javaScriptEnabled }) => {
  test.skip(javaScriptEnabled === false, 'where things are does not depend on script');
  const texts = await sentences(1_010);
  const lines = texts
    .slice(1_001, 1_009)
    .map((text, place) => ['Benin', text, 'Norway', 'Accepted', 3, 'Labour', place < 2 ? 2 : 16].join(','));
  await bring(tracker, 'briefing.csv', ['To,Text,From,Response,Action,Issue,Session', ...lines]);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/recommending/NOR/BEN');
  await expect(page.locator('table.briefing tbody tr')).toHaveCount(8);
  expect(await tooWide(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  for (const format of ['A4', 'Letter'] as const) {
    const pdf = await page.pdf({ format });
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length, format).toBe(1);
  }
  // Nothing lies over anything else on paper.
  await page.emulateMedia({ media: 'print' });
  for (const width of [680, 706]) {
    await page.setViewportSize({ width, height: 1_000 });
    const overlaps = await page.locator('.one-page').evaluate((one) => {
      const parts = [...one.querySelectorAll(':scope > *, .charts > *, .besides > *, .bars dt, .bars b, .briefing :is(th, td)')];
      const seen = parts.filter((part) => part.getBoundingClientRect().height > 0);
      const found: string[] = [];
      for (const [place, first] of seen.entries()) {
        for (const second of seen.slice(place + 1)) {
          if (first.contains(second)) continue;
          const [a, b] = [first.getBoundingClientRect(), second.getBoundingClientRect()];
          const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
          const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
          if (across > 1 && down > 1) found.push(`${first.outerHTML.slice(0, 80)} and ${second.outerHTML.slice(0, 80)}`);
        }
      }
      return found;
    });
    expect(overlaps, `on paper ${width} wide`).toEqual([]);
    expect(await tooWide(page), `on paper ${width} wide`).toEqual([]);
  }
});
