import { expect, test } from 'vitest';
import { nothing, type Tool } from '../../src/tools/tool.ts';
import { ToolBox } from '../../src/tools/tool-box.ts';

const slow = (name: string, limitMs?: number): Tool => ({
  name,
  description: '',
  source: 'mcp',
  parameters: {},
  ...(limitMs === undefined ? {} : { limitMs }),
  run: () => new Promise((answer) => setTimeout(() => answer(nothing('answered')), 60)),
});

test('a call has the time that all have, and more only where the tool was given more', async () => {
  const box = new ToolBox([slow('usual'), slow('given-more', 5_000), slow('given-less', 1)], 20);
  const notes = await Promise.all(['usual', 'given-more', 'given-less'].map(async (name) => (await box.call(name, {}, new AbortController().signal)).note));
  expect(notes).toEqual(['no answer within 0.02 s', 'answered', 'no answer within 0.02 s']);
});
