import type { SelfReviews } from '../../cluster/live/access-review.ts';
import type { ClusterReader } from '../../cluster/reader.ts';
import { asCoded } from '../../errors/coded-error.ts';
import type { LiveTelemetry, MetricSource } from '../../telemetry/telemetry-source.ts';
import { checkPermissions } from './check-permissions.ts';
import type { DoctorCheck, DoctorReport } from './doctor-report.ts';

/** What is looked at. Each function is called once, and may throw a coded error. */
export interface DoctorDeps {
  /** `process.versions.node` */
  readonly nodeVersion: string;
  /** The namespace that was asked for; else that of the context, else all are looked at. */
  readonly namespace: string | undefined;
  readonly allNamespaces: boolean;
  readonly now: () => Date;
  openReader(): Promise<ClusterReader>;
  openReviews(): Promise<SelfReviews>;
  /** Opens the store for writing, and closes it; answers what a person should know of it. */
  probeStore(): Promise<readonly string[]>;
  openTelemetry(): Promise<LiveTelemetry | undefined>;
  /** Loads all rules; answers how many there are. */
  countRules(): Promise<number>;
}

const NEEDED_NODE: readonly number[] = [22, 22, 2];

/** Checks all that an investigation stands on. A check that fails is told; nothing is thrown but an abort. */
export async function diagnose(deps: DoctorDeps, signal: AbortSignal): Promise<DoctorReport> {
  // Loading rules keeps the processor busy: beside it, the cluster would seem slow.
  const cluster = await checkCluster(deps, signal);
  const [store, rules, telemetry] = await Promise.all([checkStore(deps), checkRules(deps), checkTelemetry(deps, signal)]);
  signal.throwIfAborted();
  return { checks: [checkNode(deps.nodeVersion), ...cluster.checks, store, rules, ...telemetry], rbac: cluster.rbac };
}

function checkNode(version: string): DoctorCheck {
  const parts = version.split('.').map(Number);
  const difference = NEEDED_NODE.map((needed, index) => (parts[index] ?? 0) - needed).find((difference) => difference !== 0) ?? 0;
  if (difference >= 0) return { name: 'node', status: 'ok', text: `Node ${version}`, next_steps: [] };
  const needed = NEEDED_NODE.join('.');
  return { name: 'node', status: 'fail', text: `Node ${version} is too old: ${needed} is needed`, next_steps: [`Install Node ${needed} or newer.`] };
}

async function checkCluster(deps: DoctorDeps, signal: AbortSignal): Promise<DoctorReport> {
  const started = deps.now().getTime();
  let reader: ClusterReader;
  try {
    reader = await deps.openReader();
  } catch (error) {
    const unasked: DoctorCheck = { name: 'permissions', status: 'warn', text: 'not asked for: the cluster was not reached', next_steps: [] };
    return { checks: [failed('cluster', error), unasked], rbac: null };
  }
  const elapsed = deps.now().getTime() - started;
  await using opened = reader;
  const { cluster, context, server_version: version } = opened.target;
  const { reader: by } = opened.target;
  const place = by === 'remote' ? `the agent of ${cluster}` : context === null ? `the cluster this runs in` : `${cluster} (context ${context})`;
  const reached: DoctorCheck = {
    name: 'cluster',
    status: 'ok',
    text: `${place} answers, Kubernetes ${version ?? 'of a version that may not be read'}, in ${elapsed} ms`,
    next_steps: [],
  };
  const namespace = deps.allNamespaces ? undefined : (deps.namespace ?? opened.defaultNamespace);
  const { check, rbac } = await permissions(deps, { reader: opened, namespace }, signal);
  return { checks: [reached, check], rbac };
}

async function permissions(
  deps: DoctorDeps,
  about: { reader: ClusterReader; namespace: string | undefined },
  signal: AbortSignal,
): Promise<{ check: DoctorCheck; rbac: string | null }> {
  try {
    await using reviews = await deps.openReviews();
    return await checkPermissions({ reviews, ...about }, signal);
  } catch (error) {
    return { check: failed('permissions', error), rbac: null };
  }
}

async function checkStore({ probeStore }: DoctorDeps): Promise<DoctorCheck> {
  try {
    const notices = await probeStore();
    const text = notices.length === 0 ? 'investigations can be stored' : `investigations can be stored; ${notices.join('; ')}`;
    return { name: 'store', status: notices.length === 0 ? 'ok' : 'warn', text, next_steps: [] };
  } catch (error) {
    return failed('store', error);
  }
}

async function checkRules({ countRules }: DoctorDeps): Promise<DoctorCheck> {
  try {
    return { name: 'rules', status: 'ok', text: `${await countRules()} rules load without a problem`, next_steps: [] };
  } catch (error) {
    return failed('rules', error);
  }
}

/** Only servers that are asked for are looked at. Without them an investigation goes on, with gaps. */
async function checkTelemetry({ openTelemetry }: DoctorDeps, signal: AbortSignal): Promise<DoctorCheck[]> {
  try {
    const { metrics, alerts } = (await openTelemetry()) ?? {};
    const checks = [metrics && checkServer('prometheus', metrics, signal), alerts && checkServer('alertmanager', alerts, signal)];
    return await Promise.all(checks.filter((check) => check !== undefined));
  } catch (error) {
    signal.throwIfAborted();
    return [failed('prometheus', error)];
  }
}

async function checkServer(name: 'prometheus' | 'alertmanager', server: Pick<MetricSource, 'label' | 'probe'>, signal: AbortSignal): Promise<DoctorCheck> {
  const { items, gaps } = await server.probe(signal);
  const [lost] = gaps;
  if (lost === undefined) return { name, status: 'ok', text: `${server.label} answers (${items.join(', ')})`, next_steps: [] };
  const text = `${server.label} does not answer as it should: ${lost.detail ?? lost.needs}; reports will have gaps`;
  return { name, status: 'warn', text, next_steps: [`Check the address and the credentials: --${name}, --${name}-token-file, --telemetry-ca.`] };
}

function failed(name: DoctorCheck['name'], error: unknown): DoctorCheck {
  const { code, message, row } = asCoded(error);
  return { name, status: 'fail', text: `${message} (${code})`, next_steps: row.nextSteps };
}
