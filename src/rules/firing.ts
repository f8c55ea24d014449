import type { Fact } from '../domain/fact.ts';
import type { ObjectRef } from '../domain/object-ref.ts';
import { Condition } from './cel/condition.ts';
import { blamedObject, objectsOf } from './objects.ts';
import type { RunnableRule } from './rule.ts';
import { fillTemplate } from './template.ts';
import { type FactSearchText, type Matched, TextMatcher } from './text/text-match.ts';

/** A rule that fired on a fact; nothing is cited yet. */
export interface Firing {
  readonly rule: RunnableRule;
  readonly fact: Fact;
  readonly matched: readonly Matched[];
  readonly statement: string;
  readonly object: ObjectRef;
  readonly victims: readonly ObjectRef[];
  readonly via: readonly ObjectRef[];
  /** Fills in a template of the rule with what the firing knows. */
  readonly fill: (template: string) => string;
}

export interface RuleFailure {
  readonly rule_id: string;
  readonly fact_id: string;
  readonly message: string;
}

/** One rule, ready to be tried on facts of its subject. */
export class CompiledRule {
  readonly rule: RunnableRule;
  /** The signals of which a fact must carry one; undefined when the rule is tried on every fact. */
  readonly signals: readonly string[] | undefined;
  readonly #matchers: readonly TextMatcher[];
  readonly #condition: Condition | undefined;

  constructor(rule: RunnableRule) {
    this.rule = rule;
    this.signals = rule.on ?? signalsOfMatches(rule);
    this.#matchers = Object.entries(rule.match).map(([name, match]) => new TextMatcher(name, match, rule.literals));
    this.#condition = rule.when.trim() === 'true' ? undefined : new Condition(rule.when, rule.prepared);
  }

  fire(fact: Fact, texts: readonly FactSearchText[], failed: (failure: RuleFailure) => void): Firing | undefined {
    if (this.#condition?.possible(fact.doc) === false) return undefined;
    const matched = this.#match(texts);
    if (matched === undefined) return undefined;
    const variables = this.#matchers.length === 0 ? fact.doc : { ...fact.doc, ...matchVariables(matched) };
    if (this.#condition !== undefined) {
      const outcome = this.#condition.evaluate(variables);
      if ('failed' in outcome) failed({ rule_id: this.rule.id, fact_id: fact.id, message: outcome.failed });
      if (!('met' in outcome && outcome.met)) return undefined;
    }
    return this.#firing(fact, matched, variables);
  }

  /** The texts of required matches, by which an example proves that each of them decides. */
  isRequiredText(text: FactSearchText): boolean {
    return this.#matchers.some((matcher) => !matcher.optional && matcher.matches(text));
  }

  #match(texts: readonly FactSearchText[]): ReadonlyMap<string, Matched | undefined> | undefined {
    const matched = new Map<string, Matched | undefined>();
    for (const matcher of this.#matchers) {
      const found = matcher.find(texts);
      if (found === undefined && !matcher.optional) return undefined;
      matched.set(matcher.name, found);
    }
    return matched;
  }

  #firing(fact: Fact, matched: ReadonlyMap<string, Matched | undefined>, variables: Readonly<Record<string, unknown>>): Firing {
    const object = blamedObject(this.rule.blame, fact, variables);
    const named = { ...variables, blame: object, self: fact.object };
    const fill = (template: string): string => fillTemplate(template, named);
    const objects = (templates: RunnableRule['via']): readonly ObjectRef[] => templates.flatMap((template) => objectsOf(template, fact, variables));
    return {
      rule: this.rule,
      fact,
      matched: [...matched.values()].filter((match) => match !== undefined),
      statement: fill(this.rule.statement),
      object,
      victims: objects(this.rule.victims),
      via: objects(this.rule.via),
      fill,
    };
  }
}

/** Signals follow from a required match too: the reasons it asks for, or that it reads logs only. */
function signalsOfMatches(rule: RunnableRule): readonly string[] | undefined {
  for (const match of Object.values(rule.match)) {
    if (match.optional || match.stale) continue;
    if (match.reasons !== undefined) return match.reasons;
    if (match.in.every((source) => source === 'log')) return ['log'];
  }
  return undefined;
}

function matchVariables(matched: ReadonlyMap<string, Matched | undefined>): Readonly<Record<string, unknown>> {
  return Object.fromEntries([...matched].map(([name, match]) => [name, match?.variables ?? null]));
}
