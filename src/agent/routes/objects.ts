import * as z from 'zod';
import type { KubeObject } from '../../domain/kubernetes/object.ts';
import { isKind, type Kind, resourceType } from '../../domain/kubernetes/resource-type.ts';
import { coded } from '../../errors/coded-error.ts';
import { projectionOf, REPEATABLE } from '../../evidence/collect/projections.ts';
import { objectAnswerSchema, objectPageSchema, PAGE_ITEMS } from '../../protocol/agent.ts';
import { answerOf, asJson, asJsonText } from '../answer-of.ts';
import { type AgentParts, type Answer, type Asked, route, type Sent } from '../route.ts';

const MB = 2 ** 20;
const PAGE_BYTES = 16 * MB;
const USUAL_LIMIT = 500;

const segment = z.string().min(1).max(253);
const selector = z.string().max(2_000);
const flag = z.enum(['true', 'false']).optional();
const pageQuery = z.strictObject({
  namespace: segment.optional().describe('left out: all namespaces, or a kind that has none'),
  version: z
    .string()
    .regex(/^v\d+((alpha|beta)\d+)?$/)
    .optional()
    .describe('API version, where a cluster does not serve the usual one'),
  label_selector: selector.optional(),
  field_selector: selector.optional(),
  metadata_only: flag,
  without_managed_fields: flag,
  evidence_only: flag.describe('of pods and events only what an investigation looks at'),
  limit: z.coerce.number().int().min(1).max(PAGE_ITEMS).default(USUAL_LIMIT),
  continue: z.string().max(8_192).optional(),
});
type PageQuery = z.infer<typeof pageQuery>;
const objectQuery = z.strictObject({ namespace: segment.optional() });

export const listObjects = route({
  method: 'GET',
  path: '/api/v1/objects/{kind}',
  summary: 'Objects of a kind, a page at a time',
  needs: 'caller',
  query: pageQuery,
  answers: { 200: { what: 'one page', schema: objectPageSchema }, 410: { what: '`continue` has expired: begin anew' } },
  handle: ({ params, query, gone }, parts) => answerPage(parts, kindOf(params), query, gone),
});

export const getObject = route({
  method: 'GET',
  path: '/api/v1/objects/{kind}/{name}',
  summary: 'One object',
  needs: 'caller',
  query: objectQuery,
  answers: { 200: { what: 'the object, without secrets', schema: objectAnswerSchema }, 404: { what: 'the API server says that it does not exist' } },
  handle: ({ params, query: { namespace }, gone }, parts) => {
    const [kind, name = ''] = [kindOf(params), params['name']];
    return answerOf(
      parts,
      {
        key: JSON.stringify(['get', kind, namespace, name]),
        what: `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`,
        read: (reader, signal) => reader.get(kind, namespace, name, signal),
        encode: (object, readAt) => asJson({ object, read_at: readAt }),
      },
      gone,
    );
  },
});

export const listEvents = route({
  method: 'GET',
  path: '/api/v1/events/{namespace}',
  summary: 'Events of a namespace, of one object where it is named',
  needs: 'caller',
  query: z.strictObject({ kind: z.string().max(100).optional(), name: segment.optional(), limit: pageQuery.shape.limit, continue: pageQuery.shape.continue }),
  answers: { 200: { what: 'one page', schema: objectPageSchema } },
  handle: (
    { params: { namespace }, query, gone }: Asked<{ kind?: string | undefined; name?: string | undefined; limit: number; continue?: string | undefined }>,
    parts,
  ) => {
    const terms = [
      ...(query.kind === undefined ? [] : [`involvedObject.kind=${query.kind}`]),
      ...(query.name === undefined ? [] : [`involvedObject.name=${query.name}`]),
    ];
    const page: PageQuery = { namespace, limit: query.limit, continue: query.continue, ...(terms.length === 0 ? {} : { field_selector: terms.join() }) };
    return answerPage(parts, 'Event', page, gone);
  },
});

export const listUsage = route({
  method: 'GET',
  path: '/api/v1/metrics/{of}',
  summary: 'What pods or nodes use now (metrics.k8s.io)',
  needs: 'caller',
  query: z.strictObject({ namespace: pageQuery.shape.namespace, limit: pageQuery.shape.limit, continue: pageQuery.shape.continue }),
  answers: { 200: { what: 'quantities as Kubernetes writes them', schema: objectPageSchema }, 404: { what: 'there is no metrics server' } },
  handle: ({ params: { of }, query, gone }: Asked<PageQuery>, parts) => {
    if (of !== 'pods' && of !== 'nodes') throw coded('ROUTE_UNKNOWN', {});
    return answerPage(parts, of === 'pods' ? 'PodMetrics' : 'NodeMetrics', query, gone);
  },
});

function answerPage(parts: AgentParts, kind: Kind, query: PageQuery, gone: AbortSignal): Promise<Answer> {
  const options = {
    ...(query.namespace === undefined ? {} : { namespace: query.namespace }),
    ...(query.version === undefined ? {} : { version: query.version }),
    ...(query.label_selector === undefined ? {} : { labelSelector: query.label_selector }),
    ...(query.field_selector === undefined ? {} : { fieldSelector: query.field_selector }),
    metadataOnly: query.metadata_only === 'true',
    withoutManagedFields: query.without_managed_fields === 'true',
  };
  const view = query.evidence_only === 'true' && REPEATABLE.has(kind) ? 'evidence' : 'whole';
  const wish = { token: query.continue, limit: query.limit, maxBytes: PAGE_BYTES };
  return answerOf(
    parts,
    {
      key: JSON.stringify(['list', kind, options, wish, view]),
      what: `list of ${resourceType(kind).plural}`,
      read: (reader, signal) => {
        const project = view === 'evidence' ? projectionOf(kind) : (object: KubeObject) => object;
        return reader.page(kind, options, { ...wish, project, each: written }, signal);
      },
      encode: ({ items, token = null, problems }, readAt) => asPage({ continue: token, read_at: readAt, problems }, items),
    },
    gone,
  );
}

/** Its metadata first, as an API server has it: where an item begins is found by that. */
function written({ metadata, ...object }: KubeObject): string {
  return JSON.stringify({ metadata, ...object });
}

/** The items, written already, come last: what stands before them is read before they are parsed. */
function asPage(head: { continue: string | null; read_at: string; problems: readonly string[] }, items: readonly string[]): Omit<Sent, 'status'> {
  return asJsonText(`${JSON.stringify(head).slice(0, -1)},"items":[${items.join()}]}`);
}

function kindOf({ kind = '' }: Readonly<Record<string, string>>): Kind {
  if (isKind(kind)) return kind;
  throw coded('REQUEST_INVALID', { problems: [`kind: ${JSON.stringify(kind.slice(0, 60))} is none that is known; GET /api/v1/cluster lists those that are`] });
}
