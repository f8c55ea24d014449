import { describe, expect, test } from 'vitest';
import type { Principal } from '../../src/auth/principal.ts';
import type { ClusterQuestion } from '../../src/client/cluster-question.ts';
import { scopedDesk } from '../../src/server/scoped-desk.ts';
import { aDesk } from './a-desk.ts';

const NEVER = new AbortController().signal;
const list = (kind: 'Pod' | 'Node' | 'Namespace', namespace?: string): ClusterQuestion => ({
  ask: 'list',
  kind,
  options: namespace === undefined ? {} : { namespace },
});

/** What a key for these namespaces is answered from a dump that holds `orders`. */
async function answered(namespaces: readonly string[], question: ClusterQuestion): Promise<unknown> {
  const principal: Principal = { id: 'k', name: 'k', role: 'viewer', namespaces };
  return JSON.parse(await scopedDesk(aDesk(), principal).ask(question, NEVER));
}

describe('single reads of a key for some namespaces', () => {
  test('of one: what names no namespace means that one', async () => {
    const pods = (await answered(['orders'], list('Pod'))) as { value: { items: { metadata: { namespace: string } }[] } };
    expect(new Set(pods.value.items.map(({ metadata }) => metadata.namespace))).toEqual(new Set(['orders']));
    expect(await answered(['orders'], { ask: 'get', kind: 'Deployment', namespace: undefined, name: 'checkout' })).toMatchObject({ status: 'found' });
  });

  test.each<[string, readonly string[], ClusterQuestion, string]>([
    ['another namespace', ['billing'], list('Pod', 'orders'), 'a key for namespace orders'],
    ['all of them, of several', ['orders', 'billing'], list('Pod'), 'a namespace that it is for: orders, billing'],
    ['what is of no namespace', ['orders'], list('Node'), 'a key for the whole cluster, to read nodes'],
    ['the names of all', ['orders'], list('Namespace'), 'a key for the whole cluster, to read namespaces'],
    [
      'a log elsewhere',
      ['billing'],
      { ask: 'logs', options: { namespace: 'orders', pod: 'checkout-6c9f-x1', container: 'app', previous: false } },
      'a key for namespace orders',
    ],
    ['an object elsewhere', ['billing'], { ask: 'get', kind: 'Deployment', namespace: 'orders', name: 'checkout' }, 'a key for namespace orders'],
  ])('are refused with what would be needed: %s', async (_what, namespaces, question, needs) => {
    expect(await answered(namespaces, question)).toEqual({ status: 'forbidden', needs });
  });

  test('the place names no other namespace, and a graph elsewhere is refused', async () => {
    expect(await answered(['orders', 'nowhere'], { ask: 'place' })).toMatchObject({ namespaces: ['orders'] });
    const graph = answered(['billing'], { ask: 'graph', question: { query: { ask: 'show' }, namespace: 'orders' } });
    await expect(graph).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
  });
});
