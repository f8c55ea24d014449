import type { Rule } from '../rule.ts';
import { compileRules } from '../rule-set.ts';
import { exampleFact } from './example-fact.ts';

/** Two rules of equal strength that claim one example with different causes, neither of which supersedes the other. */
interface Overlap {
  readonly rules: readonly [string, string];
  /** The rule and the name of its example. */
  readonly example: readonly [string, string];
}

/** Tries every example on all rules of its subject. A pair of rules is told once. */
export function findOverlaps(rules: readonly Rule[]): readonly Overlap[] {
  const set = compileRules(rules);
  const found = new Map<string, Overlap>();
  for (const rule of rules) {
    for (const example of [...rule.examples.fires, ...rule.examples.quiet]) {
      const claims = set.firings(exampleFact(rule, example)).map((firing) => firing.rule);
      for (const [a, b] of pairs(claims).filter(([a, b]) => rival(a, b))) {
        const key = `${a.id} ${b.id}`;
        if (!found.has(key)) found.set(key, { rules: [a.id, b.id], example: [rule.id, example.name] });
      }
    }
  }
  return [...found.values()];
}

type Claim = Pick<Rule, 'id' | 'cause' | 'role' | 'strength' | 'supersedes'>;

function rival(a: Claim, b: Claim): boolean {
  const superseded = a.supersedes.includes(b.cause) || b.supersedes.includes(a.cause);
  return a.role === 'cause' && b.role === 'cause' && a.strength === b.strength && a.cause !== b.cause && !superseded;
}

function pairs<T>(items: readonly T[]): readonly (readonly [T, T])[] {
  return items.flatMap((first, index) => items.slice(index + 1).map((second) => [first, second] as const));
}
