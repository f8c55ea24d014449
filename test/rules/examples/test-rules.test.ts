import { describe, expect, test } from 'vitest';
import { FACT_SCHEMAS } from '../../../src/domain/facts/schemas.ts';
import { exampleDocument } from '../../../src/rules/examples/document.ts';
import { findOverlaps } from '../../../src/rules/examples/overlaps.ts';
import { testRule, testRules } from '../../../src/rules/examples/test-rules.ts';
import { GOOD, ruleOf } from '../rule-text.ts';

const [fires] = GOOD.examples.fires;
const failures = (changes: Record<string, unknown>): readonly (string | null)[] => testRule(ruleOf(changes)).map(({ failure }) => failure);

describe('the examples of a rule', () => {
  test('pass', () => {
    expect(testRules([ruleOf()])).toEqual([
      { rule: 'container-killed', kind: 'fires', example: 'killed', failure: null },
      { rule: 'container-killed', kind: 'quiet', example: 'well', failure: null },
    ]);
  });

  test.each<[string, Record<string, unknown>, string | null]>([
    ['silence', { when: 'termination.reason == "Error"' }, 'it does not fire'],
    ['silence for lack of a signal', { on: ['Error', 'exit-1'] }, 'it does not fire: the fact carries none of the signals Error, exit-1'],
    [
      'other words',
      { statement: 'container {name} died: {termination.reason}' },
      'it says "container app died: OOMKilled", not "container app was killed: OOMKilled"',
    ],
    ['a condition that cannot be decided', { when: 'quantity(name) > 1' }, 'the condition cannot be decided: "app" is no quantity'],
    ['a citation that decides nothing', { cites: ['termination.reason', 'name'] }, 'it fires as well without name: what does not decide is not cited'],
    [
      'a text without which it fires too',
      {
        match: { kill: { in: ['event'], pattern: 'killed' } },
        examples: { ...GOOD.examples, fires: [{ ...fires, texts: [{ source: 'event', reason: 'Killing', text: 'killed' }] }] },
      },
      null,
    ],
  ])('%s', (_, changes, failure) => {
    expect(failures(changes)).toEqual([failure, null]);
  });

  test('noise where quiet was promised', () => {
    expect(failures({ examples: { ...GOOD.examples, quiet: [{ name: 'killed all the same', given: fires?.given }] } })).toEqual([
      null,
      'it fires: "container unknown was killed: OOMKilled"'.replace('unknown', 'app'),
    ]);
  });

  test('parts of lists and maps can be cited', () => {
    const examples = { fires: [{ name: 'a', given: { ports: [{ port: 80 }], limits: { memory: '1Gi' } }, says: '80' }], quiet: [{ name: 'b', given: {} }] };
    expect(
      failures({ when: 'ports[0].port == 80 && limits.memory == "1Gi"', cites: ['ports.0.port', 'limits.memory'], statement: '{ports.0.port}', examples }),
    ).toEqual([null, null]);
  });
});

describe('the document of an example', () => {
  const schema = FACT_SCHEMAS.Container;
  const document = (given: unknown): Record<string, unknown> => exampleDocument(schema, given) as Record<string, unknown>;

  test('is a whole document of every subject', () => {
    for (const [subject, each] of Object.entries(FACT_SCHEMAS)) expect(each.safeParse(exampleDocument(each, {})).error, subject).toBeUndefined();
  });

  test('is empty around what is given, and filled up below it', () => {
    const doc = document({ termination: { reason: 'Error' }, ports: [{ port: 80 }], limits: { cpu: '1' }, waiting: null });
    expect(doc).toMatchObject({
      image: null,
      restart_count: null,
      failing: false,
      waiting: null,
      missing: [],
      requests: {},
      role: 'main',
      name: '',
      limits: { cpu: '1' },
    });
    expect(doc['termination']).toEqual({
      reason: 'Error',
      exit_code: null,
      signal: null,
      message: null,
      started_at: null,
      finished_at: null,
      age_s: null,
      ran_s: null,
      current: false,
    });
    expect(doc['ports']).toEqual([{ name: null, port: 80, protocol: '' }]);
  });

  test('keeps what does not fit, for the schema to refuse', () => {
    const doc = document({ ports: 'x', limits: 3, log: 'y', extra: 1 });
    expect([doc['ports'], doc['limits'], doc['log'], doc['extra']]).toEqual(['x', 3, 'y', 1]);
  });
});

describe('overlaps', () => {
  const other = { id: 'other', cause: 'other-cause' };

  test('two rules of equal strength that claim one example are told once', () => {
    expect(findOverlaps([ruleOf(), ruleOf(other)])).toEqual([{ rules: ['container-killed', 'other'], example: ['container-killed', 'killed'] }]);
  });

  test.each([
    ['one supersedes the other', { ...other, supersedes: ['container-memory-limit-exceeded'] }],
    ['they have one cause', { id: 'other' }],
    ['their strengths differ', { ...other, strength: 'weak' }],
    ['one is a symptom', { ...other, role: 'symptom' }],
    [
      'the subjects differ',
      {
        ...other,
        subject: 'Pod',
        when: 'name != ""',
        cites: ['name'],
        statement: 'x',
        examples: { fires: [{ name: 'a', given: { name: 'a' }, says: 'x' }], quiet: [{ name: 'b', given: {} }] },
      },
    ],
  ])('no overlap: %s', (_, changes) => {
    expect(findOverlaps([ruleOf(), ruleOf(changes)])).toEqual([]);
  });
});
