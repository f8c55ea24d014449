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
  const issues = (parsed.error?.issues ?? []).flatMap((issue) => issueProblems(issue, read.document));
  const problems = [...issues, ...nameProblems(read.document)].sort((a, b) => a.position.line - b.position.line || a.position.column - b.position.column);
  if (!parsed.success || problems.length > 0) {
    throw coded('KNOWLEDGE_GRAPH_INVALID', { file, problems: problems.map(({ position, message }) => located(file, position, message)) });
  }

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

/** What the schema cannot know: names that must be unique, and names that must exist. Asked of the file as it is, valid or not. */
function nameProblems(document: YamlDocument): Problem[] {
  const { components, relationships } = (document.value ?? {}) as { readonly components?: unknown; readonly relationships?: unknown };
  const names = entries(components).map(({ name }) => name);
  const twice = names.flatMap((name, index) =>
    typeof name === 'string' && names.indexOf(name) < index
      ? [{ position: document.at(['components', index, 'name']), message: `the component "${name}" is already there` }]
      : [],
  );
  const known = names.filter((name) => typeof name === 'string');
  const unknown = entries(relationships).flatMap((relationship, index) =>
    (['from', 'to'] as const).flatMap((end) => {
      const name = relationship[end];
      if (typeof name !== 'string' || known.includes(name)) return [];
      return [{ position: document.at(['relationships', index, end]), message: `there is no component "${name}"${suggestion(name, known)}` }];
    }),
  );
  return [...twice, ...unknown];
}

function entries(list: unknown): Readonly<Record<string, unknown>>[] {
  return Array.isArray(list) ? list.map((entry: unknown) => (typeof entry === 'object' && entry !== null ? { ...entry } : {})) : [];
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
