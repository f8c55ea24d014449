import { expect, test } from 'vitest';
import { scopedReader } from '../../src/cluster/scoped-reader.ts';
import type { InvestigationRequest } from '../../src/domain/investigation-request.ts';
import type { Report } from '../../src/domain/report.ts';
import { investigate } from '../../src/pipeline/investigate.ts';
import type { AlertSource } from '../../src/telemetry/telemetry-source.ts';
import { dependencies, memoryReader } from './memory-reader.ts';

const NAMESPACES = ['shop', 'billing'].map((name) => ({ kind: 'Namespace', metadata: { name } }));

/** What was asked of a live Alertmanager by an investigation for somebody who may see these. */
async function asked(within: readonly string[], question: Partial<InvestigationRequest>): Promise<{ namespaces: (readonly string[])[]; report: Report }> {
  const namespaces: (readonly string[])[] = [];
  const alerts: AlertSource = {
    label: 'http://alertmanager',
    alerts: async (of) => {
      namespaces.push(of.namespaces);
      return { items: [], gaps: [] };
    },
    probe: async () => ({ items: [], gaps: [] }),
  };
  const reader = scopedReader(memoryReader(NAMESPACES, { defaultNamespace: undefined }), within);
  const deps = { ...dependencies(reader), telemetry: { alerts, metrics: undefined } };
  const request = { incidentId: 'inc-1', description: 'something is slow', ...question };
  for await (const event of investigate(request, deps, new AbortController().signal))
    if (event.type === 'report-completed') return { namespaces, report: event.report };
  throw new Error('no report');
}

test.each([
  ['its own', { namespace: 'shop' }, [['shop']]],
  ['all of them', { allNamespaces: true }, [['shop', 'orders']]],
  ['none at all', {}, [['shop', 'orders']]],
  ['one of another', { namespace: 'billing' }, []],
])('live servers are asked about what may be seen: %s', async (_what, question, expected) => {
  expect((await asked(['shop', 'orders'], question)).namespaces).toEqual(expected);
});

test('what is of other namespaces is a gap, and its name is told to nobody', async () => {
  const { report } = await asked(['shop'], { allNamespaces: true });
  expect(report.verdict).toBe('undetermined');
  expect(report.gaps.some(({ why, needs }) => why === 'forbidden' && needs === 'a key for all namespaces, to read pods')).toBe(true);
  expect(JSON.stringify(report)).not.toContain('billing');
});
