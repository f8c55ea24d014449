import { describe, expect, test } from 'vitest';
import { explainRule } from '../../src/rules/explain-rule.ts';
import { rulesJsonSchema } from '../../src/rules/json-schema.ts';
import { lintRules } from '../../src/rules/lint-rules.ts';
import { findRule, listRules } from '../../src/rules/list-rules.ts';
import { GOOD, ruleOf, ruleText } from './rule-text.ts';

const lint = (text: string, strict = false, own?: string): readonly string[] =>
  lintRules([{ path: 'a.yaml', text }, ...(own === undefined ? [] : [{ path: 'own.yaml', text: own, layer: 1 }])], { strict }).problems.map(
    ({ severity, file, line, message }) => `${severity} ${file}:${line} ${message}`,
  );

describe('lint', () => {
  test('finds nothing wrong with a good rule', () => {
    expect(lint(ruleText({}), true)).toEqual([]);
  });

  test('tells of errors, failing examples and replaced rules', () => {
    const quiet = [
      { name: 'well', given: {} },
      { name: 'noisy', given: GOOD.examples.fires[0]?.given },
    ];
    const text = ruleText({ examples: { ...GOOD.examples, quiet } }) + ruleText({ id: 'b', cites: ['nowhere'] });
    const noisy = text.split('\n').findIndex((line) => line.includes('noisy')) + 1;
    const nowhere = text.split('\n').findIndex((line) => line.includes('nowhere')) + 1;
    expect(lint(text)).toEqual([
      `error a.yaml:${noisy} the example "noisy" fails: it fires: "container app was killed: OOMKilled"`,
      `error a.yaml:${nowhere} Container has no field nowhere`,
    ]);
    expect(lint(ruleText({}), false, ruleText({}))).toEqual(['warning own.yaml:1 replaces the rule of the same id at a.yaml:1']);
  });

  test('strict: unknown causes, and rules that claim one example', () => {
    const text = ruleText({ supersedes: ['no-such-cause'] }) + ruleText({ id: 'b', cause: 'other' });
    expect(lint(text)).toEqual([]);
    expect(lint(text, true).map((line) => line.replace(/:\d+/, ''))).toEqual([
      'warning a.yaml container-killed and b both claim the example "killed" of container-killed',
      'warning a.yaml no rule has the cause no-such-cause',
    ]);
  });
});

describe('list and explain', () => {
  const rules = [ruleOf({ id: 'b' }), ruleOf({ id: 'a', cause: 'own-cause' })];

  test('rules are listed by subject and id', () => {
    expect(listRules(rules).map(({ id }) => id)).toEqual(['a', 'b']);
    expect(listRules(rules, 'container')).toHaveLength(2);
    expect(listRules(rules, 'Pod')).toEqual([]);
  });

  test('a rule is found by its id or by a cause that it alone has', () => {
    expect(findRule(rules, 'b').id).toBe('b');
    expect(findRule(rules, 'own-cause').id).toBe('a');
    expect(() => findRule([...rules, ruleOf({ id: 'c', cause: 'own-cause' })], 'own-cause')).toThrow(/Did you mean a or c\?/);
    expect(() => findRule([ruleOf()], 'container-kiled')).toThrow('There is no rule "container-kiled". Did you mean container-killed?');
    expect(() => findRule(rules, 'zzzzzz')).toThrow(/^There is no rule "zzzzzz"\.$/);
  });

  test('explained in words', () => {
    const rule = ruleOf({
      on: ['OOMKilled'],
      match: { kill: { in: ['event', 'log'], reasons: ['Killing'], pattern: 'a', not: 'b', optional: true } },
      victims: [{ kind: 'Service', namespace: 'shop', name: 'web' }, 'self'],
      via: [{ kind: 'Node', name: 'n' }],
      remediation: [
        { text: 'Raise it', command: 'kubectl set', risk: 'low' },
        { text: 'Or wait', risk: 'low' },
      ],
      references: ['https://example.com'],
    });
    expect(explainRule(rule)).toMatchInlineSnapshot(`
      "Insufficient Memory (container-killed)
      decisive cause container-memory-limit-exceeded; its effect on the Container: killed

      Says:
        container {name} was killed: {termination.reason}

      Fires on:
        Container with OOMKilled
        perhaps kill: event or log of Killing like /a/ and not /b/
        when termination.reason == "OOMKilled"

      Cites:
        termination.reason

      Blames:
        its workload

      Hurts:
        Service shop/web
        the object itself

      What to do:
        Raise it (risk: low)
          kubectl set
        Or wait (risk: low)

      Fires when:
        killed: "container app was killed: OOMKilled"

      Stays quiet when:
        well

      Read more:
        https://example.com"
    `);
  });
});

test('the JSON Schema describes what is written, not what defaults make of it', () => {
  const schema = rulesJsonSchema();
  expect(schema).toMatchObject({ type: 'array', items: { type: 'object', additionalProperties: false, required: expect.not.arrayContaining(['match']) } });
  expect(JSON.stringify(schema)).toContain('CEL over the fact');
});
