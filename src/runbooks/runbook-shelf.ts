import MiniSearch from 'minisearch';
import type { RunbookCitation } from '../domain/analysis.ts';
import type { RootCause } from '../domain/cause.ts';
import type { Runbook } from './runbook.ts';

/** Turns texts into vectors. May throw: then words alone decide. */
export type Embed = (texts: readonly string[], signal: AbortSignal) => Promise<readonly (readonly number[])[]>;

interface Part {
  readonly id: number;
  readonly runbook: Runbook;
  readonly section: string | null;
  readonly text: string;
}

interface Hit {
  readonly part: Part;
  readonly foundBy: RunbookCitation['found_by'];
}

const MAX_CITED = 3;
const EXCERPT = 500;
/** A rank's weight where two ways of searching are joined; the usual value. */
const RANK_CONSTANT = 60;
/** Below it a neighbour in meaning is none. */
const LEAST_LIKENESS = 0.35;
/** Of the best hit's score: less is a chance match of common words. */
const LEAST_SCORE = 0.4;

export interface ShelfQuestion {
  readonly description: string;
  readonly causes: readonly Pick<RootCause, 'cause_id' | 'title' | 'mechanism' | 'object'>[];
}

/** Runbooks that can be searched: by the causes they are about, by words, and where vectors can be had by meaning. */
export class RunbookShelf {
  readonly #parts: readonly Part[];
  readonly #search: MiniSearch;
  readonly #embed: Embed | undefined;

  constructor(runbooks: readonly Runbook[], embed?: Embed) {
    this.#parts = runbooks
      .flatMap((runbook) => runbook.sections.map(({ title, text }) => ({ runbook, section: title, text })))
      .map((part, id) => ({ ...part, id }));
    this.#embed = embed;
    this.#search = new MiniSearch({
      fields: ['name', 'description', 'about', 'section', 'text'],
      searchOptions: {
        boost: { name: 3, section: 2, description: 2, about: 2 },
        prefix: (term) => term.length > 3,
        fuzzy: (term) => (term.length > 5 ? 0.15 : false),
      },
    });
    this.#search.addAll(
      this.#parts.map(({ id, runbook, section, text }) => ({
        id,
        name: runbook.name,
        description: runbook.description,
        about: [...runbook.causes, ...runbook.kinds].join(' '),
        section: section ?? '',
        text,
      })),
    );
  }

  /** What a report should cite: what is written for its causes first, then what is like its words. */
  async forReport({ description, causes }: ShelfQuestion, signal: AbortSignal): Promise<readonly RunbookCitation[]> {
    const cited = new Map<string, RunbookCitation>();
    for (const { cause_id: cause } of causes) {
      for (const part of this.#writtenFor(cause)) if (!cited.has(part.runbook.path)) cited.set(part.runbook.path, citation({ part, foundBy: 'cause' }, cause));
    }
    const [first] = causes;
    const words = first === undefined ? description : `${first.title} ${first.mechanism} ${first.object.kind}`;
    for (const hit of cited.size >= MAX_CITED ? [] : await this.find(words, signal)) {
      if (!cited.has(hit.part.runbook.path)) cited.set(hit.part.runbook.path, citation(hit, first?.cause_id ?? null));
    }
    return [...cited.values()].slice(0, MAX_CITED);
  }

  /** Parts that are like a text, the best first. */
  async find(text: string, signal: AbortSignal): Promise<readonly Hit[]> {
    const byWords = this.#byWords(text);
    const byMeaning = await this.#byMeaning(text, signal);
    const score = (part: Part): number =>
      [byWords, byMeaning].reduce((sum, list) => sum + (list.includes(part) ? 1 / (RANK_CONSTANT + list.indexOf(part)) : 0), 0);
    const all = [...new Set([...byWords, ...byMeaning])].sort((a, b) => score(b) - score(a));
    return all.map((part) => ({ part, foundBy: !byMeaning.includes(part) ? 'words' : byWords.includes(part) ? 'words and meaning' : 'meaning' }));
  }

  #writtenFor(cause: string): Part[] {
    return this.#parts
      .filter(({ runbook }) => runbook.causes.some((pattern) => matches(pattern, cause)))
      .filter((part, index, all) => all.findIndex(({ runbook }) => runbook === part.runbook) === index);
  }

  #byWords(text: string): Part[] {
    const hits = this.#search.search(text);
    const best = hits[0]?.score ?? 0;
    return hits.filter(({ score }) => score >= best * LEAST_SCORE).flatMap(({ id }) => this.#parts[id as number] ?? []);
  }

  async #byMeaning(text: string, signal: AbortSignal): Promise<Part[]> {
    if (this.#embed === undefined || this.#parts.length === 0) return [];
    try {
      const [asked, ...parts] = await this.#embed([text, ...this.#parts.map(textOf)], signal);
      if (asked === undefined) return [];
      const near = this.#parts.map((part, index) => ({ part, likeness: cosine(asked, parts[index] ?? []) }));
      return near
        .filter(({ likeness }) => likeness >= LEAST_LIKENESS)
        .sort((a, b) => b.likeness - a.likeness)
        .slice(0, 10)
        .map(({ part }) => part);
    } catch {
      signal.throwIfAborted();
      return [];
    }
  }
}

function textOf({ runbook, section, text }: Part): string {
  return `${runbook.name}. ${runbook.description}. ${section ?? ''}\n${text}`;
}

function citation({ part, foundBy }: Hit, cause: string | null): RunbookCitation {
  const { runbook, section, text } = part;
  const plain = text.replace(/\s+/g, ' ');
  return {
    name: runbook.name,
    section,
    path: runbook.path,
    excerpt: plain.length > EXCERPT ? `${plain.slice(0, EXCERPT)} …` : plain,
    cause_id: cause,
    found_by: foundBy,
  };
}

function matches(pattern: string, cause: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(cause);
}

function cosine(a: readonly number[], b: readonly number[]): number {
  let [dot, lengthA, lengthB] = [0, 0, 0];
  for (const [index, value] of a.entries()) {
    const other = b[index] ?? 0;
    dot += value * other;
    lengthA += value * value;
    lengthB += other * other;
  }
  return lengthA === 0 || lengthB === 0 ? 0 : dot / Math.sqrt(lengthA * lengthB);
}
