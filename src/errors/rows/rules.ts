import { type ErrorRow, EXIT } from '../row.ts';

export const RULES_ERRORS = {
  RULES_INVALID: {
    kind: 'user',
    exitCode: EXIT.usage,
    httpStatus: 400,
    message: ({ problems }: { problems: readonly string[] }) =>
      `${problems.length === 1 ? 'There is an error' : `There are ${problems.length} errors`} in the rules:\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
    nextSteps: ['Correct each of them; docs/rules.md describes the format.', 'sre-orch rules lint DIR checks them again.'],
  },
  RULES_DIRECTORY_NOT_FOUND: {
    kind: 'user',
    exitCode: EXIT.usage,
    httpStatus: 400,
    message: ({ path }: { path: string }) => `There is no directory of rules at ${JSON.stringify(path)}.`,
    nextSteps: ['Pass --rules DIR with a directory that holds .yaml files of rules.'],
  },
  RULE_NOT_FOUND: {
    kind: 'user',
    exitCode: EXIT.usage,
    httpStatus: 404,
    message: ({ id, near }: { id: string; near: readonly string[] }) =>
      `There is no rule ${JSON.stringify(id)}.${near.length === 0 ? '' : ` Did you mean ${near.join(' or ')}?`}`,
    nextSteps: ['sre-orch rules list shows all of them.'],
  },
} as const satisfies Record<string, ErrorRow>;
