import { revisionsOf } from '../changes/revisions.ts';
import { templateDifferences } from '../changes/template-changes.ts';
import type { Pod } from '../domain/kubernetes/pod.ts';
import type { Workload } from '../domain/kubernetes/workload.ts';
import { containersOf } from './container-spec.ts';
import type { FactContext } from './context.ts';

const MAX_TOLD = 3;
const IMAGE_WAITS = new Set(['ErrImagePull', 'ImagePullBackOff', 'ErrImageNeverPull', 'InvalidImageName', 'ImageInspectError']);
const IMAGE_FIELD = /\.(?:image|imagePullPolicy)$|\.imagePullSecrets/;

/** The revision of a StatefulSet's or DaemonSet's pod. */
export function revisionOf(pod: Pod): string | undefined {
  return pod.metadata.labels?.['controller-revision-hash'];
}

/** What the newest template has otherwise than a failing pod of an older revision, of what its trouble can come from; null where that is nothing, or not known. */
export function repairOf({ inventory }: FactContext, workload: Workload, pod: Pod): string | null {
  const revisions = revisionsOf(inventory, workload);
  const template = (name: string | undefined) => revisions.find((revision) => revision.name === name)?.template;
  const [before, after] = [template(revisionOf(pod)), template(workload.status?.updateRevision)];
  if (before === undefined || after === undefined) return null;
  const ofImage = containersOf(pod).some(({ status }) => IMAGE_WAITS.has(status?.state?.waiting?.reason ?? ''));
  const changed = templateDifferences(before, after).filter(({ field }) => field.startsWith('spec.') && (!ofImage || IMAGE_FIELD.test(field)));
  const told = changed.slice(0, MAX_TOLD).map(({ field, from, to }) => `${field.replace(/^spec\./, '')} is ${to ?? 'gone'} and was ${from ?? 'not set'}`);
  return told.length === 0 ? null : told.join(', ');
}
