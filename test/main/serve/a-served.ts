import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Incident } from '../../../src/domain/incident.ts';
import { DUMPS, type Home, PROGRAM } from '../program.ts';

/** Long enough for a process that gets little of the machine to say that it is there. */
const LEASE = '3s';
const STARTING_MS = 60_000;
const SETTLING_MS = 300_000;
const UNDER_WAY = ['pending', 'investigating', 'interrupted'];
type Row = Readonly<Record<string, unknown>>;

/** The server as a process of its own, over a small dump. */
export class AServed implements AsyncDisposable {
  readonly url: string;
  readonly #child: ChildProcessByStdio<null, null, Readable>;
  readonly #log: string[];

  private constructor(url: string, child: ChildProcessByStdio<null, null, Readable>, log: string[]) {
    this.url = url;
    this.#child = child;
    this.#log = log;
  }

  /** `home` keeps what it keeps; `args` are further flags. It reads the dump, unless they name a cluster. */
  static async start(home: Home, ...args: readonly string[]): Promise<AServed> {
    const reads = args.includes('--kubeconfig') ? [] : ['--snapshot', join(DUMPS, 'memory-limit')];
    const own = ['serve', '--listen', '127.0.0.1:0', ...reads, '--lease', LEASE, '--grace', '0s'];
    const child = spawn(process.execPath, [PROGRAM, ...own, ...args], { cwd: home.path, env: home.env(), stdio: ['ignore', 'ignore', 'pipe'] });
    const log: string[] = [];
    const listening = new Promise<string>((resolve, reject) => {
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        log.push(text);
        const [, url] = /^listening on (http:\S+?);? /m.exec(log.join('')) ?? [];
        if (url !== undefined) resolve(url);
      });
      child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${log.join('')}`)));
    });
    const late = AbortSignal.timeout(STARTING_MS);
    const url = await Promise.race([listening, once(late, 'abort').then(() => Promise.reject(new Error(`the server does not listen: ${log.join('')}`)))]);
    return new AServed(url as string, child, log);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get isThere(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** What it logged, line by line. */
  log(): Row[] {
    const lines = this.#log.join('').split('\n');
    return lines.filter((line) => line.startsWith('{') && line.endsWith('}')).map((line) => JSON.parse(line) as Row);
  }

  /** The id of an incident that was accepted; undefined where it was not. */
  async post(description: string): Promise<string | undefined> {
    const headers = { 'content-type': 'application/json' };
    try {
      const answer = await fetch(`${this.url}/api/v1/incidents`, { method: 'POST', headers, body: JSON.stringify({ description }) });
      const body = (await answer.json()) as { incident_id?: string };
      return answer.status === 202 ? body.incident_id : undefined;
    } catch {
      return undefined;
    }
  }

  async read<T>(path: string): Promise<T> {
    return (await (await fetch(`${this.url}${path}`)).json()) as T;
  }

  /** Every incident, once nothing is under way any more. */
  async settled(): Promise<readonly Incident[]> {
    for (const until = performance.now() + SETTLING_MS; performance.now() < until; await sleep(200)) {
      const all = await this.#all();
      if (all.every(({ status }) => !UNDER_WAY.includes(status))) return all;
    }
    throw new Error(`something is still under way: ${this.#log.join('').slice(-2_000)}`);
  }

  async end(signal: NodeJS.Signals): Promise<number | null> {
    const ended = once(this.#child, 'exit');
    if (!this.isThere) return this.#child.exitCode;
    this.#child.kill(signal);
    return ((await ended) as [number | null])[0];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end('SIGKILL');
  }

  async #all(): Promise<Incident[]> {
    const all: Incident[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const after: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const page: { items: Incident[]; next_cursor: string | null } = await this.read(`/api/v1/incidents?limit=200${after}`);
      all.push(...page.items);
      cursor = page.next_cursor;
    }
    return all;
  }
}
