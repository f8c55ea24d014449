/** Why nodes were refused, one kind a filter of the scheduler (pkg/scheduler/framework/plugins, messages of v1.18 to v1.34). */
export type ClauseKind =
  | 'insufficient'
  | 'too-many-pods'
  | 'taint'
  | 'control-plane-taint'
  | 'node-unhealthy'
  | 'cordoned'
  | 'node-affinity'
  | 'pod-affinity'
  | 'pod-anti-affinity'
  | 'topology-spread'
  | 'host-port'
  | 'claim-unbound'
  | 'claim-missing'
  | 'claim-deleting'
  | 'claim-in-use'
  | 'volume-missing'
  | 'volume-node-affinity'
  | 'volume-none'
  | 'volume-limit'
  | 'volume-binding'
  | 'resource-claim'
  | 'no-nodes'
  | 'other';

export interface Clause {
  readonly kind: ClauseKind;
  readonly text: string;
  /** Nodes refused for this; null where the reason is the pod's own and no node was looked at. */
  readonly nodes: number | null;
  readonly resource: string | null;
  readonly taint_key: string | null;
  readonly taint_value: string | null;
  /** The claim that the clause names. */
  readonly claim: string | null;
}

export interface SchedulingMessage {
  readonly totalNodes: number | null;
  readonly clauses: readonly Clause[];
}

const TAINT = /had (?:untolerated )?taint\(?s?\)? ?\{([^:}]+):\s*([^}]*)\}/;

const KINDS: readonly (readonly [RegExp, ClauseKind])[] = [
  [/^Too many pods/, 'too-many-pods'],
  [/^Insufficient |enough free storage/, 'insufficient'],
  [/were unschedulable/, 'cordoned'],
  [/ReadWriteOncePod access mode/, 'claim-in-use'],
  [/persistentvolumeclaim "[^"]+" is being deleted/, 'claim-deleting'],
  [/bound to non-existent (?:persistentvolume|pv)/i, 'volume-missing'],
  [/persistentvolumeclaim "[^"]+" not found/, 'claim-missing'],
  [/unbound immediate PersistentVolumeClaims|waiting for ephemeral volume controller/, 'claim-unbound'],
  [/volume node affinity conflict|match PersistentVolume's node affinity|no available volume zone/, 'volume-node-affinity'],
  [/find available persistent volumes to bind/, 'volume-none'],
  [/exceed max volume count/, 'volume-limit'],
  [/binding volumes: |VolumeBinding/, 'volume-binding'],
  [/existing pods anti-affinity|pod anti-affinity|affinity\/anti-affinity/, 'pod-anti-affinity'],
  [/pod affinity rules/, 'pod-affinity'],
  [/topology spread constraints/, 'topology-spread'],
  [/node affinity|node selector|match the requested node name|node\(s\) didn't match Pod's node/, 'node-affinity'],
  [/free ports for the requested pod ports/, 'host-port'],
  [/cannot allocate all claims|resourceclaim/i, 'resource-claim'],
];

/**
 * Every clause of a FailedScheduling message, the one with most nodes first; undefined when the text tells no reason
 * ("skip schedule deleting pod"). What preemption tried is dropped: it repeats the node count, not the reason; v1.34 leaves
 * "not found" in its place.
 */
export function parseSchedulingMessage(message: string): SchedulingMessage | undefined {
  if (/^skip schedule deleting pod/.test(message.trim()) || message.trim() === '') return undefined;
  if (/no nodes available to schedule pods/.test(message)) return { totalNodes: 0, clauses: [clause('no-nodes', 'no nodes available', null)] };
  const [, total, rest] = /^\s*\d+\/(\d+) nodes? (?:are|is) available: ?(.*)$/s.exec(message) ?? [];
  const reasons = (rest ?? message).split(/\.? (?:no new claims to deallocate|preemption:)|\. not found$/)[0] ?? '';
  const clauses = splitClauses(reasons.trim().replace(/\.$/, '')).map(parseClause);
  return { totalNodes: total === undefined ? null : Number(total), clauses: clauses.sort((a, b) => (b.nodes ?? Infinity) - (a.nodes ?? Infinity)) };
}

/** Clauses are joined by ", " and begin with a node count, except those of the pod itself, which stand alone. */
function splitClauses(text: string): string[] {
  return text.split(/,\s+(?=\d+ )/).filter((part) => part.trim() !== '');
}

function parseClause(text: string): Clause {
  const [, count, reason = text] = /^(\d+) (.*)$/s.exec(text.trim()) ?? [];
  const nodes = count === undefined ? null : Number(count);
  const [, key, value] = TAINT.exec(reason) ?? [];
  if (key !== undefined) return { ...clause(taintKind(key.trim()), reason, nodes), taint_key: key.trim(), taint_value: value?.trim() ?? '' };
  const kind = KINDS.find(([pattern]) => pattern.test(reason))?.[1] ?? (/untolerated taint/.test(reason) ? 'taint' : 'other');
  return {
    ...clause(kind, reason, nodes),
    resource: kind === 'insufficient' ? (/^Insufficient (\S+)/.exec(reason)?.[1] ?? 'storage') : null,
    claim: /persistentvolumeclaim "([^"]+)"/i.exec(reason)?.[1] ?? null,
  };
}

function clause(kind: ClauseKind, text: string, nodes: number | null): Clause {
  return { kind, text: text.trim(), nodes, resource: null, taint_key: null, taint_value: null, claim: null };
}

/** Taints that Kubernetes itself sets speak of the node's state, not of who may use it. */
export function taintKind(key: string): 'taint' | 'control-plane-taint' | 'cordoned' | 'node-unhealthy' {
  if (key === 'node.kubernetes.io/unschedulable') return 'cordoned';
  if (/^node\.(cloudprovider\.)?kubernetes\.io\//.test(key)) return 'node-unhealthy';
  if (/^node-role\.kubernetes\.io\/(control-plane|master)$/.test(key)) return 'control-plane-taint';
  return 'taint';
}
