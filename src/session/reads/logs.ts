import type { LogText } from '../../cluster/reader.ts';
import { counted } from '../../domain/counted.ts';
import { namespaceFlag, shellWord } from '../../domain/kubectl.ts';
import { refOf } from '../../domain/kubernetes/object.ts';
import type { Pod } from '../../domain/kubernetes/pod.ts';
import type { Lookup } from '../../domain/lookup.ts';
import { refLabel } from '../../domain/object-ref.ts';
import { printable } from '../../report/printable.ts';
import type { LogsAsk } from '../ask.ts';
import { answer, type Draw, type Said } from '../said.ts';
import type { Means } from '../situation.ts';
import { meantObject } from './meant-object.ts';
import type { Reads } from './names.ts';
import { podsOf, tellingContainer } from './pods-of.ts';
import { unread } from './unread.ts';

const LINES = 20;
const MOST_LINES = 500;
const MAX_BYTES = 2 ** 20;

/** The end of the log that tells most of what an object stands for. */
export async function* logs(ask: LogsAsk, means: Means, signal: AbortSignal): AsyncGenerator<Said> {
  yield { type: 'doing', text: `reading the log of ${ask.name}` };
  yield answer(await means.client.read((reads) => read(reads, ask, means, signal), signal));
}

interface Run {
  readonly pod: Pod;
  readonly container: string;
  readonly previous: boolean;
  readonly lookup: Lookup<LogText>;
}

async function read(reads: Reads, ask: LogsAsk, means: Means, signal: AbortSignal): Promise<Draw> {
  const ref = await meantObject(reads, ask.name, means, signal);
  const pods = await podsOf(reads, ref, signal);
  if (pods.status !== 'found') return unread(`pods of ${refLabel(ref)}`, pods);
  const [pod, ...others] = pods.value;
  if (pod === undefined) return (page) => page.hang({ text: `${refLabel(ref)} has no pods, so there is no log.` });
  const container = tellingContainer(pod, ask.container);
  if (container === undefined)
    return (page) =>
      page.hang({ text: `${refLabel(refOf(pod))} has no container ${ask.container ?? ''}: it has ${pod.spec.containers.map(({ name }) => name).join(', ')}.` });
  const { state, restartCount = 0 } = container.status ?? {};
  // What waits to be started again wrote its last words in the run before.
  const previous = ask.previous ?? (state?.running === undefined && restartCount > 0);
  const run = await firstFound(reads, { pod, container: container.name, previous }, lines(ask), signal);
  return run.lookup.status === 'found'
    ? drawLog(run, run.lookup.value, others.length, lines(ask))
    : unread(`log of ${refLabel(refOf(pod))}, container ${container.name}`, run.lookup);
}

const lines = ({ lines: asked }: LogsAsk): number => Math.max(1, Math.min(MOST_LINES, asked ?? LINES));

/** The run that is asked for, else the other one. */
async function firstFound(reads: Reads, { pod, container, previous }: Omit<Run, 'lookup'>, tailLines: number, signal: AbortSignal): Promise<Run> {
  let first: Run | undefined;
  for (const which of [previous, !previous]) {
    const { namespace = '', name } = pod.metadata;
    const lookup = await reads.logs({ namespace, pod: name, container, previous: which, tailLines, maxBytes: MAX_BYTES }, signal);
    const run = { pod, container, previous: which, lookup };
    if (lookup.status === 'found' && lookup.value.text.trim() !== '') return run;
    first ??= run;
  }
  return first ?? { pod, container, previous, lookup: { status: 'not-found', readAt: reads.asOf } };
}

const BAD = /\b(?:fatal|panic|error|exception|traceback|refused|failed|denied|timed? ?out)\b/i;

function drawLog({ pod, container, previous }: Run, { text }: LogText, others: number, most: number): Draw {
  const shown = printable(text).trimEnd().split('\n').slice(-most);
  const { namespace, name } = pod.metadata;
  return (page) => {
    page.hang({ text: `${refLabel(refOf(pod))}, container ${container}${previous ? ', the run before' : ''}`, role: 'object' });
    if (text.trim() === '') page.hang({ indent: 2, text: 'It has written nothing.', role: 'quiet' });
    else for (const line of shown) page.hang({ indent: 2, text: line, maxLines: 3, ...(BAD.test(line) ? { role: 'warning' as const } : {}) });
    page.gap();
    page.command(2, `kubectl logs ${shellWord(name)}${namespaceFlag(namespace)} -c ${shellWord(container)}${previous ? ' --previous' : ''} --tail ${most}`);
    if (others > 0) page.hang({ indent: 2, text: `${counted(others, 'other pod')} of it look no worse`, role: 'quiet' });
  };
}
