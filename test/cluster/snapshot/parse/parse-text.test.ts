import { describe, expect, test } from 'vitest';
import { parseText } from '../../../../src/cluster/snapshot/parse/parse-text.ts';

describe('JSON', () => {
  const items = (text: string): unknown => (parseText(text).documents[0] as { items?: unknown } | undefined)?.items;

  test('is read whole', () => {
    expect(parseText(' {"a":[1]}')).toEqual({ documents: [{ a: [1] }], problem: undefined });
  });

  test('keeps the complete items of a cut list, whatever stands in their texts', () => {
    const text = '{"apiVersion":"apps/v1","kind":"DeploymentList","items":[{"a":"}]\\"{"},{"b":[{}]},{"c":';
    expect(parseText(text)).toEqual({
      documents: [{ apiVersion: 'apps/v1', kind: 'DeploymentList', items: [{ a: '}]"{' }, { b: [{}] }] }],
      problem: 'it is not valid JSON (it ends in the middle); its 2 complete items are used',
    });
  });

  test('a damaged item costs itself', () => {
    expect(items('{"items":[{"a":1},{"b":oops},{"c":3}]}')).toEqual([{ a: 1 }, { c: 3 }]);
  });

  test('is read document after document where several stand in one text', () => {
    expect(parseText('{"a":"}"}\n{\n  "b": [2]\n}\n')).toEqual({ documents: [{ a: '}' }, { b: [2] }], problem: undefined });
    expect(parseText('{"items":[{"a":1}]}\n{"items":[{"b":').problem).toMatch(/^it is not valid JSON/);
  });

  test('a bare list too', () => {
    expect(items('[{"a":1},{"b"')).toEqual([{ a: 1 }]);
  });

  test('without anything complete there is only the problem, and nothing of the text in it', () => {
    const { documents, problem } = parseText('{"password":"hunter2" "x"}');
    expect(documents).toEqual([]);
    expect(problem).toMatch(/^it is not valid JSON/);
    expect(problem).not.toContain('hunter2');
  });
});

describe('YAML', () => {
  test('reads every document, and no blank ones', () => {
    expect(parseText('# a\n---\na: 1\n---\n\n# b\n---\nb: 2024-01-01\n...\n')).toEqual({ documents: [{ a: 1 }, { b: '2024-01-01' }], problem: undefined });
  });

  test('a damaged document costs itself', () => {
    const { documents, problem } = parseText('a: 1\n---\nb: [\n---\nc: 3\n');
    expect(documents).toEqual([{ a: 1 }, { c: 3 }]);
    expect(problem).toMatch(/^it is not valid YAML at line \d+$/);
  });

  test('of a list that was cut inside an item, the items before are kept', () => {
    const { documents, problem } = parseText('apiVersion: v1\nitems:\n- apiVersion: v1\n  kind: Pod\n- apiVersion: v1\n  kind: "Po');
    expect(documents).toMatchObject([{ items: [{ kind: 'Pod' }] }]);
    expect(problem).toContain('its 1 complete items are used');
  });

  test('of a list that was cut and is valid all the same, the last item is not trusted', () => {
    const { documents, problem } = parseText('apiVersion: v1\nitems:\n- apiVersion: v1\n  kind: Pod\n- apiVersion: v1\n  kind: Po');
    expect(documents).toMatchObject([{ items: [{ kind: 'Pod' }] }]);
    expect(problem).toBe('it ends in the middle; its 1 complete items are used');
  });

  test('does not follow aliases without end', () => {
    const bomb = `a: &a [x]\nb: [${Array.from({ length: 200 }, () => '*a').join(',')}]`;
    expect(parseText(bomb)).toMatchObject({ documents: [], problem: expect.stringContaining('not valid YAML') });
  });
});

test('an empty file is a problem: kubectl writes none', () => {
  expect(parseText(' \n')).toEqual({ documents: [], problem: 'it is empty' });
});
