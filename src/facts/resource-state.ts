import type { AddOnResource, Application, Gateway, HttpRoute, ObservedCondition, Phased, VolumeSnapshot } from '../domain/kubernetes/add-ons.ts';

/** How a resource fares, by its own account. */
export interface ResourceState {
  /** True, False or Unknown; null where nothing says. */
  readonly ready: string | null;
  /** The field that says so. */
  readonly path: string;
  readonly phase: string | null;
  readonly phaseSince: string | null;
  /** Its controller has written a status for it. */
  readonly answered: boolean;
}

/** `summary`: the condition that sums the kind up. */
export function resourceState(object: AddOnResource, summary: string): ResourceState {
  const state = OF_KIND[object.kind]?.(object);
  const answered = isAnswered(object);
  if (state !== undefined) return { answered, ...state };
  return { ready: conditionStatus(object, summary), path: `status.conditions[type=${summary}].status`, phase: null, phaseSince: null, answered };
}

type Own = Omit<ResourceState, 'answered'>;

/** Kinds that tell by a field of their own rather than by one condition. */
const OF_KIND: Readonly<Record<string, (object: AddOnResource) => Own>> = {
  VolumeSnapshot: (object) => {
    const { readyToUse } = (object as VolumeSnapshot).status ?? {};
    return { ready: readyToUse === undefined ? null : readyToUse ? 'True' : 'False', path: 'status.readyToUse', phase: null, phaseSince: null };
  },
  Application: (object) => {
    const { operationState, health, sync } = (object as Application).status ?? {};
    const failed = operationState?.phase === 'Failed' || operationState?.phase === 'Error';
    if (failed)
      return { ready: 'False', path: 'status.operationState.phase', phase: operationState?.phase ?? null, phaseSince: operationState?.finishedAt ?? null };
    const phase = health?.status === 'Healthy' ? (sync?.status ?? null) : (health?.status ?? null);
    return { ready: verdict(phase, ['Synced'], ['Degraded', 'Missing']), path: 'status.health.status', phase, phaseSince: null };
  },
  Rollout: (object) => {
    const { abort, phase } = (object as Phased).status ?? {};
    return phased(object, abort === true ? 'Aborted' : phase, ['Healthy'], ['Degraded', 'Aborted']);
  },
  Canary: (object) => phased(object, (object as Phased).status?.phase, ['Initialized', 'Succeeded'], ['Failed']),
  ClusterServiceVersion: (object) => phased(object, (object as Phased).status?.phase, ['Succeeded'], ['Failed', 'Unknown']),
  InstallPlan: (object) => phased(object, (object as Phased).status?.phase, ['Complete'], ['Failed']),
  Subscription: (object) => {
    const isBad = (object.status?.conditions ?? []).some(({ status }) => status === 'True');
    return { ready: isBad ? 'False' : 'True', path: 'status.conditions', phase: null, phaseSince: null };
  },
};

function phased(object: AddOnResource, phase: string | undefined, well: readonly string[], bad: readonly string[]): Own {
  const { lastTransitionTime, lastUpdateTime, pauseConditions } = (object as Phased).status ?? {};
  const since = pauseConditions?.[0]?.startTime ?? lastTransitionTime ?? lastUpdateTime ?? null;
  return { ready: verdict(phase ?? null, well, bad), path: 'status.phase', phase: phase ?? null, phaseSince: since };
}

function verdict(phase: string | null, well: readonly string[], bad: readonly string[]): string | null {
  if (phase === null) return null;
  return well.includes(phase) ? 'True' : bad.includes(phase) ? 'False' : 'Unknown';
}

function conditionStatus(object: AddOnResource, summary: string): string | null {
  const own = object.kind === 'HTTPRoute' ? parentConditions(object as HttpRoute) : (object.status?.conditions ?? []);
  const told = own.filter(({ type }) => type === summary).map(({ status }) => status);
  return told.find((status) => status !== 'True') ?? told[0] ?? null;
}

/** A Gateway begins with conditions of status Unknown and reason Pending, which the API server writes for its controller. */
function isAnswered(object: AddOnResource): boolean {
  if (object.kind === 'HTTPRoute') return parentConditions(object as HttpRoute).length > 0;
  const conditions = object.status?.conditions ?? [];
  if (object.kind === 'Gateway')
    return (object as Gateway).status?.conditions?.some(({ status, reason }) => status !== 'Unknown' || reason !== 'Pending') ?? false;
  return conditions.length > 0 || Object.keys(object.status ?? {}).length > 0;
}

function parentConditions(route: HttpRoute): readonly ObservedCondition[] {
  return (route.status?.parents ?? []).flatMap(({ conditions = [] }) => conditions);
}
