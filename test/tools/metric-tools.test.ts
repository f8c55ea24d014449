import { expect, test } from 'vitest';
import { scopedReader } from '../../src/cluster/scoped-reader.ts';
import { createRedactor } from '../../src/redact/redactor.ts';
import { metricTools } from '../../src/tools/metric-tools.ts';
import type { ToolSources } from '../../src/tools/sources.ts';
import { memoryReader } from '../pipeline/memory-reader.ts';

const metrics: ToolSources['metrics'] = {
  label: 'http://prometheus',
  query: async () => ({ items: [{ name: 'up', labels: { namespace: 'billing' }, samples: [[0, 1]] }], gaps: [] }),
  series: async () => ({ items: [], gaps: [] }),
  probe: async () => ({ items: [], gaps: [] }),
};
const sources = (reader: ToolSources['reader']): ToolSources => ({
  reader,
  metrics,
  rules: [],
  knowledge: undefined as never,
  redactor: createRedactor(),
  namespace: 'shop',
  inventory: async () => undefined as never,
  graph: async () => undefined as never,
});

test('an expression is for whoever may see all namespaces: it may ask about any', async () => {
  const [tool] = metricTools(sources(memoryReader()));
  const answer = await tool?.run({ query: 'up' }, new AbortController().signal);
  expect(answer?.pieces[0]?.excerpt).toBe('up{namespace="billing"}: 1');
  expect(metricTools(sources(scopedReader(memoryReader(), ['shop'])))).toEqual([]);
});
