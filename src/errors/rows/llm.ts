import { sentence } from '../../domain/sentence.ts';
import { type ErrorRow, EXIT } from '../row.ts';

export const LLM_ERRORS = {
  LLM_NOT_CONFIGURED: {
    kind: 'user',
    exitCode: EXIT.usage,
    httpStatus: 400,
    message: ({ missing }: { missing: string }) => `No language model is set up: ${missing} is missing.`,
    nextSteps: ['Set LLM_BASE_URL and LLM_MODEL, and LLM_API_KEY where the endpoint wants one; then: sre-orch config test.'],
  },
  LLM_UNREACHABLE: {
    kind: 'user',
    exitCode: EXIT.unreachable,
    httpStatus: 502,
    message: ({ label, reason }: { label: string; reason: string }) => sentence(`The model at ${label} cannot be reached: ${reason}`),
    nextSteps: ['Check LLM_BASE_URL: sre-orch config test.'],
  },
  LLM_UNAUTHORIZED: {
    kind: 'user',
    exitCode: EXIT.unreachable,
    httpStatus: 502,
    message: ({ label, reason }: { label: string; reason: string }) => sentence(`The model at ${label} does not accept the key: ${reason}`),
    nextSteps: ['Check LLM_API_KEY.'],
  },
  LLM_QUOTA_USED_UP: {
    kind: 'user',
    exitCode: EXIT.unreachable,
    httpStatus: 502,
    message: ({ label, reason }: { label: string; reason: string }) => sentence(`The quota at ${label} is used up: ${reason}`),
    nextSteps: ['Wait, or pay; investigations go on without the model.'],
  },
  LLM_OVERLOADED: {
    kind: 'user',
    exitCode: EXIT.unreachable,
    httpStatus: 503,
    message: ({ label, reason }: { label: string; reason: string }) => sentence(`The model at ${label} has no time: ${reason}`),
    nextSteps: ['Try again later; investigations go on without the model.'],
  },
  LLM_REFUSED: {
    kind: 'user',
    exitCode: EXIT.error,
    httpStatus: 502,
    message: ({ label, reason }: { label: string; reason: string }) => sentence(`The model at ${label} refuses the request: ${reason}`),
    nextSteps: ['See what the endpoint takes: sre-orch config test.'],
  },
  LLM_ANSWER_UNUSABLE: {
    kind: 'user',
    exitCode: EXIT.error,
    httpStatus: 502,
    message: ({ label, reason }: { label: string; reason: string }) => sentence(`The model at ${label} gives no usable answer: ${reason}`),
    nextSteps: ['See what the endpoint can do: sre-orch config test. A larger model may help.'],
  },
  LLM_TIMED_OUT: {
    kind: 'user',
    exitCode: EXIT.timedOut,
    httpStatus: 504,
    message: ({ label, reason }: { label: string; reason: string }) => sentence(`The model at ${label} did not answer in time: ${reason}`),
    nextSteps: ['Give it longer with --llm-timeout.'],
  },
  MCP_CONFIG_INVALID: {
    kind: 'user',
    exitCode: EXIT.usage,
    httpStatus: 400,
    message: ({ path, problems }: { path: string; problems: readonly string[] }) =>
      `${path} names MCP servers in a way that cannot be used: ${problems.join('; ')}.`,
    nextSteps: ['Correct each of them: docs/mcp.md shows the file.'],
  },
  TOOL_UNKNOWN: {
    kind: 'user',
    exitCode: EXIT.usage,
    httpStatus: 404,
    message: ({ name, near }: { name: string; near: readonly string[] }) => `There is no tool ${name}${near.length === 0 ? '' : `; near: ${near.join(', ')}`}.`,
    nextSteps: ['"sre-orch tools list" shows those there are.'],
  },
  ADDRESS_NOT_OFFLINE: {
    kind: 'user',
    exitCode: EXIT.unreachable,
    httpStatus: 502,
    message: ({ address }: { address: string }) => `${address} is outside this machine, the private network and the cluster, and --offline forbids that.`,
    nextSteps: ['Use an address inside, or leave --offline out.'],
  },
} as const satisfies Record<string, ErrorRow>;
