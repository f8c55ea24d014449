/**
 * Lower-case strings of which every text that matches the RE2 pattern holds at least one; undefined where none can be told.
 * Searching a text for them costs far less than running the pattern.
 */
export function requiredLiterals(pattern: string): readonly string[] | undefined {
  if (pattern.includes('\\Q')) return undefined;
  const found = new PatternReader(pattern).alternatives();
  return found?.every((literal) => literal.length >= SHORTEST) ? found : undefined;
}

/** Shorter literals are found nearly everywhere, and so spare nothing. */
const SHORTEST = 3;

type Literals = readonly string[] | undefined;

/** Reads what it knows of the syntax; what it does not know contributes no literal. */
class PatternReader {
  readonly #pattern: string;
  #at = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  /** Every branch must offer literals; any branch without one spoils them all. */
  alternatives(): Literals {
    const branches: Literals[] = [this.#sequence()];
    while (this.#pattern[this.#at] === '|') {
      this.#at++;
      branches.push(this.#sequence());
    }
    return branches.some((branch) => branch === undefined) ? undefined : branches.flatMap((branch) => branch ?? []);
  }

  /** The best that one of the parts in a row offers. */
  #sequence(): Literals {
    let best: Literals;
    let run = '';
    const offer = (literals: Literals): void => {
      if (literals !== undefined && shortest(literals) > shortest(best)) best = literals;
    };
    const close = (): void => {
      if (run !== '') offer([run]);
      run = '';
    };
    while (this.#at < this.#pattern.length && this.#pattern[this.#at] !== '|' && this.#pattern[this.#at] !== ')') {
      const part = this.#part();
      const repeat = this.#repeat();
      if (typeof part === 'string' && repeat === 'once') run += part;
      else {
        // A repeated character is there once at least, but what follows need not touch it.
        if (typeof part === 'string' && repeat === 'some') run += part;
        close();
        if (typeof part === 'object' && repeat !== 'maybe') offer(part);
      }
    }
    close();
    return best;
  }

  /** One character as a string, a group as its literals, anything else as undefined. */
  #part(): string | Literals {
    const char = this.#pattern[this.#at++] ?? '';
    if (char === '(') return this.#group();
    if (char === '[') return this.#class();
    if (char === '\\') return this.#escape();
    return '.^$'.includes(char) ? undefined : char.toLowerCase();
  }

  #group(): Literals {
    if (this.#pattern[this.#at] === '?') {
      const head = /^\?(?:P?<\w+>|[a-zA-Z-]*:)/.exec(this.#pattern.slice(this.#at));
      const flags = /^\?[a-zA-Z-]+\)/.exec(this.#pattern.slice(this.#at));
      this.#at += (head ?? flags)?.[0].length ?? 1;
      if (flags) return undefined;
    }
    const literals = this.alternatives();
    this.#at++;
    return literals;
  }

  #class(): undefined {
    if (this.#pattern[this.#at] === '^') this.#at++;
    if (this.#pattern[this.#at] === ']') this.#at++;
    while (this.#at < this.#pattern.length && this.#pattern[this.#at] !== ']') {
      if (this.#pattern.startsWith('[:', this.#at)) this.#at = this.#pattern.indexOf(':]', this.#at) + 1;
      else if (this.#pattern[this.#at] === '\\') this.#at++;
      this.#at++;
    }
    this.#at++;
    return undefined;
  }

  #escape(): string | undefined {
    const char = this.#pattern[this.#at++] ?? '';
    const code = /^(?:[pPx]\{[^}]*\}|x[0-9a-fA-F]{2}|[0-7]{1,3})/.exec(char + this.#pattern.slice(this.#at));
    this.#at += (code?.[0].length ?? 1) - 1;
    return /[a-zA-Z0-9]/.test(char) ? undefined : char;
  }

  #repeat(): 'once' | 'some' | 'maybe' {
    const match = /^(?:[*+?]|\{(\d+)(?:,\d*)?\})\??/.exec(this.#pattern.slice(this.#at));
    if (match === null) return 'once';
    this.#at += match[0].length;
    if (match[1] !== undefined) return Number(match[1]) > 0 ? 'some' : 'maybe';
    return match[0].startsWith('+') ? 'some' : 'maybe';
  }
}

function shortest(literals: Literals): number {
  return literals === undefined ? 0 : Math.min(...literals.map((literal) => literal.length));
}
