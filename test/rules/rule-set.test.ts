import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { EvidenceDraft } from '../../src/domain/evidence.ts';
import type { Fact } from '../../src/domain/fact.ts';
import { objectRef } from '../../src/domain/object-ref.ts';
import { Condition } from '../../src/rules/cel/condition.ts';
import { exampleFact } from '../../src/rules/examples/example-fact.ts';
import type { RuleFailure } from '../../src/rules/firing.ts';
import { loadRules } from '../../src/rules/load/load-rules.ts';
import type { Example } from '../../src/rules/rule.ts';
import { compileRules } from '../../src/rules/rule-set.ts';
import { ruleOf } from './rule-text.ts';

const DEPLOYMENT = objectRef('Deployment', 'shop', 'checkout');

/** A container of a pod of one deployment. */
function fact(pod: string, given: Record<string, unknown>, more: Partial<Example> = {}, since: string | null = null): Fact {
  const base = exampleFact({ subject: 'Container' }, { name: pod, given, texts: [], signals: [], relations: {}, ...more });
  const object = objectRef('Pod', 'shop', pod);
  const relations = { self: object, pod: object, workload: DEPLOYMENT, ...more.relations };
  return { ...base, id: `Container:${pod}`, object, container: 'app', relations, since, origin: (path) => ({ object, fieldPath: `status.${path}` }) };
}

const KILLED = { name: 'app', termination: { reason: 'OOMKilled' }, restart_count: 3, ports: [{ port: 80 }, { port: 81 }] };
const event = (text: string, more: Partial<Example['texts'][number]> = {}): Example['texts'][number] => ({
  source: 'event',
  reason: 'Failed',
  text,
  stale: false,
  count: 2,
  age_s: 30,
  ...more,
});

function evaluate(changes: Record<string, unknown>, facts: readonly Fact[]) {
  const drafts: EvidenceDraft[] = [];
  const failures: RuleFailure[] = [];
  const cite = (draft: EvidenceDraft): string => `ev-${drafts.push(draft)}`;
  const findings = compileRules([ruleOf(changes)]).evaluate(facts, cite, (failure) => failures.push(failure));
  return { findings, drafts, failures };
}

describe('a finding', () => {
  test('blames, states, cites and tells what to do', () => {
    const { findings, drafts } = evaluate(
      {
        statement: '{name} restarted {restart_count} times, ports {ports}, image {image}, killed: {termination.reason}',
        supersedes: ['container-crashing'],
        remediation: [
          { text: 'Raise the limit of {blame.name}', command: `kubectl -n {blame.namespace} get {blame.kind}/{blame.name} -o jsonpath='{.spec}'`, risk: 'low' },
        ],
        examples: { fires: [{ name: 'a', given: KILLED, says: 'x' }], quiet: [{ name: 'b', given: {} }] },
      },
      [fact('checkout-1', KILLED, {}, '2026-01-01T00:00:00Z')],
    );
    expect(findings).toEqual([
      {
        id: 'f-1',
        rule_id: 'container-killed',
        cause_id: 'container-memory-limit-exceeded',
        title: 'Insufficient Memory',
        role: 'cause',
        effect: 'killed',
        strength: 'decisive',
        object: DEPLOYMENT,
        subjects: [objectRef('Pod', 'shop', 'checkout-1')],
        container: 'app',
        via: [],
        victims: [],
        mechanism: 'app restarted 3 times, ports port=80; port=81, image unknown, killed: OOMKilled',
        since: '2026-01-01T00:00:00Z',
        evidence_ids: ['ev-1'],
        supersedes: ['container-crashing'],
        remediation: [{ text: 'Raise the limit of checkout', command: `kubectl -n shop get Deployment/checkout -o jsonpath='{.spec}'`, risk: 'low' }],
        references: [],
      },
    ]);
    expect(drafts).toEqual([
      {
        source: 'object',
        object: objectRef('Pod', 'shop', 'checkout-1'),
        field_path: 'status.termination.reason',
        container: 'app',
        excerpt: 'status.termination.reason = OOMKilled',
      },
    ]);
  });

  test('names roles, groups, spelled-out objects, and the subject itself where a role is not known', () => {
    const node = objectRef('Node', undefined, 'n1');
    const { findings } = evaluate(
      {
        blame: 'node',
        victims: ['workload', 'node', 'namespace'],
        via: [
          { kind: 'ConfigMap', name: '{name}-config' },
          { kind: 'Node', name: 'n2' },
          { kind: 'External', name: 'db.example.com' },
          { kind: 'Widget', name: 'w' },
          { kind: 'Role', namespace: '', name: 'r' },
          { kind: 'Secret', namespace: 'other', name: 's' },
          { kind: 'ConfigMap', name: '{image}' },
          { kind: 'ConfigMap', namespace: '{image}', name: 'c' },
          'self',
        ],
      },
      [{ ...fact('checkout-1', KILLED), groups: { namespace: [node, objectRef('Node', undefined, 'n3')] } }],
    );
    const [finding] = findings;
    expect(finding?.object).toEqual(objectRef('Pod', 'shop', 'checkout-1'));
    expect(finding?.victims).toEqual([DEPLOYMENT, node, objectRef('Node', undefined, 'n3')]);
    expect(finding?.via).toEqual([
      objectRef('ConfigMap', 'shop', 'app-config'),
      objectRef('Node', undefined, 'n2'),
      objectRef('External', undefined, 'db.example.com'),
      objectRef('Widget', 'shop', 'w'),
      objectRef('Role', undefined, 'r'),
      objectRef('Secret', 'other', 's'),
      objectRef('Pod', 'shop', 'checkout-1'),
    ]);
  });

  test('is one for all pods of one workload: subjects united, five cited, the earliest time', () => {
    const facts = Array.from({ length: 7 }, (_, index) => fact(`checkout-${index}`, KILLED, {}, index === 0 ? null : `2026-01-0${8 - index}T00:00:00Z`));
    const { findings, drafts } = evaluate({}, facts);
    expect(findings).toHaveLength(1);
    expect(findings[0]?.subjects).toHaveLength(7);
    expect(drafts).toHaveLength(5);
    expect(findings[0]?.since).toBe('2026-01-02T00:00:00Z');
    expect(findings[0]?.mechanism).toBe('container app was killed: OOMKilled');
  });

  test('is another for another object or container', () => {
    const other = { ...fact('cart-1', KILLED), relations: { workload: objectRef('Deployment', 'shop', 'cart') } };
    const sidecar = { ...fact('checkout-1', KILLED), container: 'proxy' };
    const { findings } = evaluate({}, [fact('checkout-1', KILLED), other, sidecar]);
    expect(findings.map(({ id, object, container }) => [id, object.name, container])).toEqual([
      ['f-1', 'checkout', 'app'],
      ['f-2', 'cart', 'app'],
      ['f-3', 'checkout', 'proxy'],
    ]);
  });

  test('shows an absent value as not set, and cuts a long one', () => {
    const { drafts } = evaluate({ when: 'image == null && size(command) > 0', cites: ['image', 'command'], statement: 'no image' }, [
      fact('checkout-1', { command: ['x'.repeat(900)] }),
    ]);
    expect(drafts.map(({ excerpt }) => excerpt.slice(0, 24))).toEqual(['status.image = not set', 'status.command = xxxxxxx']);
    expect(drafts[1]?.excerpt.length).toBeLessThan(600);
  });
});

describe('texts', () => {
  const match = { pull: { in: ['event'], reasons: ['Failed'], pattern: '(?i)image "(?P<image>[^"]+)": (?P<why>denied)?', not: '(?i)timeout' } };
  const rule = {
    match,
    when: 'pull.count > 1 && pull.age_s < 60 && pull.image != "x"',
    cites: [],
    statement: '{pull.image}: {pull.why} ({pull.reason} x{pull.count}, {name})',
  };

  test('the first text that counts is taken, its groups are filled in, and it is cited', () => {
    const texts = [
      event('Image "a": timeout'),
      event('Image "b": denied', { reason: 'Other' }),
      event('Image "b": denied', { reason: null }),
      event('Image "c": denied', { stale: true }),
      event('Image "d": denied', { source: 'log' }),
      event('Pulling image "e": gone'),
      event('Image "f": denied'),
    ];
    const { findings, drafts } = evaluate(rule, [fact('checkout-1', { name: 'app' }, { texts })]);
    expect(findings[0]?.mechanism).toBe('e: unknown (Failed x2, app)');
    expect(drafts.map(({ source, excerpt }) => [source, excerpt])).toEqual([['event', 'Pulling image "e": gone']]);
  });

  test('stale texts count when the rule says so', () => {
    const texts = [event('Image "c": denied', { stale: true })];
    expect(evaluate({ ...rule, match: { pull: { ...match.pull, stale: true } } }, [fact('checkout-1', {}, { texts })]).findings).toHaveLength(1);
    expect(evaluate(rule, [fact('checkout-1', {}, { texts })]).findings).toEqual([]);
  });

  test('an optional match is null where nothing matched, and is cited where something did', () => {
    const changes = {
      match: { pull: { ...match.pull, optional: true } },
      when: 'restart_count == 3 && (pull == null || pull.image == "a")',
      cites: ['restart_count'],
      statement: '{restart_count} {pull.image}',
    };
    const [without, withText, unfit] = [[], [event('image "a": denied')], [event('image "b": denied')]].map((texts) =>
      evaluate(changes, [fact('p', KILLED, { texts })]),
    );
    expect(without?.findings[0]?.mechanism).toBe('3 unknown');
    expect(withText?.findings[0]?.mechanism).toBe('3 a');
    expect(withText?.drafts).toHaveLength(2);
    expect(unfit?.findings).toEqual([]);
  });
});

describe('which facts a rule is tried on', () => {
  test('those of its subject that carry one of its signals', () => {
    const tried = (facts: readonly Fact[]): number => evaluate({ on: ['OOMKilled', 'exit-137'] }, facts).findings.length;
    expect(tried([fact('a', KILLED)])).toBe(1);
    expect(tried([{ ...fact('a', KILLED), signals: new Set() }])).toBe(0);
    expect(tried([{ ...fact('a', KILLED), subject: 'Pod' }])).toBe(0);
  });

  test('without signals of its own: those with the reasons or the logs that it needs', () => {
    const log = { match: { line: { in: ['log'], pattern: 'panic' } }, when: 'true', cites: [], statement: 'panics' };
    const texts = [event('panic: x', { source: 'log', reason: 'fatal' })];
    expect(evaluate(log, [fact('a', {}, { texts })]).findings).toHaveLength(1);
    expect(evaluate(log, [{ ...fact('a', {}, { texts }), signals: new Set(['fatal']) }]).findings).toEqual([]);
  });

  test('the order is that of facts, then of rules', () => {
    const rules = ['c', 'a', 'b'].map((id) => ruleOf({ id, ...(id === 'a' ? { on: ['OOMKilled'] } : {}) }));
    const found = compileRules(rules).evaluate([fact('x', KILLED)], () => 'ev-1');
    expect(found.map(({ rule_id }) => rule_id)).toEqual(['c', 'a', 'b']);
  });
});

test('a condition that cannot be decided is told once, and stops nothing', () => {
  const { findings, failures } = evaluate({ when: 'quantity(image) > 1', cites: ['image'] }, [
    fact('a', { image: 'x' }),
    fact('b', { image: 'y' }),
    fact('c', { image: '2' }),
  ]);
  expect(failures).toEqual([{ rule_id: 'container-killed', fact_id: 'Container:a', message: '"x" is no quantity' }]);
  expect(findings).toHaveLength(1);
});

test('no guard of a shipped rule hides an example from its condition', { timeout: 30_000 }, () => {
  const root = resolve(import.meta.dirname, '../..');
  const files = globSync('rules/*.yaml', { cwd: root }).map((path) => ({ path, text: readFileSync(resolve(root, path), 'utf8') }));
  const rules = loadRules(files).rules.map(({ rule }) => rule);
  const hidden = rules.flatMap((rule) => {
    const condition = new Condition(rule.when);
    const facts = rules
      .filter(({ subject }) => subject === rule.subject)
      .flatMap((other) => other.examples.fires.map((example) => exampleFact(other, example)));
    return facts.filter(({ doc }) => {
      const outcome = condition.evaluate(doc);
      return !condition.possible(doc) && 'met' in outcome && outcome.met;
    });
  });
  expect(hidden).toEqual([]);
});
