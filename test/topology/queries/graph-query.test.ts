import { describe, expect, test } from 'vitest';
import { refLabel } from '../../../src/domain/object-ref.ts';
import { asCoded } from '../../../src/errors/coded-error.ts';
import { graphMermaid } from '../../../src/report/graph/mermaid.ts';
import { graphText } from '../../../src/report/graph/text.ts';
import { buildGraph } from '../../../src/topology/build-graph.ts';
import { NO_KNOWLEDGE } from '../../../src/topology/knowledge/knowledge-graph.ts';
import { answerGraphQuery, type GraphQuery } from '../../../src/topology/queries/graph-query.ts';
import { inventoryOf } from '../inventory-of.ts';
import { container, deployment, env, named, running, service } from '../objects.ts';

const knowledge = {
  ...NO_KNOWLEDGE,
  components: [
    { name: 'orders', type: 'service' as const, match: { workload: 'checkout', namespace: 'shop' } },
    { name: 'bank', type: 'external' as const, match: { host: 'bank.example' } },
  ],
  relationships: [{ from: 'orders', to: 'bank', type: 'depends_on' as const }],
};
const objects = [
  named('Ingress', 'shop', 'web', { spec: { defaultBackend: { service: { name: 'checkout', port: { number: 80 } } } } }),
  ...running('shop', 'checkout', { containers: [container('checkout', { env: env({ REDIS_ADDR: 'redis:6379' }) })] }),
  service('shop', 'checkout'),
  ...running('shop', 'redis', { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }] }),
  service('shop', 'redis'),
  deployment('test', 'checkout'),
];
const inventory = inventoryOf(objects);
const graph = buildGraph(inventory, knowledge);
const ask = (query: GraphQuery, namespace?: string) => answerGraphQuery(query, { graph, inventory, knowledge, namespace });
const code = (query: GraphQuery): string => {
  try {
    ask(query);
  } catch (error) {
    return `${asCoded(error).code}: ${asCoded(error).message}`;
  }
  return '';
};

describe('depends-on', () => {
  test('all components, over written and discovered edges', () => {
    const answer = ask({ ask: 'depends-on', name: 'shop/checkout' });
    expect(answer.objects.map(({ object, distance }) => `${distance} ${refLabel(object)}`)).toEqual([
      '1 Service shop/redis',
      '1 External bank.example',
      '2 Deployment shop/redis',
    ]);
    expect(graphText(answer)).toMatchInlineSnapshot(`
      "Deployment shop/checkout
      ├─ calls Service shop/redis (by name)
      │  └─ selects Deployment shop/redis
      └─ depends-on External bank.example (knowledge graph)
      "
    `);
    expect(graphMermaid(answer)).toMatchInlineSnapshot(`
      "flowchart LR
        n1["Deployment<br/>shop/checkout"]
        n2(["Service<br/>shop/redis"])
        n3{{"External<br/>bank.example"}}
        n4["Deployment<br/>shop/redis"]
        n1 -.->|calls| n2
        n1 -.->|depends-on| n3
        n2 -->|selects| n4
      "
    `);
  });

  test('a component of the knowledge graph is asked by its own name', () => {
    expect(ask({ ask: 'depends-on', name: 'orders' }).object).toEqual({ kind: 'Deployment', namespace: 'shop', name: 'checkout' });
  });

  test('everything includes what the pods need, under the name of their owner', () => {
    const answer = ask({ ask: 'depends-on', name: 'deploy/redis', everything: true, depth: 1 });
    expect(answer.edges.map(({ type, to }) => `${type} ${refLabel(to)}`)).toEqual(['mounts PersistentVolumeClaim shop/data', 'runs-on Node n1']);
  });
});

test('what does not exist is said to be so, and what nobody could look for is not', () => {
  const scene = [deployment('shop', 'checkout', { containers: [container('checkout', { env: env({ CACHE: 'cache:6379', BANK: 'https://bank.example' }) })] })];
  const answer = (options: Parameters<typeof inventoryOf>[1]) => {
    const other = inventoryOf(scene, options);
    return answerGraphQuery({ ask: 'depends-on', name: 'checkout' }, { graph: buildGraph(other, NO_KNOWLEDGE), inventory: other, knowledge: NO_KNOWLEDGE });
  };
  expect(graphText(answer({}))).toMatchInlineSnapshot(`
    "Deployment shop/checkout
    ├─ calls Service shop/cache (does not exist) (by name)
    └─ calls External bank.example (by name)
    "
  `);
  const blind = answer({ forbidden: ['Service'] });
  expect(blind.objects.map(({ exists }) => exists)).toEqual([null, null]);
  expect(graphText(blind)).toMatchInlineSnapshot(`
    "Deployment shop/checkout
    ├─ calls Service shop/cache (by name)
    └─ calls External bank.example (by name)

    Not seen, so edges may be missing:
      services: forbidden. Needs: list services
    "
  `);
});

test('a Node is asked about with all that hangs on it', () => {
  expect(ask({ ask: 'dependents', name: 'node/n1' }).objects.map(({ object }) => refLabel(object))).toContain('Deployment shop/redis');
});

test('dependents are the blast radius', () => {
  const answer = ask({ ask: 'dependents', name: 'service/redis' });
  expect(answer.objects.map(({ object }) => refLabel(object))).toEqual(['Deployment shop/checkout', 'Service shop/checkout', 'Ingress shop/web']);
  expect(graphText(answer)).toMatchInlineSnapshot(`
    "Service shop/redis
    └─ Deployment shop/checkout calls it (by name)
       └─ Service shop/checkout selects it
          └─ Ingress shop/web routes-to it
    "
  `);
  expect(graphText(ask({ ask: 'dependents', name: 'ingress/web' }))).toBe('Ingress shop/web is needed by nothing that is known.\n');
  expect(graphText(ask({ ask: 'depends-on', name: 'external/bank.example' }))).toBe('External bank.example depends on nothing that is known.\n');
});

test('path tells each step and its source, in whichever direction there is one', () => {
  const answer = ask({ ask: 'path', name: 'redis', to: 'ingress/shop/web' });
  expect(graphText(answer)).toMatchInlineSnapshot(`
    "Ingress shop/web
      routes-to Service shop/checkout
      selects Deployment shop/checkout
      calls Service shop/redis (by name)  spec.template.spec.containers[name=checkout].env[name=REDIS_ADDR].value: REDIS_ADDR=redis:6379
      selects Deployment shop/redis
    "
  `);
  expect(graphText(ask({ ask: 'path', name: 'test/checkout', to: 'redis' }))).toBe(
    'No way leads from Deployment test/checkout to Deployment shop/redis, nor back.\n',
  );
  expect(graphText(ask({ ask: 'path', name: 'redis', to: 'redis' }))).toBe('Deployment shop/redis is itself.\n');
});

test('show draws the components, of one namespace where one is named', () => {
  expect(graphText(ask({ ask: 'show' }))).toMatchInlineSnapshot(`
    "Ingress shop/web
    └─ routes-to Service shop/checkout
       └─ selects Deployment shop/checkout
          ├─ calls Service shop/redis (by name)
          │  └─ selects Deployment shop/redis
          └─ depends-on External bank.example (knowledge graph)
    "
  `);
  expect(graphText(ask({ ask: 'show' }, 'test'))).toBe('The graph has no edges here.\n');
  const pods = ask({ ask: 'show', everything: true }).objects.filter(({ object }) => object.kind === 'Pod');
  expect(pods).toEqual([]);
});

test('names: one that is in two namespaces must be told apart, one that is in none has near names', () => {
  expect(code({ ask: 'depends-on', name: 'checkout' })).toBe(
    'GRAPH_NAME_AMBIGUOUS: "checkout" may be any of: Deployment shop/checkout, Deployment test/checkout.',
  );
  expect(ask({ ask: 'depends-on', name: 'checkout' }, 'test').object?.namespace).toBe('test');
  expect(code({ ask: 'depends-on', name: 'shop/chekout' })).toBe('GRAPH_NAME_UNKNOWN: Nothing in the graph is called "shop/chekout". Near names: checkout.');
  expect(code({ ask: 'depends-on', name: 'statefulset/checkout' })).toContain('GRAPH_NAME_UNKNOWN');
});
