import { setTimeout as sleep } from 'node:timers/promises';
import { CHART, helm } from '../../../scripts/chart/helm.ts';
import { IMAGE, values } from '../../packaging/chart/values.ts';
import { kubectl, nodeAddresses, ownNamespace } from '../kubectl.ts';

type Values = Readonly<Record<string, string | number | boolean>>;

export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Where a port of the node answers: on this machine, or, where the node is a container of its own, at its address. */
async function reachable(port: number): Promise<string> {
  const candidates = ['127.0.0.1', ...(await nodeAddresses())].map((host) => `http://${host}:${port}`);
  const answers = async (url: string): Promise<boolean> =>
    fetch(`${url}/livez`, { signal: AbortSignal.timeout(2_000) }).then(
      ({ ok }) => ok,
      () => false,
    );
  // kube-proxy is told of a pod a little later than that it is ready.
  for (let left = 80; left > 0; left -= 1) {
    for (const url of candidates) if (await answers(url)) return url;
    await sleep(500);
  }
  throw new Error(`nothing answers at ${candidates.join(', ')}`);
}

/** The chart, installed in a namespace of its own under the name `sre`; gone when the test lets go of it. */
export class Release implements AsyncDisposable {
  readonly namespace: string;
  readonly #values: Values;
  readonly #nodePort: number;
  #address = '';
  #key = '';

  private constructor(namespace: string, set: Values, nodePort: number) {
    this.namespace = namespace;
    this.#values = set;
    this.#nodePort = nodePort;
  }

  /** `before` makes what the release needs in its namespace. */
  static async install(prefix: string, nodePort: number, set: Values = {}, before?: (namespace: string) => Promise<void>): Promise<Release> {
    const { name } = await ownNamespace(prefix);
    await before?.(name);
    const [repository = '', tag = ''] = (IMAGE ?? '').split(':');
    const all: Values = {
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
    if (all['orchestrator.enabled'] === false) return release;
    release.#key = await release.secret('sre-sre-orchestrator-key', 'key');
    await release.untilReached();
    return release;
  }

  /** What a Secret of the release holds. */
  async secret(name: string, key: string): Promise<string> {
    const data = await kubectl('get', 'secret', name, '-n', this.namespace, '-o', `jsonpath={.data.${key.replaceAll('.', '\\.')}}`);
    return Buffer.from(data, 'base64').toString('utf8');
  }

  get account(): { orchestrator: string; agent: string } {
    const account = (name: string): string => `system:serviceaccount:${this.namespace}:${name}`;
    return { orchestrator: account('sre-sre-orchestrator'), agent: account('sre-sre-orchestrator-agent') };
  }

  /** Where the orchestrator answers, from this machine. */
  get address(): string {
    return this.#address;
  }

  async untilReached(): Promise<void> {
    this.#address = await reachable(this.#nodePort);
  }

  /** What lets a request in. */
  get headers(): Readonly<Record<string, string>> {
    return { authorization: `Bearer ${this.#key}` };
  }

  async upgrade(set: Values): Promise<void> {
    await helm('upgrade', 'sre', CHART, '-n', this.namespace, '--wait', '--timeout', '4m', ...values({ ...this.#values, ...set }));
    await this.untilReached();
  }

  async rollback(): Promise<void> {
    await helm('rollback', 'sre', '-n', this.namespace, '--wait', '--timeout', '5m');
    await this.untilReached();
  }

  notes(): Promise<string> {
    return helm('get', 'notes', 'sre', '-n', this.namespace);
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

  /** `llm`: the model of the release is asked, where it has one. */
  async post(description: string, namespace: string, { llm = false } = {}): Promise<string> {
    const { status, body } = await this.ask('/api/v1/incidents', { description, namespace, llm });
    if (status !== 202) throw new Error(`${status}: ${JSON.stringify(body)}`);
    return String(body['incident_id']);
  }

  /** The names of all that was told of an incident that has ended. */
  async events(id: string): Promise<string[]> {
    const answer = await fetch(`${this.#address}/api/v1/incidents/${id}/events`, { headers: this.headers, signal: AbortSignal.timeout(15_000) });
    return [...(await answer.text()).matchAll(/^event: (\S+)$/gm)].map(([, name = '']) => name);
  }

  /** Once somebody works on it. */
  async begun(id: string, seconds = 60): Promise<void> {
    for (let left = seconds * 5; left > 0; left -= 1) {
      if ((await this.ask(`/api/v1/incidents/${id}`)).body['status'] === 'investigating') return;
      await sleep(200);
    }
    throw new Error(`${id} was not begun within ${seconds} s`);
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

  async uninstall(): Promise<void> {
    await helm('uninstall', 'sre', '-n', this.namespace, '--ignore-not-found');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.uninstall();
    await kubectl('delete', 'namespace', this.namespace, '--wait=false');
  }
}
