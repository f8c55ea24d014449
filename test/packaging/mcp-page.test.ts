import { expect, test } from 'vitest';
import { agentTools } from '../../src/agent/agent-tools.ts';
import { engineTools } from '../../src/mcp/engine-tools.ts';
import { builtinTools } from '../../src/tools/builtin-tools.ts';
import type { Tool } from '../../src/tools/tool.ts';
import { textOf } from './pages/blocks.ts';

// Tools are only named here, and none is asked.
const unasked = {} as never;
const [before = '', agent = ''] = textOf('docs/mcp.md').split('## The tools of the agent');
const namedIn = (text: string): string[] => [...text.matchAll(/`([a-z]+(?:_[a-z]+)+|investigate|top)`/g)].map(([, name = '']) => name);

const namesOf = (tools: readonly Tool[]): string[] => tools.map(({ name }) => name).sort();

test('the table of docs/mcp.md names every tool that clients get, and no other', () => {
  const tools = [...engineTools(unasked), ...builtinTools({ metrics: unasked, runbooks: unasked, reader: unasked } as never)];
  const rows = before.split('\n').filter((line) => line.startsWith('| `'));
  expect(namedIn(rows.map((row) => row.split('|')[1]).join('\n')).sort()).toEqual(namesOf(tools));
});

test('so does what it says of the agent', () => {
  const sentence = /They are (.*?):/.exec(agent)?.[1] ?? '';
  expect(namedIn(sentence).sort()).toEqual(namesOf(agentTools({ reader: unasked, redactor: unasked, seen: unasked })));
});
