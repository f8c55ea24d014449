import { type Conclusions, correlate } from '../../../src/correlate/correlate.ts';
import type { RootCause } from '../../../src/domain/cause.ts';
import type { Evidence, EvidenceDraft } from '../../../src/domain/evidence.ts';
import type { KubeObject } from '../../../src/domain/kubernetes/object.ts';
import { inventoryOf } from '../../topology/inventory-of.ts';
import { finding, inputOf } from '../scene.ts';

const APP = { name: 'app', image: 'example/web:1' };

/** A time of the morning in question: `09:10`, or `09:10:30`. */
export const at = (clock: string): string => `2026-11-21T${clock.length === 5 ? `${clock}:00` : clock}Z`;

export const deployment = (metadata: object = {}): KubeObject =>
  ({ kind: 'Deployment', metadata: { namespace: 'shop', name: 'web', creationTimestamp: at('07:00'), ...metadata } }) as KubeObject;

/** A revision of Deployment web: its ReplicaSet `web-<number>`, with the fields of its container. */
export function revision(
  number: number,
  container: object,
  { since, template = {}, name = `web-${number}` }: { since: string; template?: object; name?: string },
) {
  const owner = { kind: 'Deployment', name: 'web', controller: true };
  const annotations = { 'deployment.kubernetes.io/revision': String(number) };
  return {
    kind: 'ReplicaSet',
    metadata: { namespace: 'shop', name, creationTimestamp: at(since), annotations, ownerReferences: [owner] },
    spec: { template: { metadata: {}, ...template, spec: { containers: [{ ...APP, ...container }] } } },
  };
}

/** A pod of a ReplicaSet, or of a StatefulSet's revision by its label. */
export function podOf(set: string, name = `${set}-x`, controller: object = { kind: 'ReplicaSet', name: set, controller: true }) {
  return { kind: 'Pod', metadata: { namespace: 'shop', name, labels: { 'controller-revision-hash': set }, ownerReferences: [controller] } };
}

export const warning = (pod: string, reason: string, first: string, last = first) => ({
  kind: 'Event',
  type: 'Warning',
  reason,
  metadata: { namespace: 'shop', name: `${pod}.${reason}.${first}` },
  involvedObject: { kind: 'Pod', namespace: 'shop', name: pod },
  firstTimestamp: at(first),
  lastTimestamp: at(last),
});

interface Told extends Partial<Parameters<typeof finding>[1]> {
  readonly cause?: string;
  readonly evidence?: Partial<Evidence>;
}

/** The root cause of trouble with container app of `pods`, the first of it seen at 09:10. */
export function blamed(objects: readonly object[], { cause = 'container-memory-limit-exceeded', evidence = {}, ...given }: Told = {}): RootCause | undefined {
  const on = given.on ?? 'Deployment/shop/web';
  const pods = objects.filter((object) => (object as KubeObject).kind === 'Pod').map((object) => `Pod/shop/${(object as KubeObject).metadata.name}`);
  const found = finding(cause, { effect: 'killed', container: 'app', since: at('09:10'), seen: pods.slice(0, 1), ...given, on });
  const { root_causes, timeline } = concluded(objects, [found], { [`ev-${cause}`]: evidence });
  const [root] = root_causes;
  if (root?.change && !timeline.some(({ at: time, text }) => time === root.change?.at && text.includes('changed'))) throw new Error('not in the timeline');
  return root;
}

/** What is concluded of findings beside these objects. Pods are known to be of their ReplicaSet's Deployment where `graph` says so. */
export function concluded(
  objects: readonly object[],
  findings: Parameters<typeof inputOf>[0]['findings'],
  evidence: Readonly<Record<string, Partial<Evidence>>> = {},
  graph: readonly string[] = [],
): Conclusions {
  const cited = new Map<string, Evidence>();
  const input = inputOf({ findings, graph, inventory: inventoryOf(objects as KubeObject[]), evidence });
  const cite = (draft: EvidenceDraft): string => {
    const id = `cited-${cited.size + 1}`;
    cited.set(id, { ...draft, id, collected_at: at('10:00') });
    return id;
  };
  const conclusions = correlate({ ...input, evidence: (id) => cited.get(id) ?? input.evidence(id), cite });
  for (const { change } of conclusions.root_causes) {
    for (const id of change?.evidence_ids ?? []) if (!cited.has(id)) throw new Error(`nothing was cited as ${id}`);
  }
  return conclusions;
}
