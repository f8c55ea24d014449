import type { FactText } from '../../domain/fact.ts';
import type { Match, RunnableRule } from '../rule.ts';
import { type SearchText, TextPattern } from './text-pattern.ts';

/** A match as conditions and templates see it: the text, and its groups by name. */
export type MatchedVariables = Readonly<Record<string, string | number | null>>;

export interface Matched {
  readonly text: FactText;
  readonly variables: MatchedVariables;
}

/** A text of a fact with its lower-case form made on demand. */
export class FactSearchText implements SearchText {
  readonly fact: FactText;
  #lower: string | undefined;

  constructor(fact: FactText) {
    this.fact = fact;
  }

  get text(): string {
    return this.fact.text;
  }

  get lower(): string {
    this.#lower ??= this.fact.text.toLowerCase();
    return this.#lower;
  }
}

/** One named match of a rule. */
export class TextMatcher {
  readonly name: string;
  readonly optional: boolean;
  readonly #match: Match;
  readonly #pattern: TextPattern;
  readonly #not: TextPattern | undefined;

  constructor(name: string, match: Match, literals: RunnableRule['literals'] = {}) {
    this.name = name;
    this.optional = match.optional;
    this.#match = match;
    this.#pattern = new TextPattern(match.pattern, literals[match.pattern]);
    this.#not = match.not === undefined ? undefined : new TextPattern(match.not, literals[match.not]);
  }

  /** The first text that counts, in the order of the fact: the newest event, the weightiest log line. */
  find(texts: readonly FactSearchText[]): Matched | undefined {
    const found = texts.find((text) => this.matches(text));
    return found && { text: found.fact, variables: this.#variables(found) };
  }

  matches(search: FactSearchText): boolean {
    const { source, reason, stale } = search.fact;
    const { in: sources, reasons } = this.#match;
    if (!sources.includes(source) || (stale && !this.#match.stale)) return false;
    if (reasons !== undefined && (reason === null || !reasons.includes(reason))) return false;
    return this.#pattern.test(search) && this.#not?.test(search) !== true;
  }

  #variables(search: FactSearchText): MatchedVariables {
    const { text, reason, count, age_s } = search.fact;
    return { ...this.#pattern.groups(search), text, reason, count, age_s };
  }
}
