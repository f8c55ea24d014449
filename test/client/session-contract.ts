import { describe, expect, test } from 'vitest';
import type { SessionClient } from '../../src/client/session-client.ts';
import type { InvestigationEvent } from '../../src/domain/investigation-event.ts';
import type { Pod } from '../../src/domain/kubernetes/pod.ts';
import { namespacesSeen, namesSeen } from '../../src/session/reads/names.ts';

const NEVER = new AbortController().signal;

/** What every SessionClient promises of the dump memory-limit. */
export function describeSessionClient(name: string, open: () => Promise<SessionClient>): void {
  describe(`${name} keeps the SessionClient contract`, () => {
    test('where it is', async () => {
      await using session = await open();
      expect(await session.place(NEVER)).toMatchObject({ target: { reader: 'snapshot' }, namespaces: expect.arrayContaining(['orders']) });
    });

    test('lists, objects and logs, and the time that they tell of', async () => {
      await using session = await open();
      const answers = await session.read(
        async (reads) => ({
          asOf: reads.asOf,
          pods: await reads.list<Pod>('Pod', { namespace: 'orders' }, NEVER),
          projected: await reads.list('Pod', { namespace: 'orders', project: ({ metadata }) => ({ kind: 'Pod', metadata: { name: metadata.name } }) }, NEVER),
          deployment: await reads.get('Deployment', 'orders', 'checkout', NEVER),
          absent: await reads.get('Deployment', 'orders', 'nothing-like-it', NEVER),
          unread: await reads.list('NetworkPolicy', { namespace: 'orders' }, NEVER),
          log: await reads.logs({ namespace: 'orders', pod: 'checkout-6c9f-x1', container: 'app', previous: false, tailLines: 1 }, NEVER),
        }),
        NEVER,
      );
      expect(answers.asOf).toMatch(/^2\d{3}-/);
      if (answers.pods.status !== 'found') throw new Error(`pods are ${answers.pods.status}`);
      expect(answers.pods.value.items.map(({ metadata }) => metadata.name)).toContain('checkout-6c9f-x1');
      expect(answers.pods.value.items[0]?.spec.containers[0]?.name).toBeTypeOf('string');
      expect(answers.projected).toMatchObject({ status: 'found', readAt: answers.asOf });
      if (answers.projected.status === 'found') expect(Object.keys(answers.projected.value.items[0]?.metadata ?? {})).toEqual(['name']);
      expect(answers.deployment).toMatchObject({ status: 'found', value: { metadata: { name: 'checkout' } } });
      expect(answers.absent.status).toBe('not-found');
      expect(answers.unread).toMatchObject({ status: 'not-collected', needs: expect.any(String) });
      expect(answers.log).toMatchObject({ status: 'found', value: { text: expect.any(String) } });
    });

    test('names, as Tab offers them', async () => {
      await using session = await open();
      expect(await namesSeen(session, 'orders', NEVER)).toContainEqual({ kind: 'Deployment', namespace: 'orders', name: 'checkout' });
      expect(await namespacesSeen(session, NEVER)).toContain('orders');
    });

    test('the graph, and a name that is not in it', async () => {
      await using session = await open();
      const answer = await session.graph({ query: { ask: 'dependents', name: 'checkout' }, namespace: 'orders' }, NEVER);
      expect(answer).toMatchObject({ ask: 'dependents', object: { name: 'checkout', namespace: 'orders' } });
      await expect(session.graph({ query: { ask: 'depends-on', name: 'chekout' }, namespace: 'orders' }, NEVER)).rejects.toMatchObject({
        code: 'GRAPH_NAME_UNKNOWN',
      });
    });

    test('what is only supposed comes with its report and is kept nowhere', async () => {
      await using session = await open();
      const seen: InvestigationEvent[] = [];
      const asked = { incidentId: 'inc-1234567890', description: 'checkout is failing', namespace: 'orders', without: ['logs', 'Event'] as const };
      for await (const event of session.investigate(asked, NEVER)) seen.push(event);
      expect(seen.at(-1)?.type).toBe('report-completed');
      expect(await session.incidents({})).toEqual([]);
    });
  });
}
