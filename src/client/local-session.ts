import type { ClusterReader } from '../cluster/reader.ts';
import { redactingReader } from '../cluster/redacting-reader.ts';
import type { InvestigationEvent } from '../domain/investigation-event.ts';
import type { InvestigationRequest } from '../domain/investigation-request.ts';
import { readInventory } from '../pipeline/read-inventory.ts';
import type { Redactor } from '../redact/redactor.ts';
import { buildGraph } from '../topology/build-graph.ts';
import type { KnowledgeGraph } from '../topology/knowledge/knowledge-graph.ts';
import { answerGraphQuery } from '../topology/queries/graph-query.ts';
import { type LocalEngine, localClient } from './local.ts';
import type { SessionClient } from './session-client.ts';

export interface LocalSessionOptions extends Omit<LocalEngine, 'investigate'> {
  /** A reader for one question: what it counts and its time are those of the question. */
  readonly open: (signal: AbortSignal) => Promise<ClusterReader>;
  readonly engineOver: (reader: ClusterReader) => Promise<LocalEngine['investigate']>;
  /** Who answers questions about a report; undefined where no model is asked. */
  readonly followUpsOver?: (reader: ClusterReader) => Promise<FollowUps | undefined>;
  readonly openKnowledge: () => Promise<KnowledgeGraph>;
  readonly redactor: Redactor;
  readonly close: () => Promise<void>;
}

/** Told step by step while a model works. */
export type FollowUps = NonNullable<SessionClient['askOn']>;

/** A session with the engine in this process. */
export function localSession({ open, engineOver, followUpsOver, openKnowledge, redactor, close, ...engine }: LocalSessionOptions): SessionClient {
  async function* investigate(request: InvestigationRequest, signal: AbortSignal): AsyncGenerator<InvestigationEvent> {
    await using reader = await open(signal);
    yield* (await engineOver(reader))(request, signal);
  }
  return {
    ...localClient({ ...engine, investigate }),
    async place(signal) {
      await using reader = await open(signal);
      return { target: reader.target, defaultNamespace: reader.defaultNamespace, namespaces: reader.namespaces };
    },
    async read(work, signal) {
      await using reader = await open(signal);
      return await work(redactingReader(reader, redactor));
    },
    async graph({ query, namespace }, signal) {
      await using reader = await open(signal);
      const [knowledge, inventory] = await Promise.all([
        openKnowledge(),
        readInventory({ reader, namespaces: namespace === undefined ? [] : [namespace], now: engine.now, signal }),
      ]);
      return redactor.object(answerGraphQuery(query, { graph: buildGraph(inventory, knowledge), inventory, knowledge, namespace }));
    },
    async *askOn(followUp, signal) {
      await using reader = await open(signal);
      const ask = await followUpsOver?.(reader);
      return ask === undefined ? undefined : yield* ask(followUp, signal);
    },
    [Symbol.asyncDispose]: close,
  };
}
