import type { z } from 'zod';
import { type DocumentPath, type Position, readYaml, type YamlDocument } from '../../config/yaml-document.ts';
import { nearNames } from '../../domain/near-names.ts';
import { coded } from '../../errors/coded-error.ts';
import { cycleIn } from './cycle.ts';
import { type KnowledgeGraph, knowledgeGraphSchema } from './knowledge-graph.ts';

/** The graph in `text`. Every problem is reported at once, each as `file:line:column: what`. */
export function loadKnowledgeGraph(text: string, file: string): KnowledgeGraph {
  const read = readYaml(text);
  if (!read.ok) throw coded('KNOWLEDGE_GRAPH_INVALID', { file, problems: [located(file, read.position, read.message)] });
  const parsed = knowledgeGraphSchema.safeParse(read.document.value ?? {});
  const problems = parsed.success
    ? meaningProblems(parsed.data, read.document).map(({ position, message }) => located(file, position, message))
    : parsed.error.issues.flatMap((issue) => issueProblems(issue, read.document)).map(({ position, message }) => located(file, position, message));
  if (!parsed.success || problems.length > 0) throw coded('KNOWLEDGE_GRAPH_INVALID', { file, problems });

  const cycle = cycleIn(parsed.data.relationships);
  if (cycle) {
    const { line, column } = read.document.at(['relationships', cycle.closedBy]);
    throw coded('KNOWLEDGE_GRAPH_CYCLIC', { file, line, column, cycle: cycle.names });
  }
  return { ...parsed.data, file };
}

interface Problem {
  readonly position: Position;
  readonly message: string;
}

function located(file: string, { line, column }: Position, message: string): string {
  return `${file}:${line}:${column}: ${message}`;
}

function issueProblems(issue: z.core.$ZodIssue, document: YamlDocument): Problem[] {
  const path = issue.path as DocumentPath;
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      position: document.keyAt([...path, key]),
      message: `${where(path)} has no setting "${key}"${suggestion(key, KNOWN_KEYS)}`,
    }));
  }
  return [{ position: document.at(path), message: `${where(path)}: ${issue.message}` }];
}

const KNOWN_KEYS = [
  'components',
  'relationships',
  'technologies',
  'name',
  'type',
  'description',
  'match',
  'namespace',
  'workload',
  'service',
  'host',
  'port',
  'from',
  'to',
  'images',
  'ports',
  'schemes',
  'words',
];

/** What the schema cannot know: names that must be unique, and names that must exist. */
function meaningProblems(graph: z.infer<typeof knowledgeGraphSchema>, document: YamlDocument): Problem[] {
  const names = graph.components.map(({ name }) => name);
  const twice = names.flatMap((name, index) =>
    names.indexOf(name) < index ? [{ position: document.at(['components', index, 'name']), message: `the component "${name}" is already there` }] : [],
  );
  const unknown = graph.relationships.flatMap((relationship, index) =>
    (['from', 'to'] as const)
      .filter((end) => !names.includes(relationship[end]))
      .map((end) => ({
        position: document.at(['relationships', index, end]),
        message: `there is no component "${relationship[end]}"${suggestion(relationship[end], names)}`,
      })),
  );
  return [...twice, ...unknown];
}

function where(path: DocumentPath): string {
  return path.length === 0
    ? 'the file'
    : path
        .map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`))
        .join('')
        .slice(1);
}

function suggestion(word: string, candidates: readonly string[]): string {
  const near = nearNames(word, candidates, 1)[0];
  return near === undefined ? '' : `; did you mean "${near}"?`;
}
