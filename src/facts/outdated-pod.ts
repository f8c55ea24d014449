import { differences } from '../changes/differences.ts';
import type { Pod, PodSpec } from '../domain/kubernetes/pod.ts';
import { podTemplateOf, type Workload } from '../domain/kubernetes/workload.ts';
import { containersOf } from './container-spec.ts';

const MAX_TOLD = 3;
const IMAGE_WAITS = new Set(['ErrImagePull', 'ImagePullBackOff', 'ErrImageNeverPull', 'InvalidImageName', 'ImageInspectError']);
const IMAGE_FIELD = /\.(?:image|imagePullPolicy)$/;
/** A part that the template does not say may have been put into the pod on its way in; a program and its arguments never are. */
const NEVER_PUT_IN = /\.(?:command|args|image)$/;
const COMPARED = ['image', 'imagePullPolicy', 'command', 'args', 'workingDir', 'env', 'envFrom', 'resources', 'securityContext', 'lifecycle'] as const;
const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;

/** The revision of a StatefulSet's or DaemonSet's pod. */
export function revisionOf(pod: Pod): string | undefined {
  return pod.metadata.labels?.['controller-revision-hash'];
}

/** What the template has otherwise than a failing pod that was made from an older one, of what its trouble can come from; null where that is nothing. */
export function repairOf(workload: Workload, pod: Pod): string | null {
  const template = podTemplateOf(workload)?.spec;
  if (template === undefined) return null;
  const ofImage = containersOf(pod).some(({ status }) => IMAGE_WAITS.has(status?.state?.waiting?.reason ?? ''));
  const changed = differences(compared(pod.spec), compared(template))
    .filter(({ field, to }) => to !== null || NEVER_PUT_IN.test(field))
    .filter(({ field }) => !ofImage || IMAGE_FIELD.test(field));
  const told = changed.slice(0, MAX_TOLD).map(({ field, from, to }) => `${field} is ${to ?? 'gone'} and was ${from ?? 'not set'}`);
  return told.length === 0 ? null : told.join(', ');
}

function compared({ containers = [], initContainers = [], nodeSelector, affinity }: PodSpec): object {
  const part = (container: object) => Object.fromEntries(Object.entries(container).filter(([key]) => KEPT.has(key)));
  return { containers: containers.map(part), initContainers: initContainers.map(part), nodeSelector, affinity };
}

const KEPT: ReadonlySet<string> = new Set(['name', ...COMPARED, ...PROBES]);
