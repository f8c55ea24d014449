import type { ClusterReader } from '../cluster/reader.ts';
import type { ObjectRef } from '../domain/object-ref.ts';
import type { Target } from '../domain/report.ts';
import type { FollowUp, FollowUpAnswer, FollowUpStep } from '../pipeline/ask-on.ts';
import type { GraphAnswer, GraphQuery } from '../topology/queries/graph-query.ts';
import type { InvestigationClient } from './investigation-client.ts';

export interface GraphQuestion {
  readonly query: GraphQuery;
  /** undefined: all. */
  readonly namespace: string | undefined;
}

/** The cluster that a session is about. */
export interface SessionPlace {
  readonly target: Target;
  /** The namespace of the context or the dump. */
  readonly defaultNamespace: string | undefined;
  /** Those that a dump holds, or that may be seen; undefined: the cluster is asked. */
  readonly namespaces: readonly string[] | undefined;
}

/** All that a session knows of the engine: investigations, and single reads beside them. Everything that it answers passed the redactor. */
export interface SessionClient extends InvestigationClient, AsyncDisposable {
  /** Connects. Throws what `investigate` would: no kubeconfig, an API server that does not answer. */
  place(signal: AbortSignal): Promise<SessionPlace>;
  /** What there is by name, the likeliest kinds first; absent where it takes single reads. */
  names?(namespace: string | undefined, signal: AbortSignal): Promise<readonly ObjectRef[]>;
  /** Some targeted reads; what they read with is closed when `work` has ended. */
  read<T>(work: (reader: Pick<ClusterReader, 'list' | 'get' | 'logs' | 'asOf'>) => Promise<T>, signal: AbortSignal): Promise<T>;
  /** Asks a language model something about a report; absent where there is none to ask, undefined where it is not to be asked. */
  askOn?(followUp: FollowUp, signal: AbortSignal): AsyncGenerator<FollowUpStep, FollowUpAnswer | undefined>;
  /** Throws GRAPH_NAME_UNKNOWN, GRAPH_NAME_AMBIGUOUS. */
  graph(question: GraphQuestion, signal: AbortSignal): Promise<GraphAnswer>;
}
