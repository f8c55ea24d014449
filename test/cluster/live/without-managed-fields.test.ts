import { expect, it } from 'vitest';
import { withoutManagedFields } from '../../../src/cluster/live/without-managed-fields.ts';

const strip = (text: string): string => withoutManagedFields(Buffer.from(text)).toString();

it.each([
  ['last of the metadata', '{"a":{"name":"x","managedFields":[{"f:k":{}}]},"b":1}', '{"a":{"name":"x"},"b":1}'],
  ['first', '{"managedFields":[],"name":"x"}', '{"name":"x"}'],
  ['alone', '{"managedFields":[1]}', '{}'],
  ['several', '[{"managedFields":[1],"a":1},{"b":2,"managedFields":[{}]}]', '[{"a":1},{"b":2}]'],
  ['brackets and quotes in keys', '{"a":1,"managedFields":[{"k:{\\"name\\":\\"]}\\"}":{"\\\\":[]}}],"b":"ü"}', '{"a":1,"b":"ü"}'],
  ['the name inside of a string', '{"a":"\\"managedFields\\":[1]"}', '{"a":"\\"managedFields\\":[1]"}'],
  ['an answer that breaks off', '{"a":1,"managedFields":[{"b', '{"a":1,"managedFields":[{"b'],
])('%s', (_, answer, expected) => {
  expect(strip(answer)).toBe(expected);
});

it('takes nothing else away from a list of pods', () => {
  const pod = (index: number, text: string) => ({
    metadata: {
      name: `orders-${index}`,
      annotations: { last: JSON.stringify({ managedFields: [{ note: text }] }) },
      managedFields: [{ manager: text, fieldsV1: { 'f:metadata': { [`k:{"name":"${text}"}`]: { '.': {}, 'v:"a"': [text, [{}]] } } } }],
    },
    spec: { containers: [{ name: text, args: ['[', ']', '{"', text] }] },
  });
  const items = ['plain', ']', '"}', '\\', '\\"]', 'ü\u2028😀', '[{'].map((text, index) => pod(index, text));
  const expected = items.map(({ metadata: { managedFields: _, ...metadata }, spec }) => ({ metadata, spec }));
  expect(JSON.parse(strip(JSON.stringify({ items })))).toEqual({ items: expected });
});
