import { type ErrorRow, EXIT } from '../row.ts';

/** What the agent answers, and what a reader meets that reads through one. */
export const AGENT_ERRORS = {
  OBJECT_NOT_FOUND: {
    kind: 'user',
    exitCode: EXIT.error,
    httpStatus: 404,
    message: ({ what }: { what: string; read_at: string }) => `There is no ${what}.`,
    nextSteps: ['The API server itself says so; check the name and the namespace.'],
  },
  READ_FORBIDDEN: {
    kind: 'user',
    exitCode: EXIT.error,
    httpStatus: 403,
    message: ({ needs }: { needs: string }) => `The agent may not read that: it needs ${needs}.`,
    nextSteps: ['GET /api/v1/access lists the permissions that it lacks; the chart grants them.'],
  },
  LIST_EXPIRED: {
    kind: 'user',
    exitCode: EXIT.error,
    httpStatus: 410,
    message: (_: { needs: string; reason: string }) => 'The place where this page begins is known no more.',
    nextSteps: ['Begin the list anew, without `continue`.'],
  },
  CLUSTER_THROTTLED: {
    kind: 'user',
    exitCode: EXIT.error,
    httpStatus: 429,
    message: ({ reason }: { needs: string; reason: string }) => `The API server asks to wait: ${reason}.`,
    nextSteps: ['Try again later: the API server is busy.'],
  },
  CLUSTER_READ_FAILED: {
    kind: 'user',
    exitCode: EXIT.error,
    httpStatus: 502,
    message: ({ needs, reason }: { needs: string; reason: string }) => `The cluster gave no usable answer to "${needs}": ${reason}.`,
    nextSteps: ['GET /api/v1/access says how the API server is.'],
  },
  CLUSTER_LATE: {
    kind: 'user',
    exitCode: EXIT.error,
    httpStatus: 504,
    message: ({ needs }: { needs: string; reason: string }) => `The cluster did not answer "${needs}" in time.`,
    nextSteps: ['Ask for less, with `limit` or a selector, or later.'],
  },
  AGENT_BUSY: {
    kind: 'user',
    exitCode: EXIT.error,
    httpStatus: 429,
    message: ({ limit }: { limit: number }) => `The agent has ${limit} requests under way already.`,
    nextSteps: ['Try again in a moment: the Retry-After header says when.'],
  },
  CALLER_UNKNOWN: {
    kind: 'user',
    exitCode: EXIT.error,
    httpStatus: 401,
    message: (_: object) => 'The agent knows its callers, and this is none of them.',
    nextSteps: ['Send its key, or a token of a service account that it was told of, as "Authorization: Bearer …".'],
  },
  CALLER_WITHOUT_CERTIFICATE: {
    kind: 'user',
    exitCode: EXIT.error,
    httpStatus: 403,
    message: (_: object) => 'The agent asks for a client certificate, and there was none that it trusts.',
    nextSteps: ['Name the certificate and its key in the file of agents: client_cert, client_key.'],
  },
  AGENTS_INVALID: {
    kind: 'user',
    exitCode: EXIT.usage,
    httpStatus: 400,
    message: ({ path, problems }: { path: string; problems: readonly string[] }) => `The file of agents ${path} cannot be used: ${problems.join('; ')}.`,
    nextSteps: ['It holds, under `agents`, one entry a cluster: url, and ca, key_file or token_file, client_cert and client_key where needed.'],
  },
  CLUSTER_UNKNOWN: {
    kind: 'user',
    exitCode: EXIT.usage,
    httpStatus: 400,
    message: ({ name, known }: { name: string; known: readonly string[] }) =>
      `No agent is known for the cluster ${JSON.stringify(name)}${known.length === 0 ? '' : `; there are ${known.join(', ')}`}.`,
    nextSteps: ['Name it in the file of agents: --agents FILE.'],
  },
  CLUSTER_NOT_CHOSEN: {
    kind: 'user',
    exitCode: EXIT.usage,
    httpStatus: 400,
    message: ({ known }: { known: readonly string[] }) => `There are agents for several clusters: ${known.join(', ')}.`,
    nextSteps: ['Choose one: --cluster NAME; or call one of them "default".'],
  },
  AGENT_UNREACHABLE: {
    kind: 'user',
    exitCode: EXIT.unreachable,
    httpStatus: 503,
    message: ({ url, reason }: { url: string; reason: string }) => `The agent at ${url} could not be reached: ${reason}.`,
    nextSteps: ['Check that it runs and is ready, and that network policies let you through: kubectl get pods -l app.kubernetes.io/component=agent -A.'],
  },
  AGENT_REFUSES: {
    kind: 'user',
    exitCode: EXIT.unreachable,
    httpStatus: 502,
    message: ({ url, reason }: { url: string; reason: string }) => `The agent at ${url} does not let this caller in: ${reason}.`,
    nextSteps: ['Check the key or token, and the client certificate, that the file of agents names.'],
  },
} as const satisfies Record<string, ErrorRow>;
