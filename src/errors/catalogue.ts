import type { ErrorRow } from './row.ts';
import { AGENT_ERRORS } from './rows/agent.ts';
import { CLUSTER_ERRORS } from './rows/cluster.ts';
import { GRAPH_ERRORS } from './rows/graph.ts';
import { LLM_ERRORS } from './rows/llm.ts';
import { RULES_ERRORS } from './rows/rules.ts';
import { SERVER_ERRORS } from './rows/server.ts';
import { SESSION_ERRORS } from './rows/session.ts';
import { SNAPSHOT_ERRORS } from './rows/snapshot.ts';
import { STORE_ERRORS } from './rows/store.ts';
import { USAGE_ERRORS } from './rows/usage.ts';

/** Every error that a person, a script or an HTTP client can meet. Codes are public: added, never renamed. docs/errors.md is written from it. */
export const CATALOGUE = {
  ...USAGE_ERRORS,
  ...CLUSTER_ERRORS,
  ...SNAPSHOT_ERRORS,
  ...RULES_ERRORS,
  ...GRAPH_ERRORS,
  ...STORE_ERRORS,
  ...LLM_ERRORS,
  ...SESSION_ERRORS,
  ...SERVER_ERRORS,
  ...AGENT_ERRORS,
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof CATALOGUE;
