import { describe, expect, test } from 'vitest';
import { fillTemplate } from '../../../src/domain/json-path/fill-template.ts';
import { readTemplate } from '../../../src/domain/json-path/read-template.ts';

const VALUE = {
  kind: 'ConfigMap',
  metadata: {
    name: 'a',
    labels: { 'app.kubernetes.io/name': 'x', tier: 'web' },
    owners: [
      { kind: 'A', name: 'n1', rank: 1, controller: true },
      { kind: 'B', name: 'n2', rank: 2, note: null },
    ],
  },
};
const filled = (template: string, value: unknown = VALUE): string => fillTemplate(readTemplate(template), value);

// What kubectl v1.34 prints for the same templates over the same object.
describe('a template over a value', () => {
  test.each([
    ['{.metadata.name}', 'a'],
    ['{$.kind}{@.kind}', 'ConfigMapConfigMap'],
    ['{.metadata.labels.app\\.kubernetes\\.io/name}', 'x'],
    ["{.metadata.labels['app\\.kubernetes\\.io/name']}", 'x'],
    ['{.metadata.labels.*}', 'x web'],
    ['{..name}', 'a n1 n2'],
    ['{.metadata..kind}', 'A B'],
    ['{.metadata.owners[*].name}', 'n1 n2'],
    ['{.metadata.owners[0,1].name}', 'n1 n2'],
    ['{.metadata.owners[-1].name}', 'n2'],
    ['{.metadata.owners[0:1].name}', 'n1'],
    ['{.metadata.owners[::2].name}', 'n1'],
    ['{.metadata.owners[?(@.kind=="B")].name}', 'n2'],
    ["{.metadata.owners[?(@.kind!='B')].name}", 'n1'],
    ['{.metadata.owners[?(@.controller==true)].name}', 'n1'],
    ['{.metadata.owners[?(@.controller)].name}', 'n1'],
    ['{.metadata.owners[?(@.rank>1)].name}', 'n2'],
    ['{.metadata.owners[?(@.rank<=1)].name}', 'n1'],
    ["{.metadata.owners[?(@.name>='n1')].kind}", 'A B'],
    ["{.metadata.owners[?(@.name==']==(')].kind}", ''],
    ['{range .metadata.owners[*]}{.kind}{"\\t"}{.name}{"\\n"}{end}', 'A\tn1\nB\tn2\n'],
    ['{range .metadata.owners[*]}[{.kind}] {end}.', '[A] [B] .'],
    ['{range .metadata.owners[*]}{.name}', 'n1n2'],
    ['{.metadata.owners[*].name} of {.kind}', 'n1 n2 of ConfigMap'],
    ["{.metadata.owners[*]['kind','name']}", 'A B n1 n2'],
    ['{.metadata.owners[0]}', '{"kind":"A","name":"n1","rank":1,"controller":true}'],
    ['{.metadata.owners[1].note}', ''],
    ['{.nope}{.nope.more}{.nope[0]}{.nope[?(@.a)]}', ''],
    ['{"x}"}{\'y\'}{3}{true}', 'x}y3true'],
    // Without braces it is an expression; kubectl would print it as it is.
    ['.metadata.name', 'a'],
    ['metadata.name', 'a'],
  ])('%s', (template, expected) => {
    expect(filled(template)).toBe(expected);
  });

  test.each([
    ['', /empty/],
    ['{.kind', /\} is missing/],
    ['{"x}', /" is missing/],
    ['{.a[0}', /\] is missing/],
    ['{end}', /without its \{range\}/],
    ['{kind}', /a field is written \.kind/],
    ['{.a[x]}', /\[x\] is not understood/],
    ['{.a[::0]}', /step of 1 or more/],
    ['{.a[?(@.b==1 && @.c==2)]}', /no &&/],
    ['{.a[?(@.b=~"x")]}', /no &&, \|\| and =~/],
    ['{.a[?]}', /a filter is written/],
    ['{#}', /# is not understood/],
  ])('%j cannot be read', (template, problem) => {
    expect(() => readTemplate(template)).toThrow(problem);
  });

  test.each([
    ['{.metadata.owners[5].name}', 'there is no place 5 in a list of 2'],
    ['{.kind[0]}', '"ConfigMap" is no list, so it has no place 0'],
    ['{.metadata[?(@.a)]}', /is no list, so it cannot be filtered$/],
    ['{.metadata.owners[?(@..name==1)]}', undefined],
    ['{.metadata.owners[?(@.*==1)]}', /one value with one value/],
  ])('%s asks for what is not there', (template, problem) => {
    if (problem === undefined) expect(filled(template)).toBe('');
    else expect(() => filled(template)).toThrow(problem);
  });

  test('what lies above an object is no field of it', () => {
    expect(filled('{.constructor}{.__proto__}{.metadata.name.length}')).toBe('');
  });
});
