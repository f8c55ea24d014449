import type { LogText } from '../../cluster/reader.ts';
import type { Lookup } from '../../domain/lookup.ts';
import { gapOf } from '../../domain/lookup.ts';
import { mineLog } from '../log/mine-log.ts';
import type { LogTarget } from './log-targets.ts';
import type { ReadEvent } from './read-event.ts';
import { failureGap, gapEvents, type Reading } from './read-list.ts';

export interface FollowUpReading extends Reading {
  /** Applied to every kept log line. */
  readonly redact: (text: string) => string;
}

const TAIL_LINES = 2_000;
const MAX_BYTES = 2 ** 20;

/**
 * Reads and mines the runs of one container. Never throws: what went wrong is a gap. No event: the dump lacks the log of a
 * container that looks well; the reader tells of those together.
 */
export async function readLog(reading: FollowUpReading, target: LogTarget, signal: AbortSignal): Promise<readonly ReadEvent[]> {
  const { builder } = reading;
  const what = `log of ${target.namespace}/${target.pod} ${target.container}`;
  try {
    const runs = target.runs === 'both' ? [true, false] : [target.runs === 'previous'];
    const events: ReadEvent[] = [];
    let lost: Lookup<LogText> | undefined;
    for (const previous of runs) {
      const lookup = await readRun(reading, { target, previous, what }, signal, events);
      if (lookup.status !== 'found') lost ??= lookup;
    }
    // What the kubelet no longer holds as the previous run it shows as the present one.
    if (events.length === 0 && target.runs === 'previous' && lost?.status !== 'forbidden') {
      const lookup = await readRun(reading, { target, previous: false, what }, signal, events);
      if (lookup.status === 'found' || lost?.status === 'not-found') lost = lookup;
    }
    const missing = events.length > 0 || lost === undefined ? undefined : gapOf(what, lost);
    if (missing === undefined || (target.well && missing.why === 'not-collected')) return events;
    builder.addGap(missing);
    return [...events, ...gapEvents(missing)];
  } catch (error) {
    const lost = failureGap(what, `get pods/log in ${target.namespace}`, error, signal);
    builder.addGap(lost);
    return gapEvents(lost);
  }
}

interface Run {
  readonly target: LogTarget;
  readonly previous: boolean;
  readonly what: string;
}

async function readRun(reading: FollowUpReading, { target, previous, what }: Run, signal: AbortSignal, events: ReadEvent[]): Promise<Lookup<LogText>> {
  const { reader, builder, now, redact } = reading;
  const { namespace, pod, container } = target;
  const started = now();
  const lookup = answered(await reader.logs({ namespace, pod, container, previous, tailLines: TAIL_LINES, maxBytes: MAX_BYTES, timestamps: true }, signal));
  if (lookup.status !== 'found') return lookup;
  const { text, truncated } = lookup.value;
  const excerpt = await mineLog([text], { namespace, pod, container, previous, readAt: lookup.readAt, truncated }, redact);
  builder.addLogs(excerpt);
  const ended = now();
  events.push({
    type: 'read-completed',
    at: ended.toISOString(),
    text: `${previous ? 'previous ' : ''}${what}: ${excerpt.lines} lines`,
    duration_ms: ended.getTime() - started.getTime(),
    coverage: null,
  });
  return lookup;
}

/** kubectl's own refusal, which tools that dump logs write into the file of the log. */
const REFUSAL = /^(?:Error: )?(?:Error from server[^:]*|error): (.+)$/;

/** A log is what the container wrote. What the API server answered instead shows only that there is none to be had. */
function answered(lookup: Lookup<LogText>): Lookup<LogText> {
  if (lookup.status !== 'found') return lookup;
  const lines = lookup.value.text.trim().split('\n', 3);
  const reason = lines.length > 2 ? undefined : REFUSAL.exec(lines[0] ?? '')?.[1];
  if (reason === undefined) return lookup;
  // A container that has not started has written nothing; that is an answer.
  if (/is waiting to start|not found|ContainerCreating|PodInitializing/.test(reason)) return { status: 'not-found', readAt: lookup.readAt };
  return { status: 'not-collected', needs: 'a log read while the kubelet answered', reason };
}
