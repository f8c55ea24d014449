import { celEnvironment, isMissing } from './environment.ts';
import { type Guard, guardOf } from './guard.ts';
import { originalNames, rewriteCalls } from './rewrite.ts';

type Variables = Readonly<Record<string, unknown>>;

/** The outcome of a condition; `failed` says why it could not be decided, which is an error of the rule. */
type Outcome = { readonly met: boolean } | { readonly failed: string };

/** A `when`, compiled at its first use: a run touches few of the rules. */
export class Condition {
  readonly #expression: string;
  #evaluate: ((variables: Variables) => unknown) | undefined;
  #guard: Guard | undefined;

  constructor(expression: string) {
    this.#expression = expression;
  }

  /** False only when the condition cannot be met whatever the matches are: a cheap look before texts are searched. */
  possible(doc: Variables): boolean {
    this.#compile();
    return this.#guard?.(doc) ?? true;
  }

  evaluate(variables: Variables): Outcome {
    try {
      const value = this.#compile()(variables);
      return typeof value === 'boolean' ? { met: value } : { failed: 'the condition is not a boolean' };
    } catch (error) {
      if (isMissing(error)) return { met: false };
      const { summary, message } = error as { summary?: string; message?: string };
      return { failed: originalNames(summary ?? message ?? String(error)) };
    }
  }

  #compile(): (variables: Variables) => unknown {
    if (this.#evaluate !== undefined) return this.#evaluate;
    shared ??= celEnvironment({ typed: false });
    const parsed = shared.parse(this.#expression);
    this.#guard = guardOf(parsed.ast);
    const rewritten = rewriteCalls(this.#expression, parsed.ast);
    this.#evaluate = rewritten === this.#expression ? parsed : shared.parse(rewritten);
    return this.#evaluate;
  }
}

let shared: ReturnType<typeof celEnvironment> | undefined;
