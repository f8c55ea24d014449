import type { Fact } from '../domain/fact.ts';
import type { ContainerDoc } from '../domain/facts/container.ts';
import { refOf } from '../domain/kubernetes/object.ts';
import type { Pod } from '../domain/kubernetes/pod.ts';
import { objectRef } from '../domain/object-ref.ts';
import { signalsOf } from '../domain/signals.ts';
import { awaitedHost } from './awaited-host.ts';
import { eventsByContainer, killerOf } from './container-events.ts';
import { logPart, logTexts } from './container-log.ts';
import { deniedVolume, readOnlyClaim, serviceStatus } from './container-log-objects.ts';
import { containerOrigin } from './container-origin.ts';
import { probesPart } from './container-probes.ts';
import { containersOf, type PodContainer } from './container-spec.ts';
import { containerEventTexts } from './container-staleness.ts';
import { type StatePart, statePart } from './container-state.ts';
import { containerTexts } from './container-texts.ts';
import type { FactContext } from './context.ts';
import { isLeftBehind, podPart } from './pod-context.ts';
import { outdatedReference } from './references.ts';
import { PULL_FAILURES, type Surroundings, surroundingsOf } from './surroundings.ts';
import { unfitPullSecret } from './unfit-secrets.ts';

const NONE: readonly number[] = [];

/** One fact a container of every pod that was read, init containers and sidecars included. */
export function* containerFacts(context: FactContext): Generator<Fact> {
  const surroundings = surroundingsOf(context);
  for (const pod of context.inventory.list<Pod>('Pod')) {
    if (!Array.isArray(pod.spec?.containers)) continue;
    yield* factsOfPod(context, surroundings, pod);
  }
}

function factsOfPod(context: FactContext, surroundings: Surroundings, pod: Pod): Fact[] {
  const containers = containersOf(pod);
  const leftBehind = isLeftBehind(context, pod);
  const events = eventsByContainer(containers, context.inventory.eventsOf(pod));
  const around = aroundPod(context, surroundings, pod);
  return containers.map((container) => {
    const state = statePart(context, container, leftBehind);
    const own = events.get(container.spec.name) ?? [];
    const texts = containerEventTexts(context, container, state, own, leftBehind);
    const live = own.filter((_, index) => texts[index]?.stale === false);
    const logs = context.inventory.logsOf(pod.metadata.namespace ?? '', pod.metadata.name, container.spec.name);
    const inTrouble = state.failing || state.recently_failed;
    const { spec, serves, references, missing, ports } = surroundings.templateOf(container);
    const log = logPart(logs, inTrouble, ports);
    const served = containers.length === 1 ? around.served : NONE;
    const servedPorts = log.listening_ports.length === 0 ? served : [...log.listening_ports, ...served];
    const awaited = log.waits_for ?? (container.role === 'init' && state.running_s !== null ? awaitedHost(container.spec) : null);
    const probes = probesPart({ context, container, state, events: live, servedPorts });
    const doc: ContainerDoc = {
      // First, and the only one: an object that begins as a copy of another is made many times faster.
      ...spec,
      name: container.spec.name,
      role: container.role,
      serves,
      ready: state.ready,
      started: state.started,
      running_s: state.running_s,
      restart_count: state.restart_count,
      waiting: state.waiting,
      termination: state.termination,
      failing: state.failing,
      recently_failed: state.recently_failed,
      finished: state.finished,
      killed_by: state.termination === null && live.length === 0 ? null : killerOf(container, live),
      liveness: probes.liveness,
      readiness: probes.readiness,
      startup: probes.startup,
      boot_s: around.group.bootSeconds(pod, container.spec.name),
      log: {
        ...log,
        denied_volume: deniedVolume(container, logs),
        read_only_claim: readOnlyClaim(container, logs),
        waits_for: awaited,
        waits_for_service: awaited === null ? null : serviceStatus(context, pod.metadata.namespace ?? '', awaited),
      },
      log_arguments: `-c ${container.spec.name}${state.termination?.current === false ? ' --previous' : ''}`,
      references,
      missing,
      outdated: outdatedReference(context, pod.metadata.namespace ?? '', references, state.running_s),
      pod: around.pod,
      siblings: around.group.siblings(pod),
      node: around.node,
      pull_secrets: around.pullSecrets,
      pull_secret_unfit: PULL_FAILURES.has(container.status?.state?.waiting?.reason ?? '')
        ? unfitPullSecret(context, pod.metadata.namespace ?? '', { names: around.pullSecrets.named, registry: spec.image_registry ?? '' })
        : null,
      image_elsewhere: surroundings.imageElsewhere(container),
    };
    const all = [...containerTexts(container, state), ...texts, ...logTexts(context, logs, inTrouble)];
    return factOf(container, doc, all, { workload: surroundings.workloadOf(pod), since: sinceOf(pod, state) });
  });
}

function aroundPod(context: FactContext, surroundings: Surroundings, pod: Pod) {
  return {
    pod: podPart(context, pod),
    node: surroundings.nodeOf(pod),
    group: surroundings.groupOf(pod),
    served: surroundings.servedPorts(pod),
    pullSecrets: surroundings.pullSecretsOf(pod),
  };
}

/** A container that waits to be created is in trouble as long as its pod is not ready. */
function sinceOf(pod: Pod, { failing, recently_failed, ready: isReady, termination }: StatePart): string | null {
  if (!failing && !recently_failed && isReady !== false) return null;
  const ready = pod.status?.conditions?.find(({ type, status }) => type === 'Ready' && status === 'False')?.lastTransitionTime;
  return ready ?? termination?.finished_at ?? pod.metadata.creationTimestamp ?? null;
}

function factOf(
  container: PodContainer,
  doc: ContainerDoc,
  texts: Fact['texts'],
  known: { readonly workload: ReturnType<Surroundings['workloadOf']>; readonly since: string | null },
): Fact {
  const pod = refOf(container.pod);
  const { node } = doc.pod;
  return {
    subject: 'Container',
    id: `${pod.namespace ?? ''}/${pod.name}/${doc.name}`,
    object: pod,
    container: doc.name,
    doc,
    texts,
    signals: signalsOf(doc, texts),
    relations: {
      self: pod,
      pod,
      workload: known.workload,
      node: node === null ? undefined : objectRef('Node', undefined, node),
      namespace: pod.namespace === undefined ? undefined : objectRef('Namespace', undefined, pod.namespace),
    },
    since: known.since,
    origin: (path) => containerOrigin(container, doc, path),
  };
}
