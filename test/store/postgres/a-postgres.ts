import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

const DEBIAN = '/usr/lib/postgresql';
const PROGRAMS = existsSync(DEBIAN)
  ? readdirSync(DEBIAN)
      .map((version) => join(DEBIAN, version, 'bin'))
      .findLast((folder) => existsSync(join(folder, 'postgres')))
  : undefined;
/** Why tests of PostgreSQL do not run; undefined where they do. */
export const MISSING = PROGRAMS === undefined ? 'skipped: install the Debian package postgresql' : undefined;
const PATIENCE_MS = 30_000;

/** PostgreSQL in a folder of its own, on a socket in it, until it is disposed of. It refuses to run as root, and so runs as another then. */
export class APostgres implements AsyncDisposable {
  readonly #folder: string;
  readonly #as: { uid?: number; gid?: number };
  #process: ChildProcess;

  private constructor() {
    this.#folder = mkdtempSync(join(tmpdir(), 'postgres-'));
    this.#as = userInfo().uid === 0 ? idsOf('nobody') : {};
    const { uid, gid } = this.#as;
    if (uid !== undefined && gid !== undefined) chownSync(this.#folder, uid, gid);
    const options = ['-D', join(this.#folder, 'data'), '-U', 'sre', '-A', 'trust', '-E', 'UTF8', '--locale', 'C.UTF-8', '--no-sync', '--no-instructions'];
    execFileSync(join(PROGRAMS ?? '', 'initdb'), options, { ...this.#as, cwd: this.#folder, stdio: 'ignore' });
    this.#process = this.#start();
  }

  static async start(): Promise<APostgres> {
    const postgres = new APostgres();
    await postgres.#ready();
    return postgres;
  }

  /** The address of an empty database of that name. */
  async database(name: string): Promise<string> {
    const client = new pg.Client({ host: this.#folder, user: 'sre', database: 'postgres' });
    await client.connect();
    await client.query(`CREATE DATABASE ${name}`);
    await client.end();
    return `postgres://sre@/${name}?host=${this.#folder}`;
  }

  async query(database: string, sql: string): Promise<Record<string, unknown>[]> {
    const client = new pg.Client({ host: this.#folder, user: 'sre', database });
    await client.connect();
    const { rows } = await client.query<Record<string, unknown>>(sql);
    await client.end();
    return rows;
  }

  /** Cuts every connection in the middle of what it does (https://www.postgresql.org/docs/15/server-shutdown.html, immediate). */
  async stop(): Promise<void> {
    this.#process.kill('SIGQUIT');
    if (this.#process.exitCode === null) await once(this.#process, 'exit');
  }

  async startAgain(): Promise<void> {
    this.#process = this.#start();
    await this.#ready();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #start(): ChildProcess {
    const options = ['-D', join(this.#folder, 'data'), '-k', this.#folder, '-c', 'listen_addresses=', '-c', 'max_connections=200', '-c', 'shared_buffers=32MB'];
    return spawn(join(PROGRAMS ?? '', 'postgres'), options, { ...this.#as, cwd: this.#folder, stdio: 'ignore' });
  }

  async #ready(): Promise<void> {
    for (const until = performance.now() + PATIENCE_MS; performance.now() < until; await sleep(50)) {
      try {
        await this.query('postgres', 'SELECT 1');
        return;
      } catch {
        // Not yet.
      }
    }
    throw new Error('PostgreSQL does not answer');
  }
}

function idsOf(user: string): { uid: number; gid: number } {
  const id = (flag: string): number => Number(execFileSync('id', [flag, user], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}
