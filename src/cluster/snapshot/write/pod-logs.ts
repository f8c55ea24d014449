import type { Lookup } from '../../../domain/lookup.ts';
import type { ClusterReader, LogOptions, LogText } from '../../reader.ts';
import { logKey } from '../logs/log-key.ts';
import type { LoggedPod } from './log-plan.ts';

export interface LogLimits {
  readonly tailLines: number;
  /** Of each container's log. */
  readonly maxBytes: number;
}

/** The logs of a pod's containers as `kubectl cluster-info dump` writes them. `''`: there is none. */
export interface PodLogs {
  readonly current: string;
  readonly previous: string;
  /** Those of which only the end was read. */
  readonly cut: readonly string[];
}

/** Reads the logs of all containers; those of the run before only where there was one. */
export async function readPodLogs(reader: ClusterReader, pod: LoggedPod, limits: LogLimits, signal: AbortSignal): Promise<PodLogs> {
  const { name, namespace } = pod;
  const cut: string[] = [];
  const section = async (container: string, previous: boolean): Promise<string> => {
    const run: LogOptions = { namespace, pod: name, container, previous };
    const lookup = await reader.logs({ ...run, ...limits, timestamps: true }, signal);
    if (lookup.status === 'found' && lookup.value.truncated) cut.push(logKey(run));
    const body = bodyOf(lookup, container, name);
    return body === undefined ? '' : framed(container, `${namespace}/${name}`, body);
  };
  let current = '';
  let previous = '';
  for (const container of pod.containers) {
    current += await section(container.name, false);
    if (container.restarted) previous += await section(container.name, true);
  }
  return { current, previous, cut };
}

function framed(container: string, pod: string, body: string): string {
  const text = body.replace(/^==== (?=START|END)/gm, ' ==== ');
  return `==== START logs for container ${container} of pod ${pod} ====\n${text}${text === '' || text.endsWith('\n') ? '' : '\n'}==== END logs for container ${container} of pod ${pod} ====\n`;
}

/** What could not be read is told in kubectl's words, which a reader of dumps knows. */
function bodyOf(lookup: Lookup<LogText>, container: string, pod: string): string | undefined {
  switch (lookup.status) {
    case 'found':
      return lookup.value.text;
    case 'not-found':
      return `Error from server (BadRequest): container "${container}" in pod "${pod}" is waiting to start`;
    case 'forbidden':
      return `Error from server (Forbidden): pods "${pod}" is forbidden: ${lookup.needs}`;
    case 'not-collected':
      return lookup.reason === undefined ? undefined : `Error from server: ${lookup.reason.replace(/^Error from server:? ?/, '').replaceAll('\n', ' ')}`;
  }
}
