import { describe, expect, test } from 'vitest';
import { Condition } from '../../../src/rules/cel/condition.ts';

const DOC = {
  a: null,
  n: 5,
  s: 'Pod',
  m: { k: null, t: 'z', deep: { n: 2 } },
  l: ['a', 'b'],
  e: [],
  b: false,
  t: true,
  o: [{ p: 1 }, { p: null }],
  limits: { memory: '64Mi' },
};
const outcome = (expression: string): unknown => {
  const result = new Condition(expression).evaluate(DOC);
  return 'met' in result ? result.met : result.failed;
};

describe('a condition', () => {
  test.each([
    'n + 1 > 5',
    'n == 5',
    '5 == n',
    'n * 2 - 1 == 9',
    'n / 2 == 2.5',
    '10 - n == 5',
    'n % 2 == 1',
    'n - (n - 1) == 1',
    'n in [4, 5] && n + 1 in [6] && n in [4.5, 5.0] && !(n in [])',
    'size(l) == 2',
    'size(l) + n > 6',
    'quantity(limits.memory) == 67108864 && quantity(limits.memory) in [67108864] && quantity(limits.memory) / 2 < 67108864',
    'lower(s) == "pod" && s.lower() == "pod"',
    's.matches("^P.d$") && !s.matches("q")',
    'l.exists(x, x == "b") && l.all(x, x.matches("[ab]")) && e.all(x, x == 1)',
    'l.filter(x, x != "a") == ["b"] && l.map(x, x + "!").join(",") == "a!,b!"',
    'a == null && m.k == null && n != null && m != null',
    'has(m.t) && !has(m.k) && !has(m.q) && !has(a.b) && !has(a.b.c)',
    'a.b == 1 || t',
    'm["t"] == "z" && "t" in m',
    's.contains("o") && s.startsWith("P") && s.endsWith("d")',
    'o.exists(x, x.p == 1)',
  ])('is met: %s', (expression) => {
    expect(outcome(expression)).toBe(true);
  });

  test.each([
    'b',
    'a.b == 1',
    '!(a.b == 1)',
    'm.q == "x"',
    'a > 1',
    '!a',
    'a && t',
    'a + 1 > 0',
    'size(a) == 0',
    'a.exists(x, x == 1)',
    '"x" in a',
    'a.startsWith("x")',
    'quantity(limits.cpu) > 1',
    'n > 6',
    'a.matches("x")',
  ])('is not met, and is no error: %s', (expression) => {
    expect(outcome(expression)).toBe(false);
  });

  test.each([
    ['quantity(s) > 1', '"Pod" is no quantity'],
    ['n + 1', 'the condition is not a boolean'],
    ['n.matches("x")', "found no matching overload for 'double.matches(string)'"],
    ['has(zz.a) || n.matches("x")', "found no matching overload for 'double.matches(string)'"],
    ['zz == 1', 'Unknown variable: zz'],
    ['n > s', 'no such overload: dyn<double> > dyn<string>'],
    ['n == ', 'Unexpected token: EOF'],
  ])('cannot be decided: %s', (expression, message) => {
    expect(outcome(expression)).toBe(message);
  });

  test('a hostile text costs no time', () => {
    const hostile = new Condition('s.matches("^(a+)+$")');
    const start = performance.now();
    expect(hostile.evaluate({ s: `${'a'.repeat(5_000)}!` })).toEqual({ met: false });
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});

describe('the guard', () => {
  const ALWAYS = [
    'n > 4 && n < 6',
    'b == false',
    '!b',
    't',
    'l.exists(x, x == "a")',
    'pull.tag == "x"',
    'pull != null',
    'n in [1, 5]',
    'a == null',
    '(n == 1 || n == 5) && t',
    'size(l) == 2',
    'n != 6',
    'm.deep.n >= 2',
    'a == null || a.b == 1',
    't || a.b != 1',
  ];
  const NEVER = [
    'n > 5',
    'n <= 4',
    'b',
    '!t',
    'a.b == 1',
    'm.q == "x" && t',
    'n in [1, 2]',
    'a != null',
    'n == 1 || n == 2',
    's == null',
    'a.b > 1',
    'a.b != 1',
    'm.t == "y"',
  ];

  test.each(ALWAYS)('lets through: %s', (expression) => {
    expect(new Condition(expression).possible(DOC)).toBe(true);
  });

  test.each(NEVER)('spares the evaluation, which would say the same: %s', (expression) => {
    expect(new Condition(expression).possible(DOC)).toBe(false);
    expect(outcome(expression)).toBe(false);
  });
});
