import { setTimeout as sleep } from 'node:timers/promises';
import { CHART, helm } from '../../../scripts/chart/helm.ts';
import { IMAGE, values } from '../../packaging/chart/values.ts';
import { kubectl, ownNamespace } from '../kubectl.ts';

type Values = Readonly<Record<string, string | number | boolean>>;

export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The chart, installed in a namespace of its own under the name `sre`; gone when the test lets go of it. */
export class Release implements AsyncDisposable {
  readonly namespace: string;
  readonly #values: Values;
  readonly #address: string;
  #key = '';

  private constructor(namespace: string, set: Values, nodePort: number) {
    this.namespace = namespace;
    this.#values = set;
    this.#address = `http://127.0.0.1:${nodePort}`;
  }

  /** `before` makes what the release needs in its namespace. */
  static async install(prefix: string, nodePort: number, set: Values = {}, before?: (namespace: string) => Promise<void>): Promise<Release> {
    const { name } = await ownNamespace(prefix);
    await before?.(name);
    const [repository = '', tag = ''] = (IMAGE ?? '').split(':');
    const all = {
      'image.repository': repository,
      'image.tag': tag,
      'orchestrator.service.type': 'NodePort',
      'orchestrator.service.nodePort': nodePort,
      ...set,
    };
    const release = new Release(name, all, nodePort);
    try {
      await helm('install', 'sre', CHART, '-n', name, '--wait', '--timeout', '4m', ...values(all));
    } catch (error) {
      await release[Symbol.asyncDispose]();
      throw error;
    }
    const secret = await kubectl('get', 'secret', 'sre-sre-orchestrator-key', '-n', name, '-o', 'jsonpath={.data.key}');
    release.#key = Buffer.from(secret, 'base64').toString('utf8');
    return release;
  }

  get account(): { orchestrator: string; agent: string } {
    const account = (name: string): string => `system:serviceaccount:${this.namespace}:${name}`;
    return { orchestrator: account('sre-sre-orchestrator'), agent: account('sre-sre-orchestrator-agent') };
  }

  /** What lets a request in. */
  get headers(): Readonly<Record<string, string>> {
    return { authorization: `Bearer ${this.#key}` };
  }

  upgrade(set: Values): Promise<string> {
    return helm('upgrade', 'sre', CHART, '-n', this.namespace, '--wait', '--timeout', '4m', ...values({ ...this.#values, ...set }));
  }

  rollback(): Promise<string> {
    return helm('rollback', 'sre', '-n', this.namespace, '--wait', '--timeout', '5m');
  }

  test(): Promise<string> {
    return helm('test', 'sre', '-n', this.namespace, '--timeout', '3m');
  }

  /** Throws where nothing answers. */
  async ask(path: string, body?: object): Promise<Answer> {
    const answer = await fetch(`${this.#address}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { ...this.headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(15_000),
    });
    return { status: answer.status, body: (await answer.json()) as Answer['body'] };
  }

  async post(description: string, namespace: string): Promise<string> {
    const { status, body } = await this.ask('/api/v1/incidents', { description, namespace });
    if (status !== 202) throw new Error(`${status}: ${JSON.stringify(body)}`);
    return String(body['incident_id']);
  }

  /** The incident once it has ended. */
  async ended(id: string, seconds = 120): Promise<Answer['body']> {
    for (let left = seconds; left > 0; left -= 1) {
      const { body } = await this.ask(`/api/v1/incidents/${id}`);
      if (!['pending', 'investigating'].includes(String(body['status']))) return body;
      await sleep(1_000);
    }
    throw new Error(`${id} did not end within ${seconds} s`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await helm('uninstall', 'sre', '-n', this.namespace, '--ignore-not-found', '--wait');
    await kubectl('delete', 'namespace', this.namespace, '--wait=false');
  }
}
