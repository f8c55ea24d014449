import { RE2JS } from 're2js';
import { requiredLiterals } from './required-literals.ts';

/** A text in the two forms that a search needs; the lower-case one is made once for all patterns. */
export interface SearchText {
  readonly text: string;
  readonly lower: string;
}

const NONE: Readonly<Record<string, string | null>> = {};

/** An RE2 pattern, compiled when the first text holds a literal that it needs. Linear in the text, whatever the text is. */
export class TextPattern {
  readonly #pattern: string;
  #literals: readonly string[] | null | undefined;
  #compiled: RE2JS | undefined;
  #names: readonly string[] | undefined;

  /** `literals` as the build found them (see required-literals.ts); undefined: they are looked for at the first test. */
  constructor(pattern: string, literals?: readonly string[] | null) {
    this.#pattern = pattern;
    this.#literals = literals;
  }

  test(search: SearchText): boolean {
    return this.#possible(search) && this.#re2().test(search.text);
  }

  /** The named groups of the first match; null for a group that took no part. */
  groups({ text }: SearchText): Readonly<Record<string, string | null>> {
    this.#names ??= Object.keys(this.#re2().namedGroups());
    // Most patterns name none: that they match is known.
    if (this.#names.length === 0) return NONE;
    const matcher = this.#re2().matcher(text);
    if (!matcher.find()) return NONE;
    return Object.fromEntries(this.#names.map((name) => [name, matcher.group(name) ?? null]));
  }

  #possible({ lower }: SearchText): boolean {
    if (this.#literals === undefined) this.#literals = requiredLiterals(this.#pattern) ?? null;
    return this.#literals === null || this.#literals.some((literal) => lower.includes(literal));
  }

  #re2(): RE2JS {
    this.#compiled ??= RE2JS.compile(this.#pattern);
    return this.#compiled;
  }
}
