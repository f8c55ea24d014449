import { describe, expect, test } from 'vitest';
import { newTrace, parseTraceContext, traceparentOf } from '../../src/trace/trace-context.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';

describe('traceparent', () => {
  test.each([
    [`00-${TRACE}-${SPAN}-01`, true],
    [`00-${TRACE}-${SPAN}-00`, false],
    [`00-${TRACE}-${SPAN}-03`, true],
    [`01-${TRACE}-${SPAN}-01-what-is-new`, true],
  ])('%s is read', (header, sampled) => {
    expect(parseTraceContext(header)).toEqual({ traceId: TRACE, spanId: SPAN, sampled, state: null });
  });

  test.each([
    undefined,
    '',
    TRACE,
    `00-${TRACE}-${SPAN}`,
    `00-${TRACE}-${SPAN}-1`,
    `00-${TRACE}-${SPAN}-01-more`,
    `00-${TRACE}-${SPAN}-01more`,
    `01-${TRACE}-${SPAN}-01more`,
    `ff-${TRACE}-${SPAN}-01`,
    `00-${TRACE.toUpperCase()}-${SPAN}-01`,
    `00-${'0'.repeat(32)}-${SPAN}-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    ` 00-${TRACE}-${SPAN}-01`,
    [`00-${TRACE}-${SPAN}-01`, `00-${TRACE}-${SPAN}-01`],
  ])('%j is none', (header) => {
    expect(parseTraceContext(header)).toBeUndefined();
  });

  test('is written as it is read', () => {
    const made = newTrace();
    expect(parseTraceContext(traceparentOf(made))).toEqual(made);
  });
});

describe('tracestate', () => {
  const stateOf = (header: string | string[]) => parseTraceContext(`00-${TRACE}-${SPAN}-01`, header)?.state;

  test('goes on as it came, in one piece', () => {
    expect(stateOf('rojo=00f067aa0ba902b7,congo@shop=t61 rcWk')).toBe('rojo=00f067aa0ba902b7,congo@shop=t61 rcWk');
    expect(stateOf(['a=1', ' b=2 ,'])).toBe('a=1,b=2');
  });

  test.each(['', 'a', 'a=', 'A=1', 'a=1,a=2', 'a=1=2', 'a=ö', `a=${'x'.repeat(600)}`, Array.from({ length: 33 }, (_, n) => `k${n}=1`).join(',')])(
    '%s is left out, and the trace goes on',
    (header) => {
      expect(stateOf(header)).toBeNull();
    },
  );
});
