/** The program under test: started on a database of its own, asked on the command line, stopped. */

import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const PROGRAM = path.resolve(
  import.meta.dirname,
  '..',
  process.env['UPR_TRACKER_BIN'] ?? '../target/release/upr-tracker',
);

/** How long the program may take to load the demonstration and listen. */
const START_MS = 60_000;

export type Role = 'analyst' | 'reviewer' | 'administrator';

export interface SignIn {
  pseudonym: string;
  password: string;
}

/** What a command printed, and how it ended. */
export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

export class Tracker {
  readonly database: string;
  private readonly folder: string;
  private process: ChildProcess | undefined;
  private address: string | undefined;
  private readonly signIns = new Map<string, SignIn>();
  private errors = '';

  private constructor(
    folder: string,
    /** Options of `serve` beside those that every test needs. */
    private readonly options: readonly string[],
  ) {
    this.folder = folder;
    this.database = `sqlite://${path.join(folder, 't.sqlite')}?mode=rwc`;
  }

  /** Starts the program on a new database with the demonstration in it. */
  static async start(...options: string[]): Promise<Tracker> {
    if (!existsSync(PROGRAM)) {
      throw new Error(`There is no program at ${PROGRAM}: build it, or set UPR_TRACKER_BIN.`);
    }
    const tracker = new Tracker(await mkdtemp(path.join(tmpdir(), 'upr-tracker-')), options);
    await tracker.serve();
    return tracker;
  }

  /** Where it listens: scheme, host and port. */
  get origin(): string {
    if (this.address === undefined) {
      throw new Error('The program is not running.');
    }
    return this.address;
  }

  /** Everything it has logged. */
  get log(): string {
    return this.errors;
  }

  /** A path for a file of a test, beside the database. */
  file(name: string): string {
    return path.join(this.folder, name);
  }

  /** The sign-in that the program made up for the demonstration. */
  demonstration(role: Role): SignIn {
    const signIn = this.signIns.get(`demo-${role}`);
    if (signIn === undefined) {
      throw new Error(`The program printed no sign-in for the demonstration's ${role}.`);
    }
    return signIn;
  }

  /** Adds an account on the command line, with a pseudonym that no other test uses. */
  async newAccount(role: Role): Promise<SignIn> {
    const pseudonym = `${role}-${Math.random().toString(36).slice(2, 10)}`;
    const { stdout } = await this.done('user', 'add', pseudonym, '--role', role);
    return { pseudonym, password: stdout.trim() };
  }

  /** Runs a command on the same database. */
  run(...words: string[]): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      const all = ['--database', this.database, ...words];
      const options = { ...this.surroundings, timeout: 60_000, maxBuffer: 1 << 26 };
      execFile(PROGRAM, all, options, (error, stdout, stderr) => {
        if (error === null) {
          resolve({ code: 0, stdout, stderr });
        } else if (typeof error.code === 'number') {
          resolve({ code: error.code, stdout, stderr });
        } else {
          reject(error);
        }
      });
    });
  }

  /** Runs a command that has to succeed. */
  async done(...words: string[]): Promise<Outcome> {
    const outcome = await this.run(...words);
    if (outcome.code !== 0) {
      throw new Error(`${words.join(' ')} ended with ${outcome.code}: ${outcome.stderr}`);
    }
    return outcome;
  }

  /** The tests decide how the program runs, not the environment that they run in. */
  private get surroundings(): { cwd: string; env: NodeJS.ProcessEnv } {
    const kept = Object.entries(process.env).filter(
      ([name]) => name !== 'DATABASE_URL' && !name.startsWith('UPR_TRACKER_'),
    );
    return { cwd: this.folder, env: Object.fromEntries(kept) };
  }

  /** Starts it, the first time or again. */
  async serve(): Promise<void> {
    const words = ['--database', this.database, 'serve', '--demo-if-empty', '--addr', '127.0.0.1:0', ...this.options];
    const started = spawn(PROGRAM, words, {
      ...this.surroundings,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.process = started;
    started.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.errors += text;
    });
    this.address = await new Promise<string>((resolve, reject) => {
      const late = setTimeout(() => {
        started.kill('SIGKILL');
        reject(new Error(`The program was not ready after ${START_MS} ms.\n${this.errors}`));
      }, START_MS);
      let printed = '';
      started.stdout.setEncoding('utf8').on('data', (text: string) => {
        printed += text;
        const listening = /^Listening at (http:\S+)$/m.exec(printed);
        if (listening?.[1] !== undefined) {
          clearTimeout(late);
          this.remember(printed);
          resolve(listening[1]);
        }
      });
      started.once('exit', (code) => {
        clearTimeout(late);
        reject(new Error(`The program ended with ${code}.\n${this.errors}`));
      });
    });
  }

  /** Ends it without any warning, as a power cut would. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** Asks it to end, and takes its database away. */
  async stop(): Promise<void> {
    await this.end('SIGTERM');
    await rm(this.folder, { recursive: true, force: true });
  }

  private async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const running = this.process;
    this.process = undefined;
    this.address = undefined;
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) {
      return;
    }
    const ended = new Promise<void>((resolve) => running.once('exit', () => resolve()));
    running.kill(signal);
    // It finishes the requests that are running for at most ten seconds.
    const impatient = setTimeout(() => running.kill('SIGKILL'), 15_000);
    await ended;
    clearTimeout(impatient);
  }

  private remember(printed: string): void {
    for (const [, pseudonym, password] of printed.matchAll(/^ {2}(demo-[a-z]+) +(\S+)$/gm)) {
      if (pseudonym !== undefined && password !== undefined) {
        this.signIns.set(pseudonym, { pseudonym, password });
      }
    }
  }
}
