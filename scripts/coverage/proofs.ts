import { ADJUDICATORS, type AdjudicatorDescription } from '../../src/correlate/adjudicators.ts';
import type { Rule } from '../../src/rules/rule.ts';
import { type FailureMode, failureModes } from './failure-modes.ts';

/** A scenario as far as it proves something. */
export interface ShownBy {
  readonly name: string;
  readonly catalogue: readonly string[];
  /** Why no real cluster could show it. */
  readonly authored?: string | undefined;
}

/** What covers one failure mode. */
export interface Proof {
  readonly mode: FailureMode;
  readonly rules: readonly Rule[];
  readonly adjudicators: readonly AdjudicatorDescription[];
  readonly scenarios: readonly ShownBy[];
}

/** Each failure mode with all that covers it. */
export function proofs(rules: readonly Rule[], scenarios: readonly ShownBy[]): readonly Proof[] {
  return failureModes().map((mode) => ({
    mode,
    rules: rules.filter(({ catalogue }) => catalogue.includes(mode.id)),
    adjudicators: ADJUDICATORS.filter(({ catalogue }) => catalogue.includes(mode.id)),
    scenarios: scenarios.filter(({ name, catalogue }) => catalogue.includes(mode.id) || mode.scenarios.includes(name)),
  }));
}

/** What the rules read, by subject: the kinds of text, and the fields that they cite. */
export function evidenceOf(rules: readonly Rule[]): readonly string[] {
  return [...Map.groupBy(rules, ({ subject }) => subject)].map(([subject, its]) => {
    const texts = its.flatMap(({ match }) => Object.values(match).flatMap((one) => (one.optional ? [] : one.in)));
    const fields = its.flatMap(({ cites }) => cites.map((path) => path.split(/[.[]/)[0] ?? path));
    return `${subject}: ${[...new Set([...texts, ...fields])].join(', ')}`;
  });
}
