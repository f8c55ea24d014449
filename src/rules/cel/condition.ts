import { isMissing } from './environment.ts';
import { passes } from './guard.ts';
import { type PreparedCondition, prepareCondition, untypedEnvironment } from './prepare-condition.ts';
import { originalNames } from './rewrite.ts';

type Variables = Readonly<Record<string, unknown>>;

/** The outcome of a condition; `failed` says why it could not be decided, which is an error of the rule. */
type Outcome = { readonly met: boolean } | { readonly failed: string };

/** A `when`, compiled at its first use: a run touches few of the rules. What the build prepared need not be parsed to be ruled out. */
export class Condition {
  readonly #source: string;
  #prepared: PreparedCondition | undefined;
  #evaluate: ((variables: Variables) => unknown) | undefined;

  constructor(source: string, prepared?: PreparedCondition) {
    this.#source = source;
    this.#prepared = prepared;
  }

  /** False only when the condition cannot be met whatever the matches are: a cheap look before texts are searched. */
  possible(doc: Variables): boolean {
    const { guard } = this.#prepare();
    return guard === null || passes(guard, doc);
  }

  evaluate(variables: Variables): Outcome {
    try {
      this.#evaluate ??= untypedEnvironment().parse(this.#prepare().expression);
      const value = this.#evaluate(variables);
      return typeof value === 'boolean' ? { met: value } : { failed: 'the condition is not a boolean' };
    } catch (error) {
      if (isMissing(error)) return { met: false };
      const { summary, message } = error as { summary?: string; message?: string };
      return { failed: originalNames(summary ?? message ?? String(error)) };
    }
  }

  #prepare(): PreparedCondition {
    this.#prepared ??= prepareCondition(this.#source);
    return this.#prepared;
  }
}
