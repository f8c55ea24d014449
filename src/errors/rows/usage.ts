import { type ErrorRow, EXIT } from '../row.ts';

export const USAGE_ERRORS = {
  DESCRIPTION_EMPTY: {
    kind: 'user',
    exitCode: EXIT.usage,
    httpStatus: 400,
    message: (_: object) => 'There is nothing to investigate: the description is empty.',
    nextSteps: ['Say what hurts in a few words: "checkout is failing in shop".'],
  },
  SETTINGS_INVALID: {
    kind: 'user',
    exitCode: EXIT.usage,
    httpStatus: 400,
    message: ({ problems }: { problems: readonly string[] }) =>
      `${problems.length === 1 ? 'A setting is' : `${problems.length} settings are`} not valid: ${problems.join('; ')}.`,
    nextSteps: ['Correct each of them and try again.'],
  },
  NAMESPACE_UNKNOWN: {
    kind: 'user',
    exitCode: EXIT.usage,
    httpStatus: 400,
    message: ({ name, near }: { name: string; near: readonly string[] }) => `There is no namespace ${name}${near.length === 0 ? '' : `; near: ${near.join(', ')}`}.`,
    nextSteps: ['kubectl get namespaces lists those there are.'],
  },
  FILE_UNREADABLE: {
    kind: 'user',
    exitCode: EXIT.usage,
    httpStatus: 400,
    message: ({ path, reason }: { path: string; reason: string }) => `The file ${path} cannot be read: ${reason}.`,
    nextSteps: ['Check the path and its permissions.'],
  },
  UNEXPECTED: {
    kind: 'bug',
    exitCode: EXIT.bug,
    httpStatus: 500,
    message: ({ reason }: { reason: string }) => `Something went wrong inside sre-orch: ${reason}.`,
    nextSteps: ['Run it again with --verbose and report what it prints; it holds no secret.'],
  },
} as const satisfies Record<string, ErrorRow>;
