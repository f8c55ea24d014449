import { collectionPath } from '../../domain/kubernetes/resource-type.ts';
import type { Lookup } from '../../domain/lookup.ts';
import type { LogOptions, LogText } from '../reader.ts';
import type { ApiClient } from './http/api-client.ts';
import { Refusal } from './http/refusal.ts';

const OK = 200;
const BAD_REQUEST = 400;
const INTERNAL_ERROR = 500;
const MAX_BYTES = 8 * 2 ** 20;
/** limitBytes counts from the first of the last lines and so cuts the newest: more is read than is kept. */
const READ_AHEAD = 4;
const LINE_END = 0x0a;

/** There is no such run, or it has written nothing yet (kubelet, validateContainerLogStatus). */
const NO_SUCH_RUN = /previous terminated container .* not found|is waiting to start|is not valid for pod|is not available/;
/** The kubelet says this in place of the log, with status 200, when the runtime has removed it. */
const LOG_IS_GONE = /^(unable to retrieve container logs for |failed to try resolving symlinks in path )/;

/** The end of one run's log. Throws Refusal or what the network throws. */
export async function readLog(client: ApiClient, options: LogOptions, signal: AbortSignal, now: () => Date): Promise<Lookup<LogText>> {
  const { namespace, pod, tailLines, maxBytes = MAX_BYTES } = options;
  const wire = tailLines === undefined ? maxBytes : maxBytes * READ_AHEAD;
  const path = `${collectionPath('Pod', namespace)}/${encodeURIComponent(pod)}/log?${queryOf(options, wire)}`;
  // A kubelet that cannot be reached is a 500; asking again would only wait again. limitBytes is checked loosely on the way.
  const answer = await client.get({ path, accept: 'text/plain, */*', maxBytes: wire + 1024, lasting: INTERNAL_ERROR }, signal);
  const readAt = now().toISOString();
  if (answer.status !== OK) {
    const refusal = new Refusal(answer);
    if (answer.status === BAD_REQUEST && NO_SUCH_RUN.test(refusal.said)) return { status: 'not-found', readAt };
    throw refusal;
  }
  const kept = endOf(answer.body, maxBytes);
  const text = kept.toString('utf8');
  if (answer.body.length < 1024 && LOG_IS_GONE.test(text)) {
    return { status: 'not-collected', needs: `the log of ${namespace}/${pod}`, reason: text.trim().slice(0, 300) };
  }
  const cut = kept.length < answer.body.length || answer.body.length >= wire || linesIn(kept) >= (tailLines ?? Number.POSITIVE_INFINITY);
  return { status: 'found', value: { text, truncated: cut }, readAt };
}

function queryOf({ container, previous, tailLines, since }: LogOptions, limitBytes: number): URLSearchParams {
  const query = new URLSearchParams({ container, previous: String(previous), limitBytes: String(limitBytes) });
  if (tailLines !== undefined) query.set('tailLines', String(tailLines));
  if (since !== undefined) query.set('sinceTime', since);
  return query;
}

/** The last `maxBytes` at most, beginning with a whole line where there is one. */
function endOf(body: Buffer, maxBytes: number): Buffer {
  if (body.length <= maxBytes) return body;
  const end = body.subarray(body.length - maxBytes);
  const lineEnd = end.indexOf(LINE_END);
  return lineEnd >= 0 && lineEnd < end.length - 1 ? end.subarray(lineEnd + 1) : end;
}

function linesIn(body: Buffer): number {
  let lines = 0;
  for (let at = body.indexOf(LINE_END); at >= 0; at = body.indexOf(LINE_END, at + 1)) lines += 1;
  return lines;
}
