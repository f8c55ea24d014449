import type { PagedReader } from '../cluster/paged-reader.ts';
import type { Lookup, ReadFailure } from '../domain/lookup.ts';
import { asCoded, type CodedError, coded } from '../errors/coded-error.ts';
import type { AgentParts, Answer, Sent } from './route.ts';

/** Less than the 15 s that callers wait: they are to be told, not to give up. */
const DEADLINE_MS = 12_000;
const OK = 200;
/** Different reads under way; five of them are before the API server at a time. */
const MOST = 100;

export interface Reading<T> {
  /** Of which reads are equal, and share an answer. */
  readonly key: string;
  /** In words, for who is told that it is not there. */
  readonly what: string;
  readonly read: (reader: PagedReader, signal: AbortSignal) => Promise<Lookup<T>>;
  readonly encode: (value: T, readAt: string) => Omit<Sent, 'status'>;
}

/** The answer to a read; throws the coded error that says why there is none. */
export async function answerOf<T>({ reads, reader }: AgentParts, { key, what, read, encode }: Reading<T>, gone: AbortSignal): Promise<Answer> {
  if (reads.underWay >= MOST) throw coded('AGENT_BUSY', { limit: MOST });
  const late = AbortSignal.timeout(DEADLINE_MS);
  const work = async (signal: AbortSignal): Promise<Sent> => {
    const lookup = await read(await reader(), signal);
    if (lookup.status !== 'found') throw errorOf(lookup, what);
    return { ...encode(lookup.value, lookup.readAt), status: OK };
  };
  try {
    const { status, type, headers = {}, body } = await reads.read(key, work, AbortSignal.any([gone, late]));
    return { status, headers: { ...headers, 'content-type': type }, body };
  } catch (error) {
    if (late.aborted) throw coded('CLUSTER_LATE', { needs: what, reason: `no answer within ${DEADLINE_MS / 1_000} s` });
    throw asReadFailure(asCoded(error), what);
  }
}

export function asJson(value: object): Omit<Sent, 'status'> {
  return asJsonText(JSON.stringify(value));
}

export function asJsonText(text: string): Omit<Sent, 'status'> {
  return { type: 'application/json; charset=utf-8', body: Buffer.from(text) };
}

const OF_FAILURE = { expired: 'LIST_EXPIRED', throttled: 'CLUSTER_THROTTLED', late: 'CLUSTER_LATE' } as const satisfies Record<ReadFailure, string>;

/** A lookup that brought nothing, as the error it is answered with; the caller's reader makes the same lookup of it again. */
function errorOf(lookup: Exclude<Lookup<unknown>, { status: 'found' }>, what: string): CodedError {
  if (lookup.status === 'not-found') return coded('OBJECT_NOT_FOUND', { what, read_at: lookup.readAt });
  const { needs } = lookup;
  if (lookup.status === 'forbidden') return coded('READ_FORBIDDEN', { needs });
  const { failure, reason = 'no reason was given' } = lookup;
  return coded(failure === undefined ? 'CLUSTER_READ_FAILED' : OF_FAILURE[failure], { needs, reason });
}

/** The cluster refuses the agent, or is not there: the caller did nothing wrong, whatever status that error has elsewhere. */
function asReadFailure(error: CodedError, what: string): CodedError {
  if (error.row.kind === 'bug' || 'needs' in error.details || error.code === 'OBJECT_NOT_FOUND') return error;
  return coded('CLUSTER_READ_FAILED', { needs: what, reason: error.message.replace(/\.$/, '') }, { cause: error });
}
