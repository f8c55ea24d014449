import { type ErrorRow, EXIT } from '../row.ts';

export const SESSION_ERRORS = {
  SESSION_EMPTY: {
    kind: 'user',
    exitCode: EXIT.usage,
    httpStatus: 409,
    message: (_: object) => 'Nothing was investigated yet in this session, so there is nothing to tell about.',
    nextSteps: ['Say what hurts in a few words: "checkout is failing in shop".', '/show ID takes up a stored investigation.'],
  },
  SESSION_NOT_FOUND: {
    kind: 'user',
    exitCode: EXIT.error,
    httpStatus: 404,
    message: ({ id, known }: { id: string; known: readonly string[] }) =>
      id === ''
        ? 'There is no session to go on with.'
        : `There is no session ${JSON.stringify(id)}${known.length === 0 ? '' : `; the last are ${known.join(', ')}`}.`,
    nextSteps: ['sre-orch chat begins a new one.'],
  },
  CONTEXT_ELSEWHERE: {
    kind: 'user',
    exitCode: EXIT.usage,
    httpStatus: 400,
    message: ({ server }: { server: string }) => `This session asks ${server}, which looks at one cluster; contexts are of the kubeconfig here.`,
    nextSteps: ['Begin a session without --server, or with that of the other cluster.'],
  },
  OBJECT_UNKNOWN: {
    kind: 'user',
    exitCode: EXIT.error,
    httpStatus: 404,
    message: ({ name, near }: { name: string; near: readonly string[] }) =>
      `Nothing that could be listed is called "${name}".${near.length === 0 ? '' : ` Near names: ${near.join(', ')}.`}`,
    nextSteps: ['Tab completes names; NAMESPACE/NAME names one of another namespace.'],
  },
  SLASH_UNKNOWN: {
    kind: 'user',
    exitCode: EXIT.usage,
    httpStatus: 400,
    message: ({ word, near }: { word: string; near: readonly string[] }) =>
      `There is no command /${word}${near.length === 0 ? '' : `; did you mean ${near.map((name) => `/${name}`).join(', ')}?`}`,
    nextSteps: ['/help lists the commands.'],
  },
} as const satisfies Record<string, ErrorRow>;
