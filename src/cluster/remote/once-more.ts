import type { ApiClientOptions } from '../live/http/api-client.ts';

/**
 * An agent that goes away is asked once more, when another may have taken its place; what the API server refused it,
 * it has asked for again itself.
 */
export const ONCE_MORE = {
  attempts: 2,
  // One pod ends, and the next is not in the endpoints of the Service yet.
  firstWaitMs: 1_500,
  passing: new Set([503]),
  passingErrors: new Set(['ECONNREFUSED']),
} as const satisfies Partial<ApiClientOptions>;
