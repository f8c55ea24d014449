import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { DUMPS, expectCode, Home } from './program.ts';

const home = new Home();
afterAll(() => home[Symbol.dispose]());

const DUMP = ['--snapshot', join(DUMPS, 'memory-limit')];
const textOf = async (...args: string[]): Promise<string> => expectCode(await home.run(['graph', ...args]), 0).stdout;

describe('graph', () => {
  test('depends-on: what a workload needs, as a tree', async () => {
    expect(await textOf('depends-on', 'storefront', ...DUMP)).toBe(
      'Deployment orders/storefront\n└─ calls Service orders/checkout (by name)\n   └─ selects Deployment orders/checkout\n',
    );
  });

  test('dependents: who needs it', async () => {
    expect(await textOf('dependents', 'checkout', ...DUMP)).toMatch(/Deployment orders\/storefront/);
  });

  test('path in JSON goes over the Service', async () => {
    const answer = JSON.parse(await textOf('path', 'storefront', 'checkout', ...DUMP, '-o', 'json')) as { ask: string };
    expect(answer).toMatchObject({ ask: 'path', object: { name: 'storefront' }, to: { name: 'checkout' } });
    expect(JSON.stringify(answer)).toContain('"Service"');
  });

  test('mermaid is a flow chart with every object once', async () => {
    const chart = await textOf('show', ...DUMP, '-n', 'orders', '--mermaid');
    expect(chart).toMatch(/^flowchart (LR|TD)\n/);
    expect(chart.match(/Deployment<br\/>orders\/checkout/g)).toHaveLength(1);
  });

  test('--knowledge-only reads no cluster', async () => {
    expect(await textOf('depends-on', 'web', '--knowledge-only')).toMatch(/Component web\n[\s\S]*Component orders-db/);
  });

  test('./knowledge_graph.yaml is used without being named', async () => {
    writeFileSync(
      join(home.path, 'knowledge_graph.yaml'),
      'components:\n  - name: till\n  - name: ledger\n    type: database\nrelationships:\n  - { from: till, to: ledger, type: depends_on }\n',
    );
    expect(await textOf('depends-on', 'till', '--knowledge-only')).toBe('Component till\n└─ depends-on Component ledger (knowledge graph)\n');
  });

  test('a namespace that the dump does not hold', async () => {
    const { stderr } = expectCode(await home.run(['graph', 'show', ...DUMP, '-n', 'order']), 2);
    expect(stderr).toMatch(/^error NAMESPACE_NOT_COLLECTED: The dump holds nothing of namespace order; near: orders\.\n/);
  });

  test('a name that is not there gets near names', async () => {
    const { stderr } = expectCode(await home.run(['graph', 'depends-on', 'storfront', ...DUMP]), 2);
    expect(stderr).toMatch(/^error GRAPH_NAME_UNKNOWN: Nothing in the graph is called "storfront"\. Near names: storefront\.\n/);
  });

  test.each([['graph', 'show', '--knowledge-only'] as const, ['investigate', 'x', ...DUMP] as const])(
    '%s: a circle is refused where it closes',
    async (...args) => {
      const file = join(home.path, 'circle.yaml');
      writeFileSync(
        file,
        'components: [{ name: a }, { name: b }]\nrelationships:\n  - { from: a, to: b, type: depends_on }\n  - { from: b, to: a, type: depends_on }\n',
      );
      const { stdout, stderr } = expectCode(await home.run([...args, '--knowledge-graph', file]), 2);
      expect(stdout).toBe('');
      expect(stderr).toMatch(/^error KNOWLEDGE_GRAPH_CYCLIC: The knowledge graph .*circle\.yaml goes in a circle at \d+:\d+: a -> b -> a\.\n/);
    },
  );

  test('a knowledge graph that is not there', async () => {
    const { stderr } = expectCode(await home.run(['graph', 'show', '--knowledge-only', '--knowledge-graph', '/nowhere.yaml']), 2);
    expect(stderr).toMatch(/^error FILE_UNREADABLE: The file \/nowhere\.yaml cannot be read/);
  });
});
