import type { KubeEvent } from '../../domain/kubernetes/event.ts';
import { eventTime } from '../../domain/kubernetes/event.ts';
import type { Condition, KubeObject } from '../../domain/kubernetes/object.ts';
import type { Pod } from '../../domain/kubernetes/pod.ts';
import type { Kind } from '../../domain/kubernetes/resource-type.ts';
import type { DumpObjects } from './objects/dump-objects.ts';

/** Kinds whose times never lie after the moment of the dump, and of which some are always fresh. */
const TELLING: readonly Kind[] = ['Event', 'Pod', 'Node', 'Lease'];

/** The newest time that the objects of a dump bear: it was taken then or shortly after. ISO 8601. */
export async function newestObjectTime(objects: DumpObjects): Promise<string | undefined> {
  const holdings = await Promise.all(TELLING.map((kind) => objects.holding(kind, undefined)));
  let newest = 0;
  for (const holding of holdings) {
    if (holding.status !== 'held') continue;
    for (const item of holding.items) for (const time of timesOf(item)) newest = Math.max(newest, Date.parse(time ?? '') || 0);
  }
  return newest === 0 ? undefined : new Date(newest).toISOString();
}

function* timesOf(item: KubeObject): Generator<string | null | undefined> {
  if (item.kind === 'Event') yield eventTime(item as KubeEvent);
  yield (item as { spec?: { renewTime?: string } }).spec?.renewTime;
  const { status } = item as { status?: { conditions?: readonly Condition[] } };
  for (const condition of status?.conditions ?? []) {
    yield condition.lastHeartbeatTime;
    yield condition.lastTransitionTime;
  }
  for (const { state } of (item as Pod).status?.containerStatuses ?? []) {
    yield state?.running?.startedAt;
    yield state?.terminated?.finishedAt;
  }
}
