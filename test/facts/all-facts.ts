import type { Fact } from '../../src/domain/fact.ts';
import { eachFact } from '../../src/facts/build.ts';
import type { FactContext } from '../../src/facts/context.ts';

/** All facts at once; a source that breaks fails the test. */
export function allFacts(context: FactContext): Fact[] {
  return [
    ...eachFact(context, (subject, error) => {
      throw new Error(`the facts of ${subject} broke off`, { cause: error });
    }),
  ];
}
