import { expect, test } from 'vitest';
import { heapOf } from '../../src/facts/container-heap.ts';

test.each([
  { flag: 'a JVM option on the command line', given: { command: ['java', '-Xmx512m', '-jar', 'app.jar'], env: {} }, bytes: 512 * 2 ** 20 },
  { flag: 'the variable that every JVM reads', given: { command: [], env: { JAVA_TOOL_OPTIONS: '-Xms1g -Xmx2G' } }, bytes: 2 * 2 ** 30 },
  { flag: 'bytes without a unit', given: { command: ['java', '-Xmx1048576'], env: {} }, bytes: 2 ** 20 },
  { flag: 'the old space of V8', given: { command: [], env: { NODE_OPTIONS: '--max-old-space-size=4096' } }, bytes: 4096 * 2 ** 20 },
])('$flag says how large the heap may be', ({ given, bytes }) => {
  expect(heapOf(given)?.bytes).toBe(bytes);
});

test('a variable that no runtime reads says nothing, nor does a percentage', () => {
  expect(heapOf({ command: [], env: { COMMENT: 'we had -Xmx2g once' } })).toBeNull();
  expect(heapOf({ command: ['java', '-XX:MaxRAMPercentage=75'], env: {} })).toBeNull();
});
