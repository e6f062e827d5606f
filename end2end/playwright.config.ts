import { defineConfig } from '@playwright/test';

/**
 * Every spec runs twice, with JavaScript and without, because everything here has to work without.
 * What needs script by its nature is named `*.island.spec.ts`, and runs once.
 */
export default defineConfig({
  testDir: 'tests',
  outputDir: 'results',
  reporter: 'list',
  workers: 2,
  retries: 0,
  forbidOnly: true,
  fullyParallel: false,
  timeout: 60_000,
  globalTimeout: 40 * 60_000,
  expect: { timeout: 10_000 },
  use: {
    locale: 'en-GB',
    actionTimeout: 15_000,
    navigationTimeout: 20_000,
    viewport: { width: 1280, height: 900 },
    // Without it the page glides to what has the focus, and arrives when the machine has time for it.
    reducedMotion: 'reduce',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      // No sandbox, because tests may run as root; the rest keeps the browser from talking to anybody
      // but the program.
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
  projects: [
    { name: 'with-javascript', use: { javaScriptEnabled: true } },
    {
      name: 'without-javascript',
      use: { javaScriptEnabled: false },
      // axe is a script itself, where things are does not depend on script, and Firefox runs none.
      testIgnore: ['**/*.island.spec.ts', '**/accessibility.spec.ts', '**/narrow-and-forced-colours.spec.ts', '**/firefox.spec.ts', '**/layout.spec.ts', '**/print.spec.ts', '**/pseudo-locale.spec.ts'],
    },
  ],
});
