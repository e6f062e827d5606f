// What every spec imports in place of Playwright's own `test`: it starts the built program on a
// free port with a new database, and fails a test whose page complains or talks to another host.
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { test as base, expect } from "@playwright/test";

const program = path.resolve(
  process.env.UPR_TRACKER_BIN ?? path.join(import.meta.dirname, "../../target/release/upr-tracker"),
);

/** The running program. */
export interface Tracker {
  /** Its address, without a slash at the end. */
  readonly url: string;
  /** The folder it runs in, where its database is. */
  readonly folder: string;
  /** Runs one of its commands on the same database and returns what it printed. */
  command(...words: string[]): Promise<string>;
}

interface Options {
  /** Console messages that a spec provokes on purpose, such as the one about a 404. */
  expectedComplaints: RegExp[];
}

export const test = base.extend<Options, { tracker: Tracker }>({
  tracker: [
    async ({}, use) => {
      const folder = await mkdtemp(path.join(tmpdir(), "upr-tracker-"));
      const child = start(folder);
      try {
        const url = await address(child);
        const run = promisify(execFile);
        await use({
          url,
          folder,
          async command(...words) {
            return (await run(program, words, { cwd: folder, env: environment() })).stdout;
          },
        });
      } finally {
        await stop(child);
        await rm(folder, { recursive: true, force: true });
      }
    },
    { scope: "worker", timeout: 60_000 },
  ],

  baseURL: async ({ tracker }, use) => use(tracker.url),

  expectedComplaints: [[], { option: true }],

  context: async ({ context, tracker, expectedComplaints }, use) => {
    const complaints: string[] = [];
    context.on("console", (message) => {
      const text = message.text();
      const expected = expectedComplaints.some((pattern) => pattern.test(text));
      if (["error", "warning"].includes(message.type()) && !expected) complaints.push(text);
    });
    context.on("weberror", ({ error }) => complaints.push(String(error())));
    context.on("request", (request) => {
      const { origin } = new URL(request.url());
      if (origin !== tracker.url) complaints.push(`a request to ${origin}`);
    });
    await use(context);
    expect(complaints, "what the browser complained of").toEqual([]);
  },
});

export { expect };

/** The tests decide about the database, not the environment they run in. */
function environment(): NodeJS.ProcessEnv {
  const { DATABASE_URL: _, ...rest } = process.env;
  return { UPR_TRACKER_LOG: "warn", ...rest };
}

function start(folder: string): ChildProcess {
  if (!existsSync(program)) {
    throw new Error(`${program} is not there; build it first, or set UPR_TRACKER_BIN`);
  }
  return spawn(program, ["serve", "--addr", "127.0.0.1:0", "--demo-if-empty"], {
    cwd: folder,
    env: environment(),
    stdio: ["ignore", "pipe", "inherit"],
  });
}

/** Waits for the line that says where the program listens, and reads on so that it never blocks. */
function address(child: ChildProcess): Promise<string> {
  return new Promise((found, failed) => {
    let printed = "";
    child.stdout?.on("data", (chunk) => {
      printed += String(chunk);
      const line = /Listening at (http:\/\/127\.0\.0\.1:\d+)\n/.exec(printed);
      if (line?.[1]) found(line[1]);
    });
    child.on("error", failed);
    child.on("exit", () => failed(new Error(`the program ended; it had printed: ${printed}`)));
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const late = setTimeout(() => child.kill("SIGKILL"), 12_000);
  await ended;
  clearTimeout(late);
}
