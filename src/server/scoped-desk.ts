import type { z } from 'zod';
import type { Principal } from '../auth/principal.ts';
import type { ClusterQuestion } from '../client/cluster-question.ts';
import type { GraphQuestion } from '../client/session-client.ts';
import { resourceType } from '../domain/kubernetes/resource-type.ts';
import { coded } from '../errors/coded-error.ts';
import type { placeSchema } from '../protocol/reads.ts';
import type { ClusterDesk } from './threads/cluster-desk.ts';

type Lookups = Exclude<ClusterQuestion, { ask: 'graph' | 'place' }>;

/** The cluster as somebody may see it: what is of other namespaces, or of none, is forbidden, and says what would be needed. */
export function scopedDesk(desk: ClusterDesk, principal: Principal | undefined): Pick<ClusterDesk, 'ask'> {
  const allowed = principal?.namespaces ?? null;
  return {
    async ask(question, signal) {
      if (allowed === null) return desk.ask(question, signal);
      if (question.ask === 'place') return placeWithin(await desk.ask(question, signal), allowed);
      // A graph is no lookup: there is no answer in which it could be forbidden.
      if (question.ask === 'graph') return desk.ask({ ask: 'graph', question: graphWithin(question.question, allowed) }, signal);
      const asked = inTheOnlyOne(question, allowed);
      const needs = missing(asked, allowed);
      if (needs === undefined) return desk.ask(asked, signal);
      return JSON.stringify({ status: 'forbidden', needs });
    },
  };
}

/** Of all that there is, this is what there is for it. */
function placeWithin(json: string, allowed: readonly string[]): string {
  const place = JSON.parse(json) as z.infer<typeof placeSchema>;
  const { default_namespace: usual, namespaces } = place;
  const only = allowed.length === 1 ? (allowed[0] ?? null) : null;
  const seen = allowed.filter((each) => namespaces == null || namespaces.includes(each));
  return JSON.stringify({ ...place, namespaces: seen, default_namespace: usual !== null && allowed.includes(usual) ? usual : only } satisfies typeof place);
}

function graphWithin({ query, namespace: named }: GraphQuestion, allowed: readonly string[]): GraphQuestion {
  const namespace = named ?? (allowed.length === 1 ? allowed[0] : undefined);
  if (namespace === undefined) throw coded('REQUEST_INVALID', { problems: [`namespace: one is needed with this key: ${allowed.join(', ')}`] });
  if (!allowed.includes(namespace)) throw coded('NOT_PERMITTED', { needs: `a key for namespace ${namespace}` });
  return { query, namespace };
}

/** Whoever sees one namespace means that one. */
function inTheOnlyOne(question: Lookups, allowed: readonly string[]): Lookups {
  const [namespace, ...others] = allowed;
  if (namespace === undefined || others.length > 0 || namespaceOf(question) !== undefined) return question;
  if (question.ask === 'list' && resourceType(question.kind).namespaced) return { ...question, options: { ...question.options, namespace } };
  if (question.ask === 'get' && resourceType(question.kind).namespaced) return { ...question, namespace };
  return question;
}

function missing(question: Lookups, allowed: readonly string[]): string | undefined {
  if ('kind' in question && !resourceType(question.kind).namespaced) return `a key for the whole cluster, to read ${resourceType(question.kind).plural}`;
  const namespace = namespaceOf(question);
  if (namespace === undefined) return `a namespace that it is for: ${allowed.join(', ')}`;
  return allowed.includes(namespace) ? undefined : `a key for namespace ${namespace}`;
}

function namespaceOf(question: Lookups): string | undefined {
  switch (question.ask) {
    case 'list':
    case 'logs':
      return question.options.namespace;
    case 'get':
      return question.namespace;
  }
}
