import type { ClusterReader } from '../../../src/cluster/reader.ts';
import type { Pod } from '../../../src/domain/kubernetes/pod.ts';
import { type Kind, RESOURCE_TYPES } from '../../../src/domain/kubernetes/resource-type.ts';
import { openRecording } from '../../scenario-runner/recordings.ts';
import type { ClusterFixture, FixtureLog } from '../fixture.ts';

const { signal } = new AbortController();

export interface RecordedCluster {
  readonly fixture: ClusterFixture;
  readonly namespace: string;
  readonly now: () => Date;
}

/** A recorded cluster, for an API server to answer from. */
export async function recordedCluster(name: string): Promise<RecordedCluster> {
  await using reader = await openRecording({ name });
  const listed = await Promise.all((Object.keys(RESOURCE_TYPES) as Kind[]).map((kind) => reader.list(kind, {}, signal)));
  const objects = listed.flatMap((lookup) => (lookup.status === 'found' ? lookup.value.items : [])) as unknown as ClusterFixture['objects'];
  const logs = await logsOf(reader, objects as unknown as readonly Pod[]);
  const namespace = reader.defaultNamespace ?? '';
  return {
    fixture: { objects, logs, forbidden: [], notCollected: [], nameless: { kind: 'Pod', namespace: 'nowhere' } },
    namespace,
    now: () => new Date(reader.asOf),
  };
}

async function logsOf(reader: ClusterReader, objects: readonly Pod[]): Promise<FixtureLog[]> {
  const runs = objects
    .filter(({ kind }) => kind === 'Pod')
    .flatMap(({ metadata: { namespace = '', name: pod }, spec }) =>
      [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])].flatMap(({ name: container }) =>
        [false, true].map((previous) => ({ namespace, pod, container, previous })),
      ),
    );
  const read = await Promise.all(runs.map(async (run) => ({ run, log: await reader.logs(run, signal) })));
  return read.flatMap(({ run, log }) => (log.status === 'found' ? [{ ...run, text: log.value.text }] : []));
}
