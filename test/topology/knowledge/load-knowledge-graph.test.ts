import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { asCoded } from '../../../src/errors/coded-error.ts';
import { withShippedTechnologies } from '../../../src/topology/knowledge/knowledge-graph.ts';
import { loadKnowledgeGraph } from '../../../src/topology/knowledge/load-knowledge-graph.ts';
import { technologyOf } from '../../../src/topology/knowledge/technology.ts';

const shipped = loadKnowledgeGraph(readFileSync(resolve(import.meta.dirname, '../../../knowledge_graph.yaml'), 'utf8'), 'knowledge_graph.yaml');

function refusal(text: string): { code: string; message: string } {
  try {
    loadKnowledgeGraph(text, 'kg.yaml');
  } catch (error) {
    const { code, message } = asCoded(error);
    return { code, message };
  }
  throw new Error('it was accepted');
}

describe('a knowledge graph', () => {
  test('is read with its defaults', () => {
    expect(loadKnowledgeGraph('components: [{ name: a }, { name: b, type: database }]\nrelationships: [{ from: a, to: b }]\n', 'kg.yaml')).toEqual({
      file: 'kg.yaml',
      components: [
        { name: 'a', type: 'service' },
        { name: 'b', type: 'database' },
      ],
      relationships: [{ from: 'a', to: 'b', type: 'depends_on' }],
      technologies: [],
    });
    expect(loadKnowledgeGraph('', 'kg.yaml').components).toEqual([]);
  });

  test('tells every problem at once, each with its place', () => {
    const text = `components:
  - name: checkout
    kind: service
  - name: checkout
  - name: orders
    type: databse
    match: { namespce: shop }
relationships:
  - { from: checkout, to: order, type: needs }
`;
    expect(refusal(text)).toMatchInlineSnapshot(`
      {
        "code": "KNOWLEDGE_GRAPH_INVALID",
        "message": "The knowledge graph kg.yaml has 6 problems:
        kg.yaml:3:5: components[0] has no setting "kind"
        kg.yaml:4:11: the component "checkout" is already there
        kg.yaml:6:11: components[2].type: Invalid option: expected one of "service"|"database"|"cache"|"queue"|"gateway"|"job"|"external"
        kg.yaml:7:14: components[2].match has no setting "namespce"; did you mean "namespace"?
        kg.yaml:9:27: there is no component "order"; did you mean "orders"?
        kg.yaml:9:40: relationships[0].type: Invalid input: expected "depends_on"",
      }
    `);
  });

  test('names unknown components with near names, and names that come twice', () => {
    expect(refusal('components:\n  - name: checkout\n  - name: checkout\nrelationships:\n  - from: chekout\n    to: checkout\n')).toMatchInlineSnapshot(`
      {
        "code": "KNOWLEDGE_GRAPH_INVALID",
        "message": "The knowledge graph kg.yaml has 2 problems:
        kg.yaml:3:11: the component "checkout" is already there
        kg.yaml:5:11: there is no component "chekout"; did you mean "checkout"?",
      }
    `);
  });

  test('says where YAML itself is broken', () => {
    expect(refusal('components:\n  - name: [a\n')).toMatchInlineSnapshot(`
      {
        "code": "KNOWLEDGE_GRAPH_INVALID",
        "message": "The knowledge graph kg.yaml has a problem:
        kg.yaml:3:1: deficient indentation",
      }
    `);
  });

  test('names the circle it goes in', () => {
    const relations = ['a, to: b', 'b, to: c', 'c, to: d', 'd, to: b'].map((pair) => `  - { from: ${pair} }\n`).join('');
    expect(refusal(`components: [{ name: a }, { name: b }, { name: c }, { name: d }]\nrelationships:\n${relations}`)).toMatchInlineSnapshot(`
      {
        "code": "KNOWLEDGE_GRAPH_CYCLIC",
        "message": "The knowledge graph kg.yaml goes in a circle at 6:5: b -> c -> d -> b.",
      }
    `);
    expect(refusal('components: [{ name: a }]\nrelationships: [{ from: a, to: a }]\n').code).toBe('KNOWLEDGE_GRAPH_CYCLIC');
  });

  test('may meet the same component twice without a circle', () => {
    const relations = ['a, to: b', 'a, to: c', 'b, to: d', 'c, to: d'].map((pair) => `  - { from: ${pair} }\n`).join('');
    expect(
      loadKnowledgeGraph(`components: [{ name: a }, { name: b }, { name: c }, { name: d }]\nrelationships:\n${relations}`, 'kg.yaml').relationships,
    ).toHaveLength(4);
  });
});

describe('technologies', () => {
  test('are known by scheme before image before port before name', () => {
    const name = (hints: Parameters<typeof technologyOf>[1]): string | undefined => technologyOf(shipped, hints)?.name;
    expect(name({ scheme: 'mysql', port: 5432 })).toBe('MySQL');
    expect(name({ images: ['registry.example:5000/library/postgres:16-alpine'], port: 6379 })).toBe('PostgreSQL');
    expect(name({ images: ['bitnami/redis@sha256:00'] })).toBe('Redis');
    expect(name({ port: 27017, name: 'store' })).toBe('MongoDB');
    expect(name({ name: 'cart-redis-0' })).toBe('Redis');
    expect(name({ name: 'orders-db' })).toBe('a database');
    expect(name({ name: 'checkout', port: 8080, images: ['shop/postgres-client-ui:1', 'mypostgres:1'], scheme: 'http' })).toBeUndefined();
  });

  test('of a own graph come first, those of the shipped one behind', () => {
    const own = loadKnowledgeGraph('technologies: [{ name: Ours, type: database, ports: [5432] }]\n', 'own.yaml');
    const both = withShippedTechnologies(own, shipped);
    expect(technologyOf(both, { port: 5432 })?.name).toBe('Ours');
    expect(technologyOf(both, { port: 6379 })?.name).toBe('Redis');
    expect(both.components).toEqual([]);
  });
});
