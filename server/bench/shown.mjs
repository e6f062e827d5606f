// shown.mjs ADDRESS...: for each page, when a telephone on a slow connection shows its largest content,
// in milliseconds, and how much its layout shifts. The connection and the processor are slowed down as
// Lighthouse does it for mobile: 150 ms there and back, 1.6 Mbit/s, a quarter of the speed. The median
// of five.
import { createRequire } from "node:module";

const { chromium } = createRequire(new URL("../../end2end/package.json", import.meta.url))("@playwright/test");
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

async function measured(address) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true });
  const page = await context.newPage();
  const tools = await context.newCDPSession(page);
  await tools.send("Network.enable");
  await tools.send("Network.emulateNetworkConditions", {
    offline: false, latency: 150, downloadThroughput: (1.6e6 / 8), uploadThroughput: (750e3 / 8),
  });
  await tools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.addInitScript(() => {
    window.seen = { largest: 0, shift: 0 };
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.seen.largest = entry.startTime;
    }).observe({ type: "largest-contentful-paint", buffered: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.seen.shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.goto(address, { waitUntil: "load" });
  await page.waitForTimeout(1000);
  const seen = await page.evaluate(() => window.seen);
  await context.close();
  return seen;
}

for (const address of process.argv.slice(2)) {
  const all = [];
  for (let time = 0; time < 5; time += 1) all.push(await measured(address));
  const median = (key) => all.map((seen) => seen[key]).sort((a, b) => a - b)[2];
  console.log(median("largest"), median("shift"));
}
await browser.close();
