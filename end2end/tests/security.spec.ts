/** What nobody may do, what no answer may lack, and what no log may hold. */

import { truncate, writeFile } from 'node:fs/promises';
import type { APIRequestContext, APIResponse, Page } from '@playwright/test';
import { zipSync } from 'fflate';
import { expect, signIn, signInAs, test } from '../support/base.ts';
import type { Tracker } from '../support/tracker.ts';
import { uhriExport } from '../support/uhri.ts';

/** Every action with a request that a form of ours could send, and the least role that may. */
const ACTIONS = [
  ['save-assessment', 'analyst', { review: 'XXA-3', round: 'none', paragraph: '1.1', version: '0' }],
  ['discard-draft', 'analyst', { review: 'XXA-3', round: 'none', paragraph: '1.1' }],
  ['open-round', 'reviewer', { review: 'XXA-3', slug: '' }],
  ['publish-round', 'reviewer', { review: 'XXA-3', round: 'none', confirmed: 'yes' }],
  ['open-correction', 'reviewer', { review: 'XXA-3', round: 'none' }],
  ['withdraw-round', 'reviewer', { review: 'XXA-3', round: 'none', reason: 'x', confirmed: 'yes' }],
  ['choose-headline', 'reviewer', { review: 'XXA-3', chosen: 'none', reason: 'x' }],
  [
    'remove-round',
    'reviewer',
    { review: 'XXA-3', round: 'none', assessments: '0', drafts: '0', citations: '0', confirmed: 'yes' },
  ],
  ['apply-import', 'reviewer', { run: 'none' }],
  ['undo-import', 'reviewer', { run: 'none' }],
  ['mend-import-row', 'reviewer', { run: 'none', place: '1' }],
  ['decide-import-row', 'reviewer', { run: 'none', place: '1', decision: 'new' }],
  ['discard-import', 'reviewer', { run: 'none' }],
  ['map-import', 'reviewer', { upload: 'x' }],
  ['map-values', 'reviewer', { upload: 'x' }],
  ['discard-upload', 'reviewer', { upload: 'x' }],
  ['remove-mapping', 'reviewer', { name: 'no such mapping' }],
] as const;

const RANK = { nobody: 0, analyst: 1, reviewer: 2, administrator: 3 } as const;

const post = (
  request: APIRequestContext,
  tracker: Tracker,
  action: string,
  form: Record<string, string>,
  headers: Record<string, string> = { origin: tracker.origin },
): Promise<APIResponse> =>
  request.post(`${tracker.origin}/api/${action}`, {
    form,
    headers: { accept: 'application/json', ...headers },
    maxRedirects: 0,
  });

/** The token of a sign-in form, which every sign-in sends. */
async function signInForm(request: APIRequestContext, tracker: Tracker): Promise<string> {
  const page = await (await request.get(`${tracker.origin}/login`)).text();
  return /name="form" value="([^"]+)"/.exec(page)?.[1] ?? '';
}

/** How many entries the history has: any change of the data adds one. */
async function entries(tracker: Tracker): Promise<number> {
  const { stdout } = await tracker.done('check');
  const count = /^All is well: (\d+) entries/.exec(stdout)?.[1];
  expect(count, stdout).toBeDefined();
  return Number(count);
}

test('no answer goes out without the headers that keep a page to itself', async ({
  request,
  tracker,
}) => {
  for (const path of [
    '/',
    '/login',
    '/reviews/BLR-1',
    '/reviews/BLR-1/recommendations?q=law',
    '/reviews/BLR-1/recommendations.csv',
    '/methodology',
    '/healthz',
    '/nowhere',
    '/reviews/ZZZ-9',
    '/assess',
    '/api/sign-in',
  ]) {
    const answer = await request.get(tracker.origin + path, { maxRedirects: 0 });
    const headers = answer.headers();
    const policy = headers['content-security-policy'] ?? '';
    expect(policy, path).toContain("default-src 'none'");
    expect(policy, path).toContain("frame-ancestors 'none'");
    // Only pages with forms may send one.
    const hasForms = (await answer.text()).includes('<form');
    expect(policy, path).toContain(`form-action ${hasForms ? "'self'" : "'none'"};`);
    expect(policy, path).not.toMatch(/unsafe-inline|unsafe-eval'|script-src|https?:|\*/);
    expect(headers, path).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers['permissions-policy'], path).toContain('geolocation=()');
    expect(headers['server'], path).toBeUndefined();
    expect(headers['x-powered-by'], path).toBeUndefined();
  }
});

test('the page with the island runs only script files of this host', async ({
  page,
  tracker,
}) => {
  await signInAs(page, tracker, 'analyst');
  const answer = await page.request.get(`${tracker.origin}/assess/XXA-3/follow-up/138.1`);
  const policy = answer.headers()['content-security-policy'] ?? '';
  expect(policy).toMatch(/; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'$/);
  const scripts = (await answer.text()).match(/<script\b.*?<\/script>/gs) ?? [];
  expect(scripts).toHaveLength(1);
  expect(scripts[0]).toMatch(/^<script type="module" src="\/assets\/app\.[0-9a-f]+\.js"><\/script>$/);
  expect(answer.headers()['cache-control']).toBe('no-store');
});

test('a session is a cookie that scripts cannot read, and ends with signing out', async ({
  page,
  context,
  tracker,
}) => {
  await signInAs(page, tracker, 'analyst');
  const cookies = await context.cookies();
  expect(cookies.map(({ name, httpOnly, sameSite }) => ({ name, httpOnly, sameSite }))).toEqual([
    { name: 'session', httpOnly: true, sameSite: 'Lax' },
  ]);
  const token = cookies[0]?.value ?? '';
  expect(token.length).toBeGreaterThanOrEqual(32);
  await page.goto('/');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('link', { name: 'Sign in' })).toBeVisible();
  // What somebody copied before is worth nothing now.
  const later = await page.request.get(`${tracker.origin}/assess`, {
    headers: { cookie: `session=${token}` },
    maxRedirects: 0,
  });
  expect(later.status()).toBe(303);
  expect(later.headers()['location']).toBe('/login?next=%2Fassess');
  // Signed out elsewhere, a browser drops what it stored.
  expect(later.headers()['clear-site-data']).toBe('"cache", "storage"');
});

test('signing in ends the session that the browser had', async ({ page, tracker }) => {
  const [first, second] = [await tracker.newAccount('analyst'), await tracker.newAccount('analyst')];
  const session = async (account: typeof first, cookie?: string): Promise<string> => {
    const headers = { origin: tracker.origin, accept: 'text/html', ...(cookie && { cookie }) };
    const opened = await (await fetch(`${tracker.origin}/login`)).text();
    const form = /name="form" value="([^"]*)"/.exec(opened)?.[1] ?? '';
    const answer = await fetch(`${tracker.origin}/api/sign-in`, {
      method: 'POST',
      redirect: 'manual',
      headers,
      body: new URLSearchParams({ ...account, form }),
    });
    const set = answer.headers.getSetCookie().find((one) => one.startsWith('session=')) ?? '';
    return set.split(';')[0] ?? '';
  };
  const status = async (cookie: string): Promise<number> =>
    (await fetch(`${tracker.origin}/assess`, { redirect: 'manual', headers: { cookie } })).status;
  const old = await session(first);
  const planted = await session(second);
  const renewed = await session(first, old);
  expect(renewed).not.toBe(old);
  expect([await status(old), await status(renewed)]).toEqual([303, 200]);
  // Of two cookies of one name neither is taken.
  expect(await status(`${renewed}; ${planted}`)).toBe(303);
  expect(await status(`${planted}; ${renewed}`)).toBe(303);
  await page.goto('/');
});

test('requests for another host are refused', async ({ request, tracker }) => {
  const status = async (path: string, host: string): Promise<number> =>
    (await request.get(tracker.origin + path, { headers: { host } })).status();
  const { port } = new URL(tracker.origin);
  expect(await status('/', `evil.example:${port}`)).toBe(421);
  expect(await status('/', `127.0.0.1.evil.example:${port}`)).toBe(421);
  expect(await status('/', `localhost:${port}`)).toBe(200);
  expect(await status('/healthz', `evil.example:${port}`)).toBe(200);
});

test('no other site makes a visitor’s browser change anything', async ({ page, tracker }) => {
  await signInAs(page, tracker, 'administrator');
  const before = await entries(tracker);
  for (const [action, , form] of ACTIONS) {
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: tracker.origin, 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      // A browser with a session says where a form comes from; what does not is no browser of today.
      {},
    ]) {
      const answer = await post(page.request, tracker, action, form, headers);
      expect(answer.status(), `${action} from ${JSON.stringify(headers)}`).toBe(403);
    }
    // A link or an image cannot do it either.
    const asked = await page.request.get(`${tracker.origin}/api/${action}`, {
      params: form,
      maxRedirects: 0,
    });
    expect([404, 405], action).toContain(asked.status());
  }
  const round = { review: 'XXA-3', slug: 'evil', organisation: 'Evil', title: 'Evil', scale: 'bhc-2023' };
  const evil = await post(page.request, tracker, 'open-round', round, {
    origin: 'https://evil.example',
  });
  expect(evil.status()).toBe(403);
  expect(await entries(tracker)).toBe(before);
});

test('every action asks for its role', async ({ playwright, tracker }) => {
  for (const role of ['nobody', 'analyst', 'reviewer', 'administrator'] as const) {
    const request = await playwright.request.newContext();
    if (role !== 'nobody') {
      const form = await signInForm(request, tracker);
      const signedIn = await post(request, tracker, 'sign-in', {
        form,
        ...tracker.demonstration(role),
      });
      expect(signedIn.status(), role).toBe(303);
    }
    for (const [action, least, form] of ACTIONS) {
      const status = (await post(request, tracker, action, form)).status();
      if (role === 'nobody') {
        expect(status, `${action} by nobody`).toBe(401);
      } else if (RANK[role] < RANK[least]) {
        expect(status, `${action} by ${role}`).toBe(403);
      } else {
        // Let in: refused because there is no such thing, or done because it is gone already.
        expect([404, 422, 303], `${action} by ${role}`).toContain(status);
      }
    }
    const upload = await request.post(`${tracker.origin}/api/upload-file`, {
      multipart: { file: { name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b\n1,2\n') } },
      headers: { origin: tracker.origin, accept: 'application/json' },
    });
    expect(upload.status(), `upload-file by ${role}`).toBe(
      { nobody: 401, analyst: 403, reviewer: 422, administrator: 422 }[role],
    );
    for (const [path, least] of [
      ['/assess', 'analyst'],
      ['/assess/XXA-3/follow-up', 'analyst'],
      ['/assess/XXA-3/follow-up/138.1', 'analyst'],
      ['/reviews/XXA-3/rounds/new', 'reviewer'],
      ['/reviews/XXA-3/recommendations/138.1/correct', 'reviewer'],
      ['/import', 'reviewer'],
    ] as const) {
      const answer = await request.get(tracker.origin + path, { maxRedirects: 0 });
      const expected = role === 'nobody' ? 303 : RANK[role] < RANK[least] ? 403 : 200;
      expect(answer.status(), `${path} by ${role}`).toBe(expected);
    }
    await request.dispose();
  }
});

test('repeated failures slow a pseudonym down, and close it to nobody', async ({
  page,
  browser,
  tracker,
  complaints,
}) => {
  complaints.expect(/status of (422|503)/);
  test.setTimeout(120_000);
  const { pseudonym, password } = await tracker.newAccount('analyst');
  const attempt = async (name: string, typed: string): Promise<string> => {
    await page.goto('/login');
    await page.getByLabel('Pseudonym').fill(name);
    await page.getByLabel('Password').fill(typed);
    await page.getByRole('button', { name: 'Sign in' }).click();
    return page.getByRole('alert').innerText();
  };
  // Their owner signs in once at a browser of their own.
  const own = await (await browser.newContext({ baseURL: tracker.origin })).newPage();
  const enter = async (at: Page): Promise<void> => {
    await at.goto('/login');
    await at.getByLabel('Pseudonym').fill(pseudonym);
    await at.getByLabel('Password').fill(password);
    await at.getByRole('button', { name: 'Sign in' }).click();
    await expect(at.getByRole('button', { name: 'Sign out' })).toBeVisible({ timeout: 40_000 });
  };
  await own.goto('/login');
  await own.getByLabel('This is my own device').check();
  await own.getByLabel('Pseudonym').fill(pseudonym);
  await own.getByLabel('Password').fill(password);
  await own.getByRole('button', { name: 'Sign in' }).click();
  await own.getByRole('button', { name: 'Sign out' }).click();
  const failures: string[] = [];
  while (failures.length < 6) {
    failures.push(await attempt(pseudonym, 'not the password'));
  }
  expect(new Set(failures).size).toBe(1);
  expect(failures[0]).toContain('Wrong pseudonym or password');
  // Who does not exist fails in the same words, so that nobody learns who does.
  expect(await attempt('nobody-of-this-name', 'not the password')).toBe(failures[0]);
  // At the known browser nothing of it is felt, and elsewhere the right password has to wait.
  await own.goto('/login');
  await expect(own.getByLabel('This is my own device')).toBeChecked();
  await enter(own);
  await enter(page);
  await own.context().close();
});

test('signing in leads on to pages of this site only', async ({ page, tracker }) => {
  const account = await tracker.newAccount('analyst');
  for (const next of ['https://evil.example/', '//evil.example/', '/\\evil.example', 'javascript:1']) {
    await page.goto(`/login?next=${encodeURIComponent(next)}`);
    await page.getByLabel('Pseudonym').fill(account.pseudonym);
    await page.getByLabel('Password').fill(account.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible();
    expect(page.url()).toBe(`${tracker.origin}/`);
    await page.getByRole('button', { name: 'Sign out' }).click();
  }
  await page.goto('/assess/XXA-3/follow-up');
  await page.getByLabel('Pseudonym').fill(account.pseudonym);
  await page.getByLabel('Password').fill(account.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(`${tracker.origin}/assess/XXA-3/follow-up`);
});

const text = (content: string): Uint8Array => new TextEncoder().encode(content);

/** A workbook with that sheet and no more than what has to be there. */
const book = (sheet: Uint8Array): Buffer =>
  Buffer.from(
    zipSync({
      '[Content_Types].xml': text('<Types/>'),
      'xl/workbook.xml': text(
        '<workbook xmlns:r="r"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>',
      ),
      'xl/_rels/workbook.xml.rels': text(
        '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
      ),
      'xl/worksheets/sheet1.xml': sheet,
    }),
  );

/** A sheet whose only row asks for a file of the machine that reads it. */
function reachingOut(): Buffer {
  const cells = (...values: string[]): string =>
    values.map((value) => `<c t="str"><v>${value}</v></c>`).join('');
  return book(
    text(
      '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet><sheetData>' +
        `<row r="1">${cells('Text', 'Countries Concerned', 'UPR Session')}</row>` +
        `<row r="2">${cells('45.1 Read &e; aloud (Norway)', 'Monaco', '47')}</row>` +
        '</sheetData></worksheet>',
    ),
  );
}

/** Files that are not what they should be, and what is said about each. */
function brokenFiles(): [string, Buffer, RegExp][] {
  const sound = uhriExport('Monaco');
  const damaged = /damaged or incomplete/;
  return [
    ['empty.xlsx', Buffer.alloc(0), /Choose a file first/],
    ['noise.xlsx', Buffer.from('PK no archive, whatever it says'), /none of the files|damaged/],
    ['cut.xlsx', sound.subarray(0, Math.floor(sound.length / 2)), damaged],
    ['flipped.xlsx', flipped(sound), /damaged|headings|unpacks/],
    ['report.pdf', Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n'), /The PDF is damaged or incomplete/],
    ['old.xls', Buffer.from('d0cf11e0a1b11ae1'.repeat(64), 'hex'), /old Office version/],
    ['page.csv', Buffer.from('<html><script>alert(1)</script></html>'), /This is a web page/],
    ['bomb.xlsx', book(new Uint8Array(300 << 20)), /unpacks to more than|damaged/],
  ];
}

/** The same archive with its middle turned to noise. */
function flipped(content: Buffer): Buffer {
  const copy = Buffer.from(content);
  for (let place = 200; place < copy.length - 400; place += 3) {
    copy[place] = (copy[place] ?? 0) ^ 0x5a;
  }
  return copy;
}

async function upload(page: Page, file: Parameters<ReturnType<Page['getByLabel']>['setInputFiles']>[0]) {
  await page.goto('/import');
  await page.getByLabel('File', { exact: true }).setInputFiles(file);
  await page.getByRole('button', { name: 'Preview' }).click();
}

test('broken and hostile files are refused in plain words and change nothing', async ({
  page,
  tracker,
}) => {
  test.setTimeout(120_000);
  await signInAs(page, tracker, 'reviewer');
  const before = await entries(tracker);
  for (const [name, buffer, sentence] of brokenFiles()) {
    await upload(page, { name, mimeType: 'application/octet-stream', buffer });
    await expect(page.getByRole('alert'), name).toHaveText(sentence);
    expect(new URL(page.url()).pathname, name).toBe('/import');
    await expect(page.getByRole('alert'), name).not.toContainText(/root:|panicked|\.rs/);
  }
  // Entities are not looked up, wherever they point.
  await upload(page, {
    name: 'entity.xlsx',
    mimeType: 'application/octet-stream',
    buffer: reachingOut(),
  });
  await expect(page.getByRole('main')).toContainText(/damaged|A file to be imported/);
  await expect(page.getByRole('main')).not.toContainText('root:');

  // A name of a file is text like any other.
  await upload(page, {
    name: '<img src=x onerror=alert(1)>.xlsx',
    mimeType: 'application/octet-stream',
    buffer: uhriExport('Monaco'),
  });
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('A file to be imported');
  await expect(page.getByRole('main')).toContainText('<img src=x onerror=alert(1)>.xlsx');
  await page.getByRole('button', { name: 'Do not import' }).click();

  expect(await entries(tracker)).toBe(before);
  const there = await page.request.get(`${tracker.origin}/reviews/MCO-4`);
  expect(there.status()).toBe(404);
  expect((await page.request.get(`${tracker.origin}/healthz`)).status()).toBe(200);
});

test('a file that is too large is refused before it has arrived', async ({
  page,
  tracker,
  complaints,
}) => {
  complaints.expect(/status of 413|ERR_CONNECTION_RESET/);
  await signInAs(page, tracker, 'reviewer');
  const before = await entries(tracker);
  const large = tracker.file('large.xlsx');
  await writeFile(large, 'PK');
  await truncate(large, 513 * 2 ** 20);
  await upload(page, large);
  await expect(page.getByRole('main')).toContainText(/too large/i);
  expect(await entries(tracker)).toBe(before);

  // Other forms are smaller.
  const long = await page.request.post(`${tracker.origin}/api/sign-in`, {
    form: { pseudonym: 'x'.repeat(2 << 20) },
    headers: { origin: tracker.origin },
  });
  expect(long.status()).toBe(413);
});

test('the log says what was answered, and nothing about whom', async ({ browser, tracker }) => {
  const account = await tracker.newAccount('analyst');
  const context = await browser.newContext({
    baseURL: tracker.origin,
    userAgent: 'Conspicuous/1.0 (of a reader)',
    javaScriptEnabled: false,
  });
  const page = await context.newPage();
  await page.goto('/reviews/BLR-1/recommendations?q=conspicuousword&recommending=NOR');
  await page.goto('/reviews/BLR-1/recommendations/97.1?q=conspicuousword');
  await page.goto('/login?next=%2Fassess%3Fconspicuousnext');
  await page.getByLabel('Pseudonym').fill(account.pseudonym);
  await page.getByLabel('Password').fill('conspicuouspassword');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await signIn(page, account);
  await page.goto('/assess/XXA-3/follow-up');
  await page.getByRole('link', { name: 'Assess the next one' }).click();
  await page.getByRole('radio', { name: 'Implemented', exact: true }).check();
  await page.getByLabel('Rationale').fill('conspicuousrationale');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('status')).toContainText('is saved');
  const session = (await context.cookies()).find(({ name }) => name === 'session')?.value ?? '?';
  await page.goto('/reviews/conspicuouspath');
  await context.close();

  await expect.poll(() => tracker.log).toContain('route="/reviews/{review}" status=404');
  for (const secret of [
    'onspicuous',
    'NOR',
    '97.1',
    '127.0.0.1',
    'Mozilla',
    'Chrome',
    account.pseudonym,
    account.password,
    session,
    'demo-',
  ]) {
    expect(tracker.log, `the log holds ${secret}`).not.toContain(secret);
  }
  expect(tracker.log).not.toMatch(/\b(\d{1,3}\.){3}\d{1,3}\b/);
});
