import { collectionPath } from '../../domain/kubernetes/resource-type.ts';
import type { Lookup } from '../../domain/lookup.ts';
import type { LogOptions, LogText } from '../reader.ts';
import type { ApiClient } from './http/api-client.ts';
import { Refusal } from './http/refusal.ts';

const OK = 200;
const BAD_REQUEST = 400;
const INTERNAL_ERROR = 500;
const MAX_BYTES = 8 * 2 ** 20;
/** limitBytes counts from the first line and would cut the newest, so it is only a last resort: kubelets rotate at 10 MB. */
const WIRE_BYTES = 32 * 2 ** 20;
const LONGEST_NOTICE = 1024;
const LINE_END = 0x0a;

/** There is no such run, or it has written nothing yet (kubelet, validateContainerLogStatus). */
const NO_SUCH_RUN = /previous terminated container .* not found|is waiting to start|is not valid for pod|is not available/;
/** The kubelet says this in place of the log, with status 200, when the runtime has removed it. */
const LOG_IS_GONE = /^(unable to retrieve container logs for |failed to try resolving symlinks in path )/;

/** The end of one run's log. Throws Refusal or what the network throws. */
export async function readLog(client: ApiClient, options: LogOptions, signal: AbortSignal, now: () => Date): Promise<Lookup<LogText>> {
  const { namespace, pod, tailLines, maxBytes = MAX_BYTES } = options;
  const path = `${collectionPath('Pod', namespace)}/${encodeURIComponent(pod)}/log?${queryOf(options)}`;
  // One byte more shows whether the kept end begins with a line. A kubelet that cannot be reached is a 500: asking again would only wait again.
  const limits = { maxBytes: WIRE_BYTES + LONGEST_NOTICE, keepEnd: Math.max(maxBytes + 1, LONGEST_NOTICE) };
  const answer = await client.get({ path, accept: 'text/plain, */*', ...limits, lasting: INTERNAL_ERROR }, signal);
  const readAt = now().toISOString();
  if (answer.status !== OK) {
    const refusal = new Refusal(answer);
    if (answer.status === BAD_REQUEST && NO_SUCH_RUN.test(refusal.said)) return { status: 'not-found', readAt };
    throw refusal;
  }
  const kept = endOf(answer.body, maxBytes);
  const text = kept.toString('utf8');
  if (answer.length < LONGEST_NOTICE && LOG_IS_GONE.test(text)) {
    return { status: 'not-collected', needs: `the log of ${namespace}/${pod}`, reason: text.trim().slice(0, 300) };
  }
  const cut = kept.length < answer.length || answer.length >= WIRE_BYTES || linesIn(kept) >= (tailLines ?? Number.POSITIVE_INFINITY);
  return { status: 'found', value: { text, truncated: cut }, readAt };
}

function queryOf({ container, previous, tailLines, since, timestamps }: LogOptions): URLSearchParams {
  const query = new URLSearchParams({ container, previous: String(previous), limitBytes: String(WIRE_BYTES) });
  if (tailLines !== undefined) query.set('tailLines', String(tailLines));
  if (timestamps === true) query.set('timestamps', 'true');
  if (since !== undefined) query.set('sinceTime', since);
  return query;
}

/** The last `maxBytes` at most, beginning with a whole line where there is one. */
function endOf(body: Buffer, maxBytes: number): Buffer {
  if (body.length <= maxBytes) return body;
  const lineEnd = body.indexOf(LINE_END, body.length - maxBytes - 1);
  return body.subarray(lineEnd >= 0 && lineEnd < body.length - 1 ? lineEnd + 1 : body.length - maxBytes);
}

function linesIn(body: Buffer): number {
  let lines = 0;
  for (let at = body.indexOf(LINE_END); at >= 0; at = body.indexOf(LINE_END, at + 1)) lines += 1;
  return lines;
}
