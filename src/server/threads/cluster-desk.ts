import type { ClusterQuestion } from '../../client/cluster-question.ts';

/** Where the cluster is asked, by a thread: what is read never holds up another answer of the server. */
export interface ClusterDesk extends AsyncDisposable {
  /** The answer as the API gives it, in JSON. Throws SERVER_BUSY, and what the engine throws: GRAPH_NAME_UNKNOWN, CLUSTER_UNREACHABLE … */
  ask(question: ClusterQuestion, signal: AbortSignal): Promise<string>;
}
