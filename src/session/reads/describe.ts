import { kubectlTarget } from '../../domain/kubectl.ts';
import { isAbout, type KubeEvent } from '../../domain/kubernetes/event.ts';
import type { Condition, KubeObject } from '../../domain/kubernetes/object.ts';
import type { ContainerStatus, Pod } from '../../domain/kubernetes/pod.ts';
import type { Kind } from '../../domain/kubernetes/resource-type.ts';
import { desiredReplicas, podTemplateOf, readyReplicas, WORKLOAD_KINDS, type Workload } from '../../domain/kubernetes/workload.ts';
import { type ObjectRef, refLabel } from '../../domain/object-ref.ts';
import type { Page } from '../../report/page.ts';
import { printableValue } from '../../report/printable.ts';
import { answer, type Draw, type Said } from '../said.ts';
import type { Means } from '../situation.ts';
import { drawEvents } from './events.ts';
import { meantObject } from './meant-object.ts';
import type { Reads } from './names.ts';
import { podsOf } from './pods-of.ts';
import { unread } from './unread.ts';

const MAX_PODS = 6;
const EVENTS = 5;

/** The state of an object in short: what it is, its pods, what is not as it should be, its last events. */
export async function* describe(name: string, means: Means, signal: AbortSignal): AsyncGenerator<Said> {
  yield { type: 'doing', text: `reading ${name}` };
  yield answer(await means.client.read((reads) => read(reads, name, means, signal), signal));
}

interface Described {
  readonly ref: ObjectRef;
  readonly object: KubeObject;
  readonly pods: readonly Pod[];
  readonly events: readonly KubeEvent[];
}

async function read(reads: Reads, name: string, means: Means, signal: AbortSignal): Promise<Draw> {
  const ref = await meantObject(reads, name, means, signal);
  const object = await reads.get<KubeObject>(ref.kind as Kind, ref.namespace, ref.name, signal);
  if (object.status !== 'found') return unread(refLabel(ref), object);
  const [pods, events] = await Promise.all([podsOf(reads, ref, signal), reads.list<KubeEvent>('Event', { namespace: ref.namespace ?? 'default' }, signal)]);
  const own = events.status === 'found' ? events.value.items.filter((event) => isAbout(event, ref.name)) : [];
  return drawDescribed(printableValue({ ref, object: object.value, pods: pods.status === 'found' ? pods.value : [], events: own }));
}

function drawDescribed({ ref, object, pods, events }: Described): Draw {
  return (page) => {
    page.hang({ text: refLabel(ref), role: 'object' });
    if ((WORKLOAD_KINDS as readonly string[]).includes(ref.kind)) workload(page, object as Workload);
    conditions(page, object);
    for (const pod of pods.slice(0, MAX_PODS)) podLines(page, pod);
    if (pods.length > MAX_PODS) page.hang({ indent: 2, text: `and ${pods.length - MAX_PODS} more pods`, role: 'quiet' });
    if (events.length > 0) page.gap();
    if (events.length > 0) drawEvents('Last events', events, EVENTS)(page);
    const target = kubectlTarget(ref);
    if (target === undefined) return;
    page.gap();
    page.command(2, `kubectl describe ${target}`);
  };
}

function workload(page: Page, object: Workload): void {
  if (object.kind !== 'CronJob' && object.kind !== 'Job') page.hang({ indent: 2, text: `${readyReplicas(object)} of ${desiredReplicas(object)} pods ready` });
  for (const { name, image, resources } of podTemplateOf(object)?.spec.containers ?? []) {
    const limits = Object.entries(resources?.limits ?? {}).map(([what, value]) => `${what} ${value}`);
    page.hang({ indent: 2, text: `container ${name}: ${image ?? 'no image'}${limits.length > 0 ? `, limits ${limits.join(', ')}` : ''}` });
  }
}

/** Those that are not as they should be: most are good when true, a few of nodes when false. */
function conditions(page: Page, object: KubeObject): void {
  const all = (object as { status?: { conditions?: readonly Condition[] } }).status?.conditions ?? [];
  for (const { type, status, reason, message } of all) {
    const goodWhen = /Pressure$|Unavailable$|Failure$|^Failed$|^Dangling/.test(type) ? 'False' : 'True';
    if (status !== goodWhen)
      page.hang({ indent: 2, text: `${type} is ${status}${reason ? ` (${reason})` : ''}${message ? `: ${message}` : ''}`, role: 'warning', maxLines: 3 });
  }
}

function podLines(page: Page, pod: Pod): void {
  const { phase = 'Unknown', containerStatuses = [] } = pod.status ?? {};
  page.hang({
    indent: 2,
    label: page.glyphs.bullet,
    text: `Pod ${pod.metadata.name}: ${phase}${pod.spec.nodeName === undefined ? '' : ` on ${pod.spec.nodeName}`}`,
  });
  for (const status of containerStatuses) page.hang({ indent: 4, text: containerText(status), ...(status.ready === true ? {} : { role: 'warning' as const }) });
}

function containerText({ name, ready, restartCount = 0, state, lastState }: ContainerStatus): string {
  const now = state?.waiting?.reason ?? state?.terminated?.reason ?? (state?.running ? 'running' : 'unknown');
  const ended = lastState?.terminated;
  const last = ended === undefined ? '' : `; ended last with ${ended.reason ?? 'code'}${ended.exitCode === undefined ? '' : ` (exit code ${ended.exitCode})`}`;
  return `${name}: ${now}, ${ready === true ? 'ready' : 'not ready'}${restartCount > 0 ? `, ${restartCount} restarts` : ''}${last}`;
}
