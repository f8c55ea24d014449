import type { Fact } from '../../domain/fact.ts';
import { CompiledRule, type Firing } from '../firing.ts';
import type { Example, Rule } from '../rule.ts';
import { FactSearchText } from '../text/text-match.ts';
import { exampleFact, factOf } from './example-fact.ts';

/** How one example of one rule went; `failure` is null where the rule did as it says. */
interface ExampleResult {
  readonly rule: string;
  readonly kind: 'fires' | 'quiet';
  readonly example: string;
  readonly failure: string | null;
}

/** Runs every example of every rule against its own rule. */
export function testRules(rules: readonly Rule[]): readonly ExampleResult[] {
  return rules.flatMap(testRule);
}

/** Runs the examples of one rule: what fires says exactly that and hangs on everything it cites; what is quiet stays quiet. */
export function testRule(rule: Rule): readonly ExampleResult[] {
  const compiled = new CompiledRule(rule);
  const result = (kind: ExampleResult['kind'], { name }: Example, failure: string | null): ExampleResult => ({ rule: rule.id, kind, example: name, failure });
  return [
    ...rule.examples.fires.map((example) => result('fires', example, firesFailure(compiled, rule, example))),
    ...rule.examples.quiet.map((example) => result('quiet', example, quietFailure(compiled, rule, example))),
  ];
}

function firesFailure(compiled: CompiledRule, rule: Rule, example: Rule['examples']['fires'][number]): string | null {
  const fact = exampleFact(rule, example);
  const { firing, error } = fireOn(compiled, fact);
  if (error !== undefined) return `the condition cannot be decided: ${error}`;
  if (firing === undefined) return `it does not fire${isTried(compiled, fact) ? '' : `: the fact carries none of the signals ${compiled.signals?.join(', ')}`}`;
  if (firing.statement.trim() !== example.says) return `it says "${firing.statement}", not "${example.says}"`;
  return idleCitations(compiled, rule, example, fact);
}

function quietFailure(compiled: CompiledRule, rule: Rule, example: Example): string | null {
  const { firing } = fireOn(compiled, exampleFact(rule, example));
  return firing === undefined ? null : `it fires: "${firing.statement}"`;
}

/** Each citation decides: without any one of them the rule must be silent. */
function idleCitations(compiled: CompiledRule, rule: Rule, example: Example, fact: Fact): string | null {
  const paths = rule.cites.filter((path) => {
    const changed = factOf(rule, example, { doc: without(fact.doc, path.split('.')), texts: fact.texts });
    return fireOn(compiled, changed).firing !== undefined;
  });
  if (paths.length > 0) return `it fires as well without ${paths.join(', ')}: what does not decide is not cited`;
  const required = fact.texts.filter((text) => compiled.isRequiredText(new FactSearchText(text)));
  if (required.length === 0) return null;
  const rest = fact.texts.filter((text) => !required.includes(text));
  return fireOn(compiled, factOf(rule, example, { doc: fact.doc, texts: rest })).firing === undefined ? null : 'it fires as well without the texts it matches';
}

function fireOn(compiled: CompiledRule, fact: Fact): { readonly firing?: Firing; readonly error?: string } {
  let error: string | undefined;
  if (!isTried(compiled, fact)) return {};
  const firing = compiled.fire(
    fact,
    fact.texts.map((text) => new FactSearchText(text)),
    (failure) => {
      error = failure.message;
    },
  );
  return { ...(firing && { firing }), ...(error === undefined ? {} : { error }) };
}

function isTried({ signals }: CompiledRule, fact: Fact): boolean {
  return signals === undefined || signals.some((signal) => fact.signals.has(signal));
}

/** The document without what is at the path: null there. */
function without(doc: Readonly<Record<string, unknown>>, [step = '', ...rest]: readonly string[]): Readonly<Record<string, unknown>> {
  if (rest.length === 0) return { ...doc, [step]: null };
  const below = doc[step];
  if (typeof below !== 'object' || below === null) return doc;
  const changed = without(below as Record<string, unknown>, rest);
  return { ...doc, [step]: Array.isArray(below) ? Object.values(changed) : changed };
}
