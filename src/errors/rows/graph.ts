import { type ErrorRow, EXIT } from '../row.ts';

export const GRAPH_ERRORS = {
  KNOWLEDGE_GRAPH_INVALID: {
    kind: 'user',
    exitCode: EXIT.usage,
    httpStatus: 400,
    message: ({ file, problems }: { file: string; problems: readonly string[] }) =>
      `The knowledge graph ${file} has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
    nextSteps: ['Correct each of them; the comments in the shipped knowledge_graph.yaml show every setting.'],
  },
  KNOWLEDGE_GRAPH_CYCLIC: {
    kind: 'user',
    exitCode: EXIT.usage,
    httpStatus: 400,
    message: ({ file, line, column, cycle }: { file: string; line: number; column: number; cycle: readonly string[] }) =>
      `The knowledge graph ${file} goes in a circle at ${line}:${column}: ${cycle.join(' -> ')}.`,
    nextSteps: ['Remove the relationship that is not a real dependency: what depends on what must have an end.'],
  },
  GRAPH_NAME_UNKNOWN: {
    kind: 'user',
    exitCode: EXIT.usage,
    httpStatus: 404,
    message: ({ name, near }: { name: string; near: readonly string[] }) =>
      `Nothing in the graph is called "${name}".${near.length === 0 ? '' : ` Near names: ${near.join(', ')}.`}`,
    nextSteps: ['List what there is with "sre-orch graph show", or name the namespace: NAMESPACE/NAME.'],
  },
  GRAPH_NAME_AMBIGUOUS: {
    kind: 'user',
    exitCode: EXIT.usage,
    httpStatus: 400,
    message: ({ name, candidates }: { name: string; candidates: readonly string[] }) => `"${name}" may be any of: ${candidates.join(', ')}.`,
    nextSteps: ['Add the kind or the namespace: deployment/NAME, NAMESPACE/NAME or KIND/NAMESPACE/NAME.'],
  },
} as const satisfies Record<string, ErrorRow>;
