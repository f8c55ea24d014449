import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';

export const ROOT = resolve(import.meta.dirname, '../..');
export const PROGRAM = join(ROOT, 'bin/sre-orch.js');
export const DUMPS = join(ROOT, 'test/fixtures/dumps');
const LIMIT_MS = 20_000;

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
}

/** A home of its own: what one test stores, no other sees. */
export class Home implements Disposable {
  readonly path: string;
  readonly data: string;

  constructor() {
    this.path = mkdtempSync(join(tmpdir(), 'sre-orch-home-'));
    this.data = join(this.path, 'data');
  }

  /** Nothing of the developer's environment reaches the program: no kubeconfig, no colours, no locale. */
  env(more: RunOptions['env'] = {}): Record<string, string> {
    const own = { PATH: process.env['PATH'], HOME: this.path, XDG_DATA_HOME: this.data, XDG_CONFIG_HOME: join(this.path, 'config'), LANG: 'C.UTF-8', ...more };
    return Object.fromEntries(Object.entries(own).filter((pair): pair is [string, string] => pair[1] !== undefined));
  }

  start(args: readonly string[], { env, cwd = this.path }: RunOptions = {}): Running {
    return new Running(spawn(process.execPath, [PROGRAM, ...args], { cwd, env: this.env(env), stdio: ['ignore', 'pipe', 'pipe'] }), args);
  }

  run(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
    return this.start(args, options).ended;
  }

  /** The same under a shell, for pipes and redirections; `$SRE` is the program. */
  shell(script: string, options: RunOptions = {}): Promise<Ended> {
    const { env, cwd = this.path } = options;
    const child = spawn('bash', ['-c', script], { cwd, env: { ...this.env(env), SRE: `${process.execPath} ${PROGRAM}` }, stdio: ['ignore', 'pipe', 'pipe'] });
    return new Running(child, [script]).ended;
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** The program while it runs. Every wait has a limit, and says what stderr held when it is reached. */
class Running {
  readonly ended: Promise<Ended>;
  #stdout = '';
  #stderr = '';
  readonly #child: ChildProcessByStdio<null, Readable, Readable>;
  readonly #args: readonly string[];

  constructor(child: ChildProcessByStdio<null, Readable, Readable>, args: readonly string[]) {
    this.#child = child;
    this.#args = args;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.#stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text;
    });
    const closed = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
    this.ended = this.#limited(
      closed.then(([code, signal]) => ({ code, signal, stdout: this.#stdout, stderr: this.#stderr })),
      'ended',
    );
    // A test that kills it and looks away is not to fail for that.
    this.ended.catch(() => {});
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** The first match in what stderr has held so far or will. */
  async saysOnStderr(pattern: RegExp): Promise<RegExpExecArray> {
    const seen = new Promise<RegExpExecArray>((found) => {
      const look = (): void => {
        const match = pattern.exec(this.#stderr);
        if (match === null) return;
        this.#child.stderr.off('data', look);
        found(match);
      };
      this.#child.stderr.on('data', look);
      look();
    });
    const gone = this.ended.then(({ code, stderr }): never => {
      const match = pattern.exec(stderr);
      if (match !== null) return match as never;
      throw new Error(`sre-orch ${this.#args.join(' ')} ended with ${code} without saying ${pattern}; stderr:\n${stderr}`);
    });
    return this.#limited(Promise.race([seen, gone]), `said ${pattern}`);
  }

  #limited<T>(work: Promise<T>, what: string): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, fail) => {
      timer = setTimeout(() => {
        this.#child.kill('SIGKILL');
        fail(new Error(`sre-orch ${this.#args.join(' ')} has not ${what} within ${LIMIT_MS} ms; stderr:\n${this.#stderr}`));
      }, LIMIT_MS);
    });
    return Promise.race([work, late]).finally(() => clearTimeout(timer));
  }
}

/** Fails with stderr beside the codes when the program ended otherwise. */
export function expectCode(ended: Ended, code: number): Ended {
  if (ended.code !== code)
    throw new Error(`exit ${ended.code ?? ended.signal}, not ${code}; stderr:\n${ended.stderr}\nstdout:\n${ended.stdout.slice(0, 2_000)}`);
  if (/^\s+at .+:\d+:\d+/m.test(ended.stderr)) throw new Error(`a stack trace on stderr:\n${ended.stderr}`);
  return ended;
}
