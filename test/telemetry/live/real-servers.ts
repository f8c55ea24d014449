import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const PATIENCE_MS = 20_000;

/** The first of these programs that is installed. */
function installed(...names: readonly string[]): string | undefined {
  return names.find((name) => {
    try {
      execFileSync('which', [name], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  });
}

const PROMETHEUS = installed('prometheus');
const PROMTOOL = installed('promtool');
const ALERTMANAGER = installed('prometheus-alertmanager', 'alertmanager');
/** Why tests of real servers do not run; undefined where they do. */
export const MISSING = PROMETHEUS && PROMTOOL && ALERTMANAGER ? undefined : 'skipped: install the Debian packages prometheus and prometheus-alertmanager';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/** A real server of its own folder and port. */
export class RealServer implements AsyncDisposable {
  readonly url: string;
  readonly #process: ChildProcess;

  private constructor(url: string, process: ChildProcess) {
    this.url = url;
    this.#process = process;
  }

  /** Prometheus with a history (OpenMetrics text), scraping the targets every second. */
  static async prometheus({ history = '', targets = [] }: { history?: string; targets?: readonly { target: string; labels: object }[] }): Promise<RealServer> {
    const folder = mkdtempSync(join(tmpdir(), 'sre-orch-prometheus-'));
    const jobs = targets.map(({ target, labels }, index) => ({ job_name: `job-${index}`, static_configs: [{ targets: [target], labels }] }));
    // JSON is YAML.
    writeFileSync(join(folder, 'config.yml'), JSON.stringify({ global: { scrape_interval: '1s' }, scrape_configs: jobs }));
    if (history !== '') {
      writeFileSync(join(folder, 'history.om'), history);
      execFileSync(PROMTOOL ?? '', ['tsdb', 'create-blocks-from', 'openmetrics', join(folder, 'history.om'), join(folder, 'data')], { stdio: 'ignore' });
    }
    const own = [`--config.file=${join(folder, 'config.yml')}`, `--storage.tsdb.path=${join(folder, 'data')}`];
    return RealServer.#start(PROMETHEUS ?? '', own);
  }

  static async alertmanager(): Promise<RealServer> {
    const folder = mkdtempSync(join(tmpdir(), 'sre-orch-alertmanager-'));
    writeFileSync(join(folder, 'config.yml'), JSON.stringify({ route: { receiver: 'nobody' }, receivers: [{ name: 'nobody' }] }));
    return RealServer.#start(ALERTMANAGER ?? '', [`--config.file=${join(folder, 'config.yml')}`, `--storage.path=${folder}`, '--cluster.listen-address=']);
  }

  static async #start(program: string, args: readonly string[]): Promise<RealServer> {
    const address = `127.0.0.1:${await freePort()}`;
    const child = spawn(program, [...args, `--web.listen-address=${address}`, '--log.level=error'], { stdio: 'ignore' });
    const server = new RealServer(`http://${address}`, child);
    const until = Date.now() + PATIENCE_MS;
    for (;;) {
      const ready = await fetch(`${server.url}/-/ready`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (ready) return server;
      if (child.exitCode !== null || Date.now() > until) throw new Error(`${program} did not become ready`);
      await wait(100);
    }
  }

  async post(path: string, body: object): Promise<void> {
    const answer = await fetch(`${this.url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#process.kill('SIGKILL');
    if (this.#process.exitCode === null && this.#process.signalCode === null) await once(this.#process, 'exit');
  }
}
