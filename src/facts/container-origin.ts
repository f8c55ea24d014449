import type { Origin } from '../domain/fact.ts';
import type { ContainerDoc } from '../domain/facts/container.ts';
import { refOf } from '../domain/kubernetes/object.ts';
import type { PodContainer } from './container-spec.ts';

/** Document paths whose source stands elsewhere in the Pod, longest first; `$spec` and `$status` are the container's parts. */
const SOURCES: readonly (readonly [string, string])[] = [
  ['pod.conditions', 'status.conditions'],
  ['pod.phase', 'status.phase'],
  ['pod.reason', 'status.reason'],
  ['pod.message', 'status.message'],
  ['pod.node', 'spec.nodeName'],
  ['pod.qos', 'status.qosClass'],
  ['pod.restart_policy', 'spec.restartPolicy'],
  ['pod.grace_s', 'spec.terminationGracePeriodSeconds'],
  ['pod.service_account', 'spec.serviceAccountName'],
  ['pod.deleting', 'metadata.deletionTimestamp'],
  ['pod.age_s', 'metadata.creationTimestamp'],
  ['pull_secrets', 'spec.imagePullSecrets'],
  ['pull_secret_unfit', 'spec.imagePullSecrets'],
  ['limits', '$spec.resources.limits'],
  ['requests', '$spec.resources.requests'],
  ['cpu_limit', '$spec.resources.limits.cpu'],
  ['memory_limit', '$spec.resources.limits.memory'],
  ['cpu_request', '$spec.resources.requests.cpu'],
  ['memory_request', '$spec.resources.requests.memory'],
  ['liveness', '$spec.livenessProbe'],
  ['readiness', '$spec.readinessProbe'],
  ['startup', '$spec.startupProbe'],
  ['image_pull_policy', '$spec.imagePullPolicy'],
  ['image_elsewhere', '$spec.image'],
  ['image', '$spec.image'],
  ['ports', '$spec.ports'],
  ['env', '$spec.env'],
  ['command', '$spec.command'],
  ['max_heap', '$spec'],
  ['mounts', '$spec.volumeMounts'],
  ['security', '$spec.securityContext'],
  ['references', '$spec.env'],
  ['missing', '$spec.env'],
  ['outdated', '$spec.env'],
  ['restart_count', '$status.restartCount'],
  ['ready', '$status.ready'],
  ['started', '$status.started'],
  ['running_s', '$status.state.running.startedAt'],
  ['waiting', '$status.state.waiting'],
  ['finished', '$status.state.terminated'],
  ['failing', '$status.state'],
  ['recently_failed', '$status.lastState'],
];
const CAMEL: Readonly<Record<string, string>> = {
  exit_code: 'exitCode',
  started_at: 'startedAt',
  finished_at: 'finishedAt',
  age_s: 'finishedAt',
  ran_s: 'startedAt',
  initial_delay_s: 'initialDelaySeconds',
  period_s: 'periodSeconds',
  timeout_s: 'timeoutSeconds',
  failure_threshold: 'failureThreshold',
};
const IN_HANDLER = new Set(['port', 'path', 'scheme', 'command', 'port_name', 'port_known']);
const HANDLERS = { http: 'httpGet', tcp: 'tcpSocket', grpc: 'grpc', exec: 'exec' } as const;

/** Where in the Pod a path of the container's document was read. */
export function containerOrigin(container: PodContainer, doc: ContainerDoc, path: string): Origin {
  const object = refOf(container.pod);
  const place = (fieldPath: string): Origin => ({
    object,
    fieldPath: fieldPath.replace('$spec', container.specPath).replace('$status', container.statusPath),
  });
  if (path.startsWith('termination') || path === 'killed_by')
    return place(`$status.${doc.termination?.current ? 'state' : 'lastState'}.terminated${tail(path)}`);
  if (path.startsWith('log')) return { object, source: 'log', ...logQuote(doc, path) };
  if (path.startsWith('node')) return { object: { kind: 'Node', name: doc.node?.name ?? '' }, fieldPath: 'status' };
  const source = SOURCES.find(([from]) => path === from || path.startsWith(`${from}.`) || (from.startsWith('image') && path.startsWith(from)));
  if (source === undefined) return place('$status');
  const [from, to] = source;
  return place(`${to}${probeTail(doc, from, path) ?? (to === '$spec.image' ? '' : path.slice(from.length))}`);
}

const LINES: ReadonlySet<string> = new Set(['fatal', 'deepest_cause', 'last_error', 'listens_locally']);

/** A line of a log stands for itself. */
function logQuote({ log }: ContainerDoc, path: string): Pick<Origin, 'fieldPath' | 'excerpt'> {
  const field = path.slice('log.'.length);
  const said = LINES.has(field) ? log[field as keyof typeof log] : null;
  return typeof said === 'string' ? { fieldPath: '', excerpt: said } : { fieldPath: 'log' };
}

function tail(path: string): string {
  const field = path.split('.')[1];
  return field === undefined ? '' : `.${CAMEL[field] ?? field}`;
}

/** `readiness.port` of a gRPC probe stands at `readinessProbe.grpc.port`; its failures stand in events, named by the probe. */
function probeTail(doc: ContainerDoc, from: string, path: string): string | undefined {
  if (from !== 'liveness' && from !== 'readiness' && from !== 'startup') return undefined;
  const field = path.split('.')[1];
  const kind = doc[from]?.kind;
  if (field === undefined || kind === undefined) return '';
  if (IN_HANDLER.has(field)) return `.${HANDLERS[kind]}.${field.replace(/_.*/, '')}`;
  return CAMEL[field] === undefined ? '' : `.${CAMEL[field]}`;
}
