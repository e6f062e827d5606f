/**
 * Every kind of page in Firefox ESR with SVG and JavaScript switched off, as Tor Browser's level
 * "Safest" has them. Inline SVG then becomes text without spaces: "223223 of 252".
 */

import { expect, test } from '@playwright/test';
import { launch, type Browser, type Page } from 'puppeteer-core';

import { Tracker } from '../support/tracker.ts';
import { readWords } from '../support/words.ts';

/** Kinds of pages: an address of each, and what its reader must find there. */
const READING: readonly (readonly [kind: string, address: string, ...words: string[]])[] = [
  ['home', '/', '2 of 252 assessed recommendations implemented', '226 Not implemented', 'Belarus 1 2 3 Belgium'],
  ['State', '/states/BLR', 'third cycle 266 133 18 115 2 of 252 (0.8%)', '73 of 93 (78.5%)'],
  ['State that only recommends', '/states/NOR', '7 recommendations: 6 supported, 1 noted.'],
  ['review', '/reviews/XXA-3', 'Implemented 41 of 245 (16.7%)', 'Not implemented 103 of 245 (42%)'],
  ['review with totals only', '/reviews/BLR-3', 'Implemented 2 of 252 (0.8%)', 'Not implemented 226 of 252 (89.7%)'],
  ['review without assessment', '/reviews/BLR-1', 'Supported 73 of 93 (78.5%)'],
  ['list', '/reviews/XXA-3/recommendations', 'Not implemented 103', '138.8 Share experience'],
  ['list over all reviews', '/recommendations?q=law', '11 recommendations: with the words “law”', 'Rows 1–11 of 11'],
  ['recommendation', '/reviews/BLR-1/recommendations/97.1', '1 of 93 in the list', 'Supported Current position'],
  ['assessed recommendation', '/reviews/XXA-3/recommendations/138.2', 'as of 2023-12-31 Partially implemented'],
  ['round', '/reviews/XXA-3/rounds/mid-term', 'Implemented 41 of 245 (16.7%)', 'Noted 7 6 20 79 17 112 129'],
  ['round of totals', '/reviews/BLR-3/rounds/bhc-2023', 'Implemented 2 of 252 (0.8%)', 'Not implemented 223 of 252 (88.5%)'],
  ['chart', '/reviews/XXA-3/charts/group', 'Not assessed: 5 79 7 of 74 (9.5%)'],
  ['chart of statuses', '/reviews/XXA-3/charts/status', 'Implemented 41 of 245 (16.7%)'],
  ['chart in a frame', '/embed/reviews/XXA-3/charts/group', 'Not assessed: 5 79 7 of 74 (9.5%)'],
  ['chart over all reviews', '/charts/cycles?state=BLR', 'Not assessed: 14 266 2 of 252 (0.8%)'],
  ['chart of the world', '/charts/world', '0% to 20% 20% to 40%', 'Mali'],
  ['chart of the world in a frame', '/embed/charts/world', '0% to 20% 20% to 40%', 'Mali'],
  ['world', '/world', 'Belarus 78.5%', 'Belarus 93 73 (78.5%) 1 19'],
  ['subjects', '/subjects/issue', "Women's rights Supported: 15 15 15 of 15 (100%)"],
  ['subject', '/subjects/issue/Death%20penalty', '5 recommendations: 2 supported, 3 noted.'],
  ['recommending States', '/recommending', 'Brazil Supported: 4, Noted: 5 9 4 of 9'],
  ['recommending State', '/recommending/NOR', 'All States 93 73 (78.5%) 1 19'],
  ['briefing', '/recommending/NOR/BLR', '7 recommendations: 6 supported, 1 noted.', 'Supported: 6, Noted: 1 7 6 of 7'],
  ['rounds compared', '/reviews/BLR-3/compare', 'Not implemented 223 226 +3'],
  ['sets compared', '/compare?a=position%3Dnoted&b=position%3Dsupported', 'supported 100% 73 of 73', 'noted 0 19 19 19'],
  ['summary', '/summary?state=XXA', 'Supported as implemented Implemented: 19,', '50 19 of 50 (38%)'],
  ['search', '/search?q=law', '11 recommendations: with the words “law”'],
  ['search that suggests', '/search?q=Norwey', 'Norway'],
  ['history', '/reviews/XXA-3/history', 'Mid-term assessment'],
  ['evidence', '/reviews/XXA-3/evidence', 'Examplia (fictitious)'],
  ['about', '/about', 'Universal Periodic Review'],
  ['contact', '/about/contact', 'Contact'],
  ['licence', '/about/licence', 'Apache License 2.0'],
  ['privacy', '/about/privacy', 'Readers need no account.'],
  ['accessibility', '/about/accessibility', 'Web Content Accessibility Guidelines 2.2, level AA'],
  ['sources', '/about/sources', 'A/HRC/15/16 55 UPR Info, 2015 38 All 93'],
  ['methodology', '/methodology', '“2 of 252 assessed recommendations implemented; 14 of 266 not assessed”'],
  ['corrections', '/corrections', 'Nothing that was published has been corrected or withdrawn.'],
  ['sign-in', '/login', 'Pseudonym Password'],
  ['page not found', '/nowhere', 'Page not found'],
];

const WORKING: readonly (readonly [kind: string, address: string, ...words: string[]])[] = [
  ['open rounds', '/assess', 'of 266'],
  ['queue', '/assess/XXA-3/follow-up', 'of 266'],
  ['workbench', '/assess/XXA-3/follow-up/138.2', 'Share experience with other States', 'In process of implementation'],
  ['open round', '/reviews/XXA-3?round=follow-up', 'Not assessed'],
  ['import', '/import', 'Preview'],
];

test.describe.configure({ mode: 'default', timeout: 30_000 });

let tracker: Tracker;
let firefox: Browser;
let page: Page;

test.beforeAll(async () => {
  test.setTimeout(90_000);
  // A program of its own: other specs import and publish, and figures change.
  [tracker, firefox] = await Promise.all([
    Tracker.start(),
    launch({
      browser: 'firefox',
      executablePath: process.env['FIREFOX'] ?? '/usr/bin/firefox-esr',
      extraPrefsFirefox: { 'svg.disabled': true, 'javascript.enabled': false },
    }),
  ]);
  page = await firefox.newPage();
});

test.afterAll(async () => {
  await firefox?.close();
  await tracker?.stop();
});

/** What is wrong with the words of the page that is open, and the words. */
async function read(): Promise<{ faults: string[]; text: string }> {
  const { text, runTogether, drawings } = await page.evaluate(readWords);
  const faults = runTogether.map((place) => `run together: ${place}`);
  if (drawings > 0) {
    faults.push(`${drawings} SVG elements`);
  }
  return { faults, text };
}

const DRAWING =
  '<svg viewBox="0 0 99 9"><text x="0">Implemented: 2</text><text x="40">23</text><text x="60">223 of 252</text></svg>';

test('control: SVG and JavaScript are off, and a drawing is found', async () => {
  await page.goto(
    `data:text/html,${encodeURIComponent(
      `${DRAWING}<noscript>No script.</noscript><script>document.body.append('A script ran.')</script>`,
    )}`,
  );
  const { text, faults } = await read();
  expect(text).toBe('Implemented: 223223 of 252No script.');
  expect(faults).toEqual(expect.arrayContaining(['run together: Implemented: 2|23', 'run together: 23|223 of 252']));
  // The same on a page of the program.
  await page.goto(`${tracker.origin}/reviews/BLR-3`);
  expect((await read()).faults).toEqual([]);
  await page.evaluate((drawing) => {
    document.querySelector('main')?.insertAdjacentHTML('beforeend', drawing);
  }, DRAWING);
  expect((await read()).faults).toEqual([
    'run together: Implemented: 2|23',
    'run together: 23|223 of 252',
    '4 SVG elements',
  ]);
});

for (const [kind, address, ...words] of READING) {
  test(`words and figures of a page: ${kind}`, async () => {
    const answer = await page.goto(tracker.origin + address);
    // 304 for what the browser has in its cache.
    expect([200, 304].includes(answer?.status() ?? 0)).toBe(address !== '/nowhere');
    const { text, faults } = await read();
    expect(faults).toEqual([]);
    for (const figures of words) {
      expect(text).toContain(figures);
    }
  });
}

test('words and figures of the pages for signed-in people', async () => {
  const { pseudonym, password } = tracker.demonstration('reviewer');
  await page.goto(`${tracker.origin}/login`);
  await page.type('[name=pseudonym]', pseudonym);
  await page.type('[name=password]', password);
  await page.keyboard.press('Enter');
  await expect.poll(() => page.url()).toBe(`${tracker.origin}/`);
  for (const [kind, address, ...words] of WORKING) {
    await page.goto(tracker.origin + address);
    const { text, faults } = await read();
    expect(faults, kind).toEqual([]);
    for (const figures of words) {
      expect(text, kind).toContain(figures);
    }
  }
});
