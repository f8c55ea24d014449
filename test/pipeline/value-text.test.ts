import { expect, test } from 'vitest';
import { valueText } from '../../src/pipeline/value-text.ts';

test.each([
  ['a word', 'Pending', 'Pending'],
  ['a number', 9, '9'],
  ['an object', { exitCode: 137, reason: 'Error', message: null, containerID: 'containerd://c64a' }, '{exitCode: 137, reason: Error}'],
  ['a list', ['ReadWriteOnce', ''], '[ReadWriteOnce, ""]'],
  ['what YAML would read otherwise is quoted', { command: ['sh', '-c', 'echo a, b'], path: '/a: b' }, '{command: [sh, -c, "echo a, b"], path: "/a: b"}'],
  ['ids of the machinery are left out', [{ targetRef: { kind: 'Pod', name: 'web-1', uid: 'x' } }], '[{targetRef: {kind: Pod, name: web-1}}]'],
])('%s', (_, value, text) => {
  expect(valueText(value)).toBe(text);
});

test('a long value is cut', () => {
  expect(valueText(['x'.repeat(400)])).toMatch(/^\[x{299} …$/);
});
