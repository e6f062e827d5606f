// Every spec runs twice, with JavaScript and without, unless its name ends in `.island.spec.ts`.
// The program under test is started by the fixture in `support/tracker.ts`, once per worker.
import { defineConfig, devices } from "@playwright/test";

const chromium = {
  ...devices["Desktop Chrome"],
  launchOptions: {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    // No sandbox, because tests may run as root; the rest keeps the browser from talking to
    // anybody but the program.
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  },
};

export default defineConfig({
  testDir: "tests",
  outputDir: "results",
  fullyParallel: true,
  forbidOnly: process.env.CI !== undefined,
  workers: 2,
  timeout: 30_000,
  reporter: [["list"]],
  use: { trace: "retain-on-failure" },
  projects: [
    { name: "with-javascript", use: chromium },
    {
      name: "without-javascript",
      use: { ...chromium, javaScriptEnabled: false },
      testIgnore: "**/*.island.spec.ts",
    },
  ],
});
