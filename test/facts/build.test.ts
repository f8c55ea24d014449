import { expect, test } from 'vitest';
import { inventoryOf } from '../../src/evidence/inventory-of.ts';
import { eachFact } from '../../src/facts/build.ts';
import { buildGraph } from '../../src/topology/build-graph.ts';
import { NO_KNOWLEDGE } from '../../src/topology/knowledge/knowledge-graph.ts';

test('a source that meets what it cannot understand is told of, and costs no other its facts', () => {
  const inventory = inventoryOf([
    { kind: 'Node', metadata: { name: 'n1' } },
    { kind: 'ResourceQuota', metadata: { name: 'q', namespace: 'shop' } },
  ]);
  const graph = buildGraph(inventory, NO_KNOWLEDGE);
  const lost: string[] = [];
  const breaking = { ...inventory, list: inventory.list.bind(inventory), lookup: inventory.lookup.bind(inventory), covers: inventory.covers.bind(inventory) };
  const context = {
    inventory: Object.assign(breaking, {
      eventsOf: () => {
        throw new TypeError('not what was expected');
      },
      logsOf: () => [],
    }),
    graph,
    knowledge: NO_KNOWLEDGE,
    now: 0,
  };
  const subjects = [...eachFact(context, (subject) => lost.push(subject))].map(({ subject }) => subject);
  expect(lost).toContain('Node');
  expect(subjects).toContain('ResourceQuota');
});

test('what the API writes as null is absent', () => {
  const slice = { kind: 'EndpointSlice', metadata: { name: 's', namespace: 'shop', labels: null }, endpoints: null, spec: { selector: null } };
  const [kept] = inventoryOf([slice as never]).list('EndpointSlice', 'shop');
  expect(kept).toEqual({ kind: 'EndpointSlice', metadata: { name: 's', namespace: 'shop' }, spec: {} });
});
