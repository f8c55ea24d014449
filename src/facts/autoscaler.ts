import type { Fact } from '../domain/fact.ts';
import type { AutoscalerDoc } from '../domain/facts/autoscaler.ts';
import { refOf } from '../domain/kubernetes/object.ts';
import type { ApiService, HorizontalPodAutoscaler } from '../domain/kubernetes/policy.ts';
import { isKind } from '../domain/kubernetes/resource-type.ts';
import { podTemplateOf, type Workload } from '../domain/kubernetes/workload.ts';
import type { Lookup } from '../domain/lookup.ts';
import { objectRef } from '../domain/object-ref.ts';
import type { FactContext } from './context.ts';
import { objectFact } from './object-fact.ts';
import { conditionMap } from './pod-context.ts';
import { conditionTexts, eventTexts } from './texts.ts';

const METRICS_API = 'v1beta1.metrics.k8s.io';

/** One fact a HorizontalPodAutoscaler. */
export function* autoscalerFacts(context: FactContext): Generator<Fact> {
  const all = context.inventory.list<HorizontalPodAutoscaler>('HorizontalPodAutoscaler');
  for (const autoscaler of all) {
    const { namespace } = autoscaler.metadata;
    const target = autoscaler.spec?.scaleTargetRef;
    const active = autoscaler.status?.conditions?.find(({ type }) => type === 'ScalingActive');
    const recovered = active?.status === 'True' ? (active.lastTransitionTime ?? new Date(context.now).toISOString()) : null;
    yield objectFact({
      subject: 'Autoscaler',
      object: refOf(autoscaler),
      doc: docOf(context, autoscaler, all),
      texts: [
        ...conditionTexts(
          context,
          autoscaler,
          autoscaler.status?.conditions?.filter(({ message }) => message),
        ),
        ...eventTexts(context, context.inventory.eventsOf(autoscaler), recovered),
      ],
      relations: {
        autoscaler: refOf(autoscaler),
        workload: target === undefined ? undefined : objectRef(target.kind, namespace, target.name),
        namespace: objectRef('Namespace', undefined, namespace ?? ''),
      },
      since: active?.status === 'False' ? (active.lastTransitionTime ?? null) : null,
      origins: {
        target: 'spec.scaleTargetRef',
        target_status: { object: refOf(autoscaler), fieldPath: 'spec.scaleTargetRef', source: 'lookup' },
        min: 'spec.minReplicas',
        max: 'spec.maxReplicas',
        current: 'status.currentReplicas',
        desired: 'status.desiredReplicas',
        at_max: 'status.currentReplicas',
        conditions: 'status.conditions',
        rivals: 'spec.scaleTargetRef',
        metrics_api: { object: { kind: 'APIService', name: METRICS_API }, fieldPath: 'status.conditions[type=Available]' },
      },
    });
  }
}

function docOf(context: FactContext, autoscaler: HorizontalPodAutoscaler, all: readonly HorizontalPodAutoscaler[]): AutoscalerDoc {
  const { metadata, spec = {}, status = {} } = autoscaler;
  const target = spec.scaleTargetRef;
  const lookup = targetOf(context, autoscaler);
  const same = (other: HorizontalPodAutoscaler): boolean =>
    other !== autoscaler &&
    other.metadata.namespace === metadata.namespace &&
    other.spec?.scaleTargetRef?.kind === target?.kind &&
    other.spec?.scaleTargetRef?.name === target?.name;
  return {
    name: metadata.name,
    namespace: metadata.namespace ?? null,
    target: target === undefined ? null : `${target.kind} ${target.name}`,
    target_status: lookup?.status ?? null,
    min: spec.minReplicas ?? 1,
    max: spec.maxReplicas ?? null,
    current: status.currentReplicas ?? null,
    desired: status.desiredReplicas ?? null,
    at_max: spec.maxReplicas !== undefined && (status.currentReplicas ?? 0) >= spec.maxReplicas,
    conditions: conditionMap(context, status.conditions),
    without_requests: lookup?.status === 'found' ? withoutRequests(lookup.value) : [],
    rivals: target === undefined ? [] : all.filter(same).map((other) => other.metadata.name),
    metrics_api: metricsApi(context),
  };
}

function targetOf(context: FactContext, { metadata, spec }: HorizontalPodAutoscaler): Lookup<Workload> | undefined {
  const target = spec?.scaleTargetRef;
  return target !== undefined && isKind(target.kind) ? context.inventory.lookup<Workload>(target.kind, metadata.namespace, target.name) : undefined;
}

function withoutRequests(workload: Workload): string[] {
  const containers = podTemplateOf(workload)?.spec.containers ?? [];
  return containers.filter(({ resources }) => (resources?.requests ?? resources?.limits)?.['cpu'] === undefined).map(({ name }) => name);
}

function metricsApi(context: FactContext): boolean | null {
  const lookup = context.inventory.lookup<ApiService>('APIService', undefined, METRICS_API);
  if (lookup.status === 'not-found') return false;
  if (lookup.status !== 'found') return null;
  return lookup.value.status?.conditions?.find(({ type }) => type === 'Available')?.status === 'True';
}
