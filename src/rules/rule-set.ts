import type { Cite } from '../domain/citation.ts';
import type { Fact, Subject } from '../domain/fact.ts';
import type { Finding } from '../domain/finding.ts';
import { refKey } from '../domain/object-ref.ts';
import { findingOf } from './finding-of.ts';
import { CompiledRule, type Firing, type RuleFailure } from './firing.ts';
import type { RunnableRule } from './rule.ts';
import { FactSearchText } from './text/text-match.ts';

/** Rules ready to run. Conditions and patterns are compiled when first needed. */
export interface RuleSet {
  readonly rules: readonly RunnableRule[];
  /**
   * Findings in the order of facts, then of rules; firings of one rule that blame one object (and container) are one
   * finding. `failed` is told once for each rule whose condition could not be decided, which is an error of the rule.
   */
  evaluate(facts: Iterable<Fact>, cite: Cite, failed?: (failure: RuleFailure) => void): Finding[];
  /** What fires on one fact, before anything is cited. */
  firings(fact: Fact, failed?: (failure: RuleFailure) => void): readonly Firing[];
}

export function compileRules(rules: readonly RunnableRule[]): RuleSet {
  const index = indexRules(rules);
  const firings: RuleSet['firings'] = (fact, failed = () => {}) => {
    const subject = index.get(fact.subject);
    const found: Firing[] = [];
    if (subject === undefined) return found;
    const texts = fact.texts.map((text) => new FactSearchText(text));
    for (const rule of candidates(subject, fact)) {
      const firing = rule.fire(fact, texts, failed);
      if (firing) found.push(firing);
    }
    return found;
  };
  return {
    rules,
    firings,
    evaluate(facts, cite, failed = () => {}) {
      const failures = new Set<string>();
      const once = (failure: RuleFailure): void => {
        if (!failures.has(failure.rule_id)) failed(failure);
        failures.add(failure.rule_id);
      };
      const groups = new Map<string, [Firing, ...Firing[]]>();
      for (const fact of facts) {
        for (const firing of firings(fact, once)) {
          const key = [firing.rule.id, refKey(firing.object), fact.container ?? ''].join('\n');
          const group = groups.get(key);
          if (group) group.push(firing);
          else groups.set(key, [firing]);
        }
      }
      return [...groups.values()].map((group, position) => findingOf(group, `f-${position + 1}`, cite));
    },
  };
}

interface SubjectIndex {
  /** Tried on every fact of the subject. */
  readonly always: CompiledRule[];
  readonly bySignal: Map<string, CompiledRule[]>;
  /** The place of a rule among all, to keep their order. */
  readonly rank: Map<CompiledRule, number>;
  /** What was found for facts with the same signals. */
  readonly bySignals: Map<string, readonly CompiledRule[]>;
}

function indexRules(rules: readonly RunnableRule[]): ReadonlyMap<Subject, SubjectIndex> {
  const index = new Map<Subject, SubjectIndex>();
  for (const [rank, source] of rules.entries()) {
    const rule = new CompiledRule(source);
    const subject = index.get(source.subject) ?? {
      always: [],
      bySignal: new Map<string, CompiledRule[]>(),
      rank: new Map<CompiledRule, number>(),
      bySignals: new Map<string, readonly CompiledRule[]>(),
    };
    index.set(source.subject, subject);
    subject.rank.set(rule, rank);
    if (rule.signals === undefined) subject.always.push(rule);
    else for (const signal of new Set(rule.signals)) subject.bySignal.set(signal, [...(subject.bySignal.get(signal) ?? []), rule]);
  }
  return index;
}

/** The rules to try on a fact, in the order of their files. */
function candidates({ always, bySignal, rank, bySignals }: SubjectIndex, { signals }: Fact): readonly CompiledRule[] {
  const known = [...signals].filter((signal) => bySignal.has(signal));
  if (known.length === 0) return always;
  const key = known.sort().join('\n');
  let found = bySignals.get(key);
  if (found === undefined) {
    const signalled = new Set(known.flatMap((signal) => bySignal.get(signal) ?? []));
    found = [...always, ...signalled].sort((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0));
    bySignals.set(key, found);
  }
  return found;
}
