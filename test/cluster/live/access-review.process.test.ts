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

type RulesOf = (namespace: string) => Answer | 'reset';
/** As an API server that tells no rules. */
const untold: RulesOf = () => created({ resourceRules: [], nonResourceRules: [], incomplete: true });

async function asking(
  decide: (attributes: Attributes) => Answer | 'reset',
  ask: (reviews: SelfReviews, server: FakeApiServer) => Promise<void>,
  rulesOf: RulesOf = untold,
): Promise<void> {
  await using server = await openFakeApiServer({
    fixture: SHOP,
    fault: ({ body }) => {
      const { spec } = JSON.parse(body) as { spec: { resourceAttributes?: Attributes; namespace?: string } };
      return spec.resourceAttributes === undefined ? rulesOf(spec.namespace ?? '') : decide(spec.resourceAttributes);
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
          'POST /apis/authorization.k8s.io/v1/selfsubjectrulesreviews',
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

  test('are answered by the rules of a namespace, as far as these decide', () => {
    const asked: string[] = [];
    const rules = (namespace: string) =>
      namespace === 'shop' ? [{ verbs: ['list'], apiGroups: [''], resources: ['pods'] }] : [{ verbs: ['*'], apiGroups: ['*'], resources: ['nodes'] }];
    return asking(
      ({ verb, resource }) => {
        asked.push(`${verb} ${resource}`);
        return created({ allowed: resource === 'nodes' });
      },
      async (reviews) => {
        const services: Permission = { verb: 'list', group: '', resource: 'apiservices' };
        expect(await reviews.review([PODS, LOGS, NODES, services], signal)).toEqual({ missing: [LOGS, services], undecided: [] });
        // That nodes stand in the rules of a namespace proves nothing of the cluster; that a kind stands in none does.
        expect(asked).toEqual(['* *', 'list nodes']);
      },
      (namespace) => created({ resourceRules: rules(namespace), nonResourceRules: [], incomplete: false }),
    );
  });

  test.each<[string, Answer | 'reset']>([
    ['incomplete', created({ resourceRules: [], incomplete: true })],
    ['in error', created({ resourceRules: [], incomplete: false, evaluationError: 'a role is gone' })],
    ['refused', failure(403, 'Forbidden', 'no')],
    ['nonsense', created({})],
    ['broken off', 'reset'],
  ])('are asked one by one where the rules are %s', (_, answer) =>
    asking(
      ({ verb }) => created({ allowed: verb === 'list' }),
      async (reviews) => {
        expect(await reviews.review([PODS, LOGS], signal)).toEqual({ missing: [LOGS], undecided: [] });
      },
      () => answer,
    ),
  );

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
