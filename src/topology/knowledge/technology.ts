import type { KnowledgeGraph, Technology } from './knowledge-graph.ts';

/** What is known of a thing that is called: any of these may be missing. */
export interface TechnologyHints {
  readonly scheme?: string | null | undefined;
  readonly images?: readonly string[];
  readonly port?: number | null | undefined;
  /** Host or Service name. */
  readonly name?: string | null | undefined;
}

/** Which known technology this is; the surest hint decides: scheme, image, port, then a word of the name. */
export function technologyOf(knowledge: KnowledgeGraph, hints: TechnologyHints): Technology | undefined {
  const { technologies } = knowledge;
  const words = new Set((hints.name ?? '').toLowerCase().split(/[-._\d]+/));
  const repositories = (hints.images ?? []).map((image) => image.replace(/@.*$/, '').replace(/:[^/:]*$/, ''));
  return (
    technologies.find(({ schemes }) => hints.scheme != null && schemes.includes(hints.scheme)) ??
    technologies.find(({ images }) => repositories.some((repository) => images.some((pattern) => isNamed(repository, pattern)))) ??
    technologies.find(({ ports }) => hints.port != null && ports.includes(hints.port)) ??
    technologies.find((technology) => technology.words.some((word) => words.has(word)))
  );
}

/** `docker.io/library/postgres:16` and `registry:5000/team/postgres@sha256:…` are images of `postgres`; `*` stands for what has no slash. */
function isNamed(repository: string, pattern: string): boolean {
  if (!pattern.includes('*')) return repository === pattern || repository.endsWith(`/${pattern}`);
  const known = patterns.get(pattern) ?? new RegExp(`(^|/)${pattern.split('*').map(literal).join('[^/]*')}$`);
  patterns.set(pattern, known);
  return known.test(repository);
}

/** Of names with a star: a regular expression for each of the others took longer than all else here. */
const patterns = new Map<string, RegExp>();

function literal(text: string): string {
  return text.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&');
}
