import { isMissing } from './environment.ts';
import { type GuardTest, testOf } from './guard.ts';
import { type PreparedCondition, prepareCondition, untypedEnvironment } from './prepare-condition.ts';
import { originalNames } from './rewrite.ts';

type Variables = Readonly<Record<string, unknown>>;

/** The outcome of a condition; `failed` says why it could not be decided, which is an error of the rule. */
type Outcome = { readonly met: boolean } | { readonly failed: string };

const ALWAYS: GuardTest = () => true;

/** A `when`, compiled at its first use: a run touches few of the rules. What the build prepared need not be parsed to be ruled out. */
export class Condition {
  readonly #source: string;
  #prepared: PreparedCondition | undefined;
  #guard: GuardTest | undefined;
  #evaluate: ((variables: Variables) => unknown) | undefined;

  constructor(source: string, prepared?: PreparedCondition) {
    this.#source = source;
    this.#prepared = prepared;
  }

  /** False only when the condition cannot be met whatever the matches are: a cheap look before texts are searched. */
  possible(doc: Variables): boolean {
    if (this.#guard === undefined) {
      const { guard } = this.#prepare();
      this.#guard = guard === null ? ALWAYS : testOf(guard);
    }
    return this.#guard(doc);
  }

  evaluate(variables: Variables): Outcome {
    const { stackTraceLimit } = Error;
    // What is not known is told by an error, and nobody reads where it was thrown: taking the stack is half of its cost.
    Error.stackTraceLimit = 0;
    try {
      this.#evaluate ??= untypedEnvironment().parse(this.#prepare().expression);
      const value = this.#evaluate(variables);
      return typeof value === 'boolean' ? { met: value } : { failed: 'the condition is not a boolean' };
    } catch (error) {
      if (isMissing(error)) return { met: false };
      const { summary, message } = error as { summary?: string; message?: string };
      return { failed: originalNames(summary ?? message ?? String(error)) };
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  }

  #prepare(): PreparedCondition {
    this.#prepared ??= prepareCondition(this.#source);
    return this.#prepared;
  }
}
