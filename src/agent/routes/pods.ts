import * as z from 'zod';
import type { PagedReader } from '../../cluster/paged-reader.ts';
import type { LogOptions, LogText } from '../../cluster/reader.ts';
import type { Pod } from '../../domain/kubernetes/pod.ts';
import type { Lookup } from '../../domain/lookup.ts';
import { logAnswerSchema, podSummarySchema } from '../../protocol/agent.ts';
import { answerOf, asJson } from '../answer-of.ts';
import { podSummary } from '../pod-summary.ts';
import { type Asked, route } from '../route.ts';

const MB = 2 ** 20;
const USUAL_TAIL = 2_000;
const LONGEST_TAIL = 100_000;

const logQuery = z.strictObject({
  container: z.string().min(1).max(253).optional().describe('left out: the first'),
  tail: z.coerce.number().int().min(1).max(LONGEST_TAIL).default(USUAL_TAIL),
  previous: z.enum(['true', 'false']).optional().describe('of the run before the last restart'),
  since: z.iso.datetime({ offset: true }).optional(),
  timestamps: z.enum(['true', 'false']).optional(),
  max_bytes: z.coerce
    .number()
    .int()
    .min(1)
    .max(8 * MB)
    .default(MB)
    .describe('of the end'),
});
type LogQuery = z.infer<typeof logQuery>;

export const getPod = route({
  method: 'GET',
  path: '/api/v1/pods/{namespace}/{name}',
  summary: 'A pod in short: status, containers, restarts, limits, requests, names of variables',
  needs: 'caller',
  answers: { 200: { what: 'the pod', schema: podSummarySchema }, 404: { what: 'the API server says that it does not exist' } },
  handle: ({ params: { namespace = '', name = '' }, gone }, parts) =>
    answerOf(
      parts,
      {
        key: JSON.stringify(['pod', namespace, name]),
        what: `Pod ${namespace}/${name}`,
        read: (reader, signal) => reader.get<Pod>('Pod', namespace, name, signal),
        encode: (pod, readAt) => asJson(podSummary(pod, readAt)),
      },
      gone,
    ),
});

export const getPodLogs = route({
  method: 'GET',
  path: '/api/v1/pods/{namespace}/{name}/logs',
  summary: 'The end of the log of a container, as text, or as JSON where that is accepted',
  needs: 'caller',
  query: logQuery,
  answers: { 200: { what: 'the log, without secrets', schema: logAnswerSchema } },
  handle: ({ params: { namespace = '', name = '' }, query, headers, gone }: Asked<LogQuery>, parts) => {
    const json = /\bapplication\/(?:\*|json)/.test(String(headers['accept'] ?? ''));
    return answerOf<LogText>(
      parts,
      {
        key: JSON.stringify(['log', namespace, name, query, json]),
        what: `log of ${namespace}/${name}`,
        read: (reader, signal) => readLog(reader, { namespace, name, query }, signal),
        encode: ({ text, truncated }, readAt) =>
          json
            ? asJson({ text, truncated, read_at: readAt })
            : { type: 'text/plain; charset=utf-8', body: Buffer.from(text), headers: { 'x-truncated': String(truncated), 'x-read-at': readAt } },
      },
      gone,
    );
  },
});

async function readLog(
  reader: PagedReader,
  { namespace, name, query }: { namespace: string; name: string; query: LogQuery },
  signal: AbortSignal,
): Promise<Lookup<LogText>> {
  const { tail, previous, since, timestamps, max_bytes: maxBytes } = query;
  let { container } = query;
  if (container === undefined) {
    const pod = await reader.get<Pod>('Pod', namespace, name, signal);
    if (pod.status !== 'found') return pod;
    container = pod.value.spec?.containers[0]?.name ?? '';
  }
  const options: LogOptions = { namespace, pod: name, container, previous: previous === 'true', tailLines: tail, maxBytes, timestamps: timestamps === 'true' };
  return reader.logs(since === undefined ? options : { ...options, since }, signal);
}
