import type { LogTemplate } from '../../domain/log-excerpt.ts';
import { compareLevels, isErrorLevel, type Level } from './level.ts';
import type { LineTraits } from './line-traits.ts';
import type { LogRecord } from './record.ts';

/** Beyond these a message is told apart by its front only. */
const MAX_TOKENS = 32;
const MAX_CHARS = 400;
/** Share of equal tokens from which two messages are one template (He et al., Drain, ICWS 2017: 0.4 to 0.6). */
const SIMILARITY = 0.6;
const MAX_CLUSTERS = 1_000;
const KEPT_CLUSTERS = 500;
const MAX_SHAPES = 5_000;
const ANY = '<*>';

interface Cluster {
  tokens: string[];
  count: number;
  level: Level;
  readonly firstLine: number;
  lastLine: number;
  readonly example: string;
  readonly group: string;
}

/** Groups messages by what stays the same in them, in one pass and bounded memory. After Drain: by length and first word, then by likeness. */
export class TemplateMiner {
  #clusters = new Map<string, Cluster[]>();
  #byShape = new Map<string, Cluster>();
  /** Lines that differ in their numbers only are of one shape. */
  #byTraits = new Map<LineTraits, Cluster>();
  #size = 0;

  add({ text, level, traits }: Pick<LogRecord, 'text' | 'level' | 'traits'>, line: number): void {
    const known = this.#byTraits.get(traits) ?? this.#learn(text, traits, line);
    known.count += 1;
    known.lastLine = line;
    if (compareLevels(level, known.level) > 0) known.level = level;
  }

  /** The templates that matter most: errors before the rest, then by count. */
  templates(limit: number): LogTemplate[] {
    return [...this.#clusters.values()]
      .flat()
      .sort((a, b) => Number(isErrorLevel(b.level)) - Number(isErrorLevel(a.level)) || b.count - a.count || b.lastLine - a.lastLine)
      .slice(0, limit)
      .map(({ tokens, count, level, firstLine, lastLine, example }) => ({ template: tokens.join(' '), count, level, firstLine, lastLine, example }));
  }

  #learn(message: string, traits: LineTraits, line: number): Cluster {
    const tokens = tokensOf(message);
    const shape = tokens.join(' ');
    const cluster = this.#byShape.get(shape) ?? this.#similar(tokens, message, line);
    if (this.#byShape.size >= MAX_SHAPES) this.#byShape.clear();
    if (this.#byTraits.size >= MAX_SHAPES) this.#byTraits.clear();
    this.#byShape.set(shape, cluster);
    this.#byTraits.set(traits, cluster);
    return cluster;
  }

  #similar(tokens: string[], example: string, line: number): Cluster {
    const group = `${tokens.length} ${tokens[0] === ANY ? ANY : (tokens[0] ?? '')}`;
    const clusters = this.#clusters.get(group) ?? [];
    let best: Cluster | undefined;
    let bestEqual = Math.max(1, tokens.length * SIMILARITY);
    for (const cluster of clusters) {
      const equal = equalTokens(cluster.tokens, tokens);
      if (equal >= bestEqual) [best, bestEqual] = [cluster, equal];
    }
    if (best !== undefined) {
      best.tokens = best.tokens.map((token, index) => (token === tokens[index] ? token : ANY));
      return best;
    }
    const cluster: Cluster = { tokens, count: 0, level: 'info', firstLine: line, lastLine: line, example, group };
    this.#clusters.set(group, [...clusters, cluster]);
    this.#size += 1;
    if (this.#size > MAX_CLUSTERS) this.#forgetRare();
    return cluster;
  }

  /** Keeps errors, and what recurs. */
  #forgetRare(): void {
    const all = [...this.#clusters.values()].flat();
    const kept = all.sort((a, b) => Number(isErrorLevel(b.level)) - Number(isErrorLevel(a.level)) || b.count - a.count).slice(0, KEPT_CLUSTERS);
    this.#clusters = Map.groupBy(kept, ({ group }) => group);
    this.#byShape.clear();
    this.#byTraits.clear();
    this.#size = kept.length;
  }
}

/** Words with what varies masked: anything that holds a digit, but for the name before `=`. */
function tokensOf(message: string): string[] {
  const front = message.length > MAX_CHARS ? message.slice(0, MAX_CHARS) : message;
  const tokens = front.trim().split(/\s+/, MAX_TOKENS);
  for (const [index, token] of tokens.entries()) {
    if (!/\d/.test(token)) continue;
    const equals = token.indexOf('=');
    tokens[index] = equals > 0 && !/\d/.test(token.slice(0, equals)) ? `${token.slice(0, equals)}=${ANY}` : ANY;
  }
  return tokens;
}

function equalTokens(a: readonly string[], b: readonly string[]): number {
  let equal = 0;
  for (let index = 0; index < a.length; index += 1) if (a[index] === b[index]) equal += 1;
  return equal;
}
