import { describe, expect, test } from 'vitest';
import { fillTemplate } from '../../src/rules/template.ts';

const fill = (template: string, variables: Record<string, unknown> = {}): string => fillTemplate(template, variables);

describe('a template', () => {
  test.each<[string, string, Record<string, unknown>]>([
    ['seconds with their unit are said as people do', 'for 26 min', { age_s: 1536 }],
    ['few seconds are exact', 'for 90 s', { age_s: 90 }],
    ['seconds that are not known', 'for unknown s', { age_s: null }],
  ])('%s', (_, text, variables) => {
    expect(fill('for {age_s} s', variables)).toBe(text);
  });

  test.each([
    [1, '1 pod waits, 0 of 1 pods, 1 is well'],
    [2, '2 pods waits, 0 of 2 pods, 2 is well'],
  ])('what is counted agrees with %d', (n, text) => {
    expect(fill('{n} pods waits, 0 of {n} pods, {n} is well', { n })).toBe(text);
  });

  test('long words of others are cut', () => {
    expect(fill('it says: {said}', { said: 'x'.repeat(400) })).toBe(`it says: ${'x'.repeat(300)} …`);
  });

  test('other braces stay', () => {
    expect(fill('-p \'{"spec":{}}\' {name}', { name: 'web' })).toBe('-p \'{"spec":{}}\' web');
  });
});
