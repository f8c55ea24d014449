import { expect, test } from 'vitest';
import { serviceBackend } from '../../src/facts/service-backend.ts';
import { contextOf } from './infrastructure-scene.ts';

const service = { kind: 'Service', metadata: { namespace: 'shop', name: 'policy' }, spec: { selector: { app: 'policy' } } };
const slice = (endpoints: unknown) => ({
  kind: 'EndpointSlice',
  metadata: { namespace: 'shop', name: 'policy-1', labels: { 'kubernetes.io/service-name': 'policy' } },
  endpoints,
  ports: null,
});

test.each([
  ['null, which the API server writes for none', null, 0],
  ['an empty list', [], 0],
  ['one that does not say whether it is ready, and one that is not', [{ conditions: {} }, { conditions: { ready: false } }], 1],
])('ready endpoints of a slice with %s', (_, endpoints, ready) => {
  expect(serviceBackend(contextOf([service, slice(endpoints)]), 'shop', 'policy')).toMatchObject({ status: 'found', ready, down: ready === 0 });
});
