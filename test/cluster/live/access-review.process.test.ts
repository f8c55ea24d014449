import { describe, expect, test } from 'vitest';
import { openSelfReviews, type SelfReviews } from '../../../src/cluster/live/access-review.ts';
import type { Permission } from '../../../src/cluster/live/permission.ts';
import { SHOP } from '../fixture.ts';
import { type Answer, type FakeApiServer, failure, openFakeApiServer } from './fake-api-server.ts';

const { signal } = new AbortController();
const PODS: Permission = { verb: 'list', group: '', resource: 'pods', namespace: 'shop' };
const LOGS: Permission = { verb: 'get', group: '', resource: 'pods', subresource: 'log', namespace: 'shop' };
const NODES: Permission = { verb: 'list', group: '', resource: 'nodes' };

interface Attributes {
  readonly verb: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly namespace?: string;
}

const created = (status: object): Answer => ({ status: 201, body: { status } });

async function asking(
  decide: (attributes: Attributes) => Answer | 'reset',
  ask: (reviews: SelfReviews, server: FakeApiServer) => Promise<void>,
): Promise<void> {
  await using server = await openFakeApiServer({
    fixture: SHOP,
    fault: ({ body }) => {
      return decide((JSON.parse(body) as { spec: { resourceAttributes: Attributes } }).spec.resourceAttributes);
    },
  });
  await using reviews = await openSelfReviews({ kubeconfig: server.kubeconfig, env: {} });
  await ask(reviews, server);
}

describe('reviews about oneself', () => {
  test('tell what is missing, by verb, resource, subresource and namespace', () =>
    asking(
      ({ verb, subresource, namespace }) => created({ allowed: verb === 'list' && subresource === undefined && namespace === 'shop' }),
      async (reviews, server) => {
        expect(await reviews.review([PODS, LOGS, NODES], signal)).toEqual({ missing: [LOGS, NODES], undecided: [] });
        expect([...new Set(server.requests.map(({ method, path }) => `${method} ${path}`))]).toEqual([
          'POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
        ]);
      },
    ));

  test('need one question for who may do everything', () =>
    asking(
      () => created({ allowed: true }),
      async (reviews, server) => {
        expect(await reviews.review([PODS, LOGS, NODES], signal)).toEqual({ missing: [], undecided: [] });
        expect(server.requests).toHaveLength(1);
      },
    ));

  test.each<[string, Answer | 'reset', string]>([
    ['refused', failure(403, 'Forbidden', 'reviews are forbidden'), 'reviews are forbidden'],
    ['undecided', created({ allowed: false, evaluationError: 'the webhook is down' }), 'the webhook is down'],
    ['nonsense', { status: 201, body: 'hello' }, 'the answer is not what an API server sends'],
    ['broken off', 'reset', 'the connection was closed'],
  ])('that are %s prove nothing', (_, answer, reason) =>
    asking(
      ({ verb }) => (verb === '*' ? created({ allowed: false }) : answer),
      async (reviews) => {
        expect(await reviews.review([PODS], signal)).toEqual({ missing: [], undecided: [{ permission: PODS, reason }] });
      },
    ),
  );

  test('end with an abort', () =>
    asking(
      () => created({ allowed: false }),
      async (reviews) => {
        await expect(reviews.review([PODS], AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
      },
    ));
});
