import type { z } from 'zod';
import { type ClusterQuestion, readsOver } from '../../client/cluster-question.ts';
import { isKind, type Kind } from '../../domain/kubernetes/resource-type.ts';
import { coded } from '../../errors/coded-error.ts';
import {
  getQuerySchema,
  graphAnswerSchema,
  graphQuerySchema,
  listLookupSchema,
  listQuerySchema,
  logLookupSchema,
  logsQuerySchema,
  namesSchema,
  objectLookupSchema,
  placeSchema,
} from '../../protocol/reads.ts';
import { namedObjects } from '../../session/reads/names.ts';
import type { GraphQuery } from '../../topology/queries/graph-query.ts';
import { type Answer, type Asked, route, type ServerParts } from '../route.ts';
import { scopedDesk } from '../scoped-desk.ts';

const LOOKUP = '`found`, `not-found`, `forbidden` or `not-collected`, with what would be needed';

export const getPlace = route({
  method: 'GET',
  path: '/api/v1/cluster',
  summary: 'The cluster, or the dump, that this server looks at',
  needs: 'viewer',
  answers: { 200: { what: 'the cluster', schema: placeSchema } },
  handle: (asked, parts) => answer({ ask: 'place' }, asked, parts),
});

export const listObjects = route({
  method: 'GET',
  path: '/api/v1/objects/{kind}',
  summary: 'Objects of a kind, without their secrets',
  needs: 'viewer',
  query: listQuerySchema,
  answers: { 200: { what: LOOKUP, schema: listLookupSchema } },
  handle: (asked, parts) => {
    const { namespace, label_selector: labelSelector, field_selector: fieldSelector, metadata_only: metadataOnly, max_items: maxItems } = asked.query;
    return answer({ ask: 'list', kind: kindOf(asked), options: given({ namespace, labelSelector, fieldSelector, metadataOnly, maxItems }) }, asked, parts);
  },
});

export const getObject = route({
  method: 'GET',
  path: '/api/v1/objects/{kind}/{name}',
  summary: 'One object, without its secrets',
  needs: 'viewer',
  query: getQuerySchema,
  answers: { 200: { what: LOOKUP, schema: objectLookupSchema } },
  handle: (asked, parts) => answer({ ask: 'get', kind: kindOf(asked), namespace: asked.query.namespace, name: asked.params['name'] ?? '' }, asked, parts),
});

export const getLogs = route({
  method: 'GET',
  path: '/api/v1/logs',
  summary: 'The end of the log of a container',
  needs: 'viewer',
  query: logsQuerySchema,
  answers: { 200: { what: LOOKUP, schema: logLookupSchema } },
  handle: (asked, parts) => {
    const { namespace, pod, container, previous = false, tail_lines: tailLines, max_bytes: maxBytes, timestamps, since } = asked.query;
    return answer({ ask: 'logs', options: { namespace, pod, container, previous, ...given({ tailLines, maxBytes, timestamps, since }) } }, asked, parts);
  },
});

export const getGraph = route({
  method: 'GET',
  path: '/api/v1/graph',
  summary: 'What depends on what',
  needs: 'viewer',
  query: graphQuerySchema,
  answers: { 200: { what: 'objects and edges', schema: graphAnswerSchema }, 404: { what: 'nothing is called so' } },
  handle: (asked, parts) => answer({ ask: 'graph', question: { query: graphQueryOf(asked.query), namespace: asked.query.namespace } }, asked, parts),
});

export const getNames = route({
  method: 'GET',
  path: '/api/v1/names',
  summary: 'What there is, by name: for completion',
  needs: 'viewer',
  query: getQuerySchema,
  answers: { 200: { what: 'the likeliest kinds first', schema: namesSchema } },
  handle: async ({ query: { namespace }, principal, gone }, { desk, now }) => {
    const { ask } = scopedDesk(desk, principal);
    const reads = readsOver(async (question, signal) => JSON.parse(await ask(question, signal)), now().toISOString());
    return { status: 200, body: { items: await namedObjects(reads, namespace, gone) } };
  },
});

async function answer(question: ClusterQuestion, { principal, gone }: Asked, { desk }: ServerParts): Promise<Answer> {
  const body = await scopedDesk(desk, principal).ask(question, gone);
  return { status: 200, headers: { 'content-type': 'application/json; charset=utf-8' }, body };
}

function kindOf({ params }: Asked): Kind {
  const kind = params['kind'] ?? '';
  if (!isKind(kind)) throw coded('REQUEST_INVALID', { problems: ['kind: one that sre-orch reads is needed, spelled as Kubernetes spells it: Deployment'] });
  return kind;
}

function graphQueryOf({ ask, name, to, depth, everything }: z.infer<typeof graphQuerySchema>): GraphQuery {
  if (ask === 'show') return { ask, ...given({ everything }) };
  if (name === undefined) throw coded('REQUEST_INVALID', { problems: [`name: ${ask} needs one`] });
  if (ask !== 'path') return { ask, name, ...given({ depth, everything }) };
  if (to === undefined) throw coded('REQUEST_INVALID', { problems: ['to: path needs one'] });
  return { ask, name, to };
}

/** Without what was not given. */
function given<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}
