import { describe, expect, test } from 'vitest';
import { endpoints, factsOf, failedCall, findingsOf, mechanisms, service, verdicts, workload } from './network-scene.ts';

const doc = (...args: Parameters<typeof factsOf> extends [unknown, ...infer R] ? R : never) => factsOf('Service', ...args)[0]?.doc as Record<string, never>;
const check = (name: string, port: number, reachable: boolean, fromNode?: string) => ({
  namespace: 'shop',
  service: name,
  port,
  reachable,
  output: reachable ? 'open' : 'Connection refused',
  checks:
    fromNode === undefined
      ? []
      : [
          { fromNode, reachable, output: '' },
          { fromNode: 'n9', reachable: true, output: '' },
        ],
});

describe('a selector', () => {
  test('that is one letter off blames the Service and names the difference', () => {
    const scene = [...workload('checkout'), service('checkout', { selector: { app: 'chekout' } })];
    expect(verdicts(scene)).toEqual(['service-selector-mismatch on Service shop/checkout']);
    expect(mechanisms(scene)).toEqual([
      'Service checkout selects pods with app=chekout, and no pod has that: app: the selector says chekout, the pods say checkout (Deployment checkout, pods ready: 1), so requests to the Service reach nothing',
    ]);
    expect(factsOf('Service', scene)[0]?.origin('near_miss.wanted')).toMatchObject({ fieldPath: 'spec.selector' });
  });

  test('that misses one label of two names that label, also when the workload has it not at all', () => {
    const scene = [...workload('web', { labels: { app: 'web', tier: 'front' } }), service('api', { selector: { app: 'web', tier: 'back' } })];
    expect(doc(scene)['near_miss']).toMatchObject({
      name: 'web',
      label: 'tier',
      want: 'back',
      have: 'front',
      similar: false,
      same_name: false,
      served_elsewhere: false,
    });
    expect(verdicts(scene)).toEqual(['service-selector-mismatch on Service shop/api']);
    const without = [...workload('web', { labels: { app: 'web' } }), service('api', { selector: { app: 'web', tier: 'back' } })];
    expect(doc(without)['near_miss']).toMatchObject({ have: null, differs: 'tier: the selector says back, the pods have no such label' });
  });

  test('of a canary whose pods are gone is no fault beside the stable Service', () => {
    const scene = [
      ...workload('web', { labels: { app: 'web', track: 'stable' } }),
      service('web', { selector: { app: 'web', track: 'stable' } }),
      endpoints('web', 1),
      service('web-canary', { selector: { app: 'web', track: 'canary' } }),
    ];
    expect(verdicts(scene)).toEqual([]);
  });

  test('that matches nothing at all is an observation until somebody misses it', () => {
    const scene = [service('search'), ...workload('web')];
    expect(verdicts(scene)).toEqual(['(observation) service-without-pods on Service shop/search']);
    const missed = verdicts(scene, { logs: [failedCall('web', { host: 'search', port: 80 })] });
    expect(missed).toContain('service-selector-matches-nothing on Service shop/search');
  });

  test('is not judged when pods could not be listed', () => {
    const scene = [service('checkout', { selector: { app: 'chekout' } }), ...workload('checkout')];
    expect(verdicts(scene, { notCollected: ['Pod'] })).toEqual([]);
  });
});

describe('endpoints', () => {
  test('none ready is a symptom that names the workload; one ready is none', () => {
    const down = [...workload('web', { ready: false }), service('web'), endpoints('web', 0, 1)];
    expect(verdicts(down)).toEqual(['(symptom) service-without-ready-endpoints on Service shop/web']);
    expect(findingsOf(down)[0]?.via).toEqual([{ kind: 'Deployment', namespace: 'shop', name: 'web' }]);
    expect(findingsOf(down)[0]?.since).toBe('2026-01-01T11:50:00Z');
    expect(verdicts([...workload('web'), service('web'), endpoints('web', 1, 1)])).toEqual([]);
  });

  test('are read from Endpoints where a dump has no slices', () => {
    const subsets = [{ addresses: [{ ip: '10.1.1.1' }], notReadyAddresses: [{ ip: '10.1.1.2' }] }];
    const old = { kind: 'Endpoints', metadata: { namespace: 'shop', name: 'web' }, subsets };
    const scene = [...workload('web'), service('web'), old];
    expect(doc(scene, { notCollected: ['EndpointSlice'] })['endpoints']).toEqual({ known: true, ready: 1, not_ready: 1 });
    expect(doc(scene.slice(0, -1), { notCollected: ['EndpointSlice', 'Endpoints'] })['endpoints']).toMatchObject({ known: false });
  });

  test('of a workload that was scaled to zero are missed only by its callers', () => {
    const scene = [...workload('orders', { replicas: 0 }), service('orders'), ...workload('web')];
    expect(doc(scene)['scaled_to_zero']).toBe(true);
    expect(verdicts(scene)).toEqual(['(observation) service-without-pods on Service shop/orders']);
    const missed = findingsOf(scene, { logs: [failedCall('web', { host: 'orders', port: 80 })] });
    expect(missed.map(({ cause_id, object, victims }) => [cause_id, object.name, victims.map(({ name }) => name)])).toContainEqual([
      'workload-scaled-to-zero',
      'orders',
      ['web'],
    ]);
  });

  test('of a workload that was scaled to zero are missed, if quietly, by those who are set up to call it', () => {
    const caller = workload('web', { spec: { containers: [{ name: 'web', env: [{ name: 'ORDERS_ADDR', value: 'orders:80' }] }] } });
    const scene = [...workload('orders', { replicas: 0 }), service('orders'), ...caller];
    const found = findingsOf(scene).filter(({ role }) => role === 'cause');
    expect(found.map(({ cause_id, strength, object, victims }) => [cause_id, strength, object.name, victims.map(({ name }) => name)])).toEqual([
      ['workload-scaled-to-zero', 'weak', 'orders', ['web']],
    ]);
    const nobodyRuns = [...workload('orders', { replicas: 0 }), service('orders'), ...caller.slice(0, 2)];
    expect(doc(nobodyRuns)['callers_known']).toBe(0);
  });

  test('of an ExternalName are not expected', () => {
    expect(verdicts([service('db', { selector: undefined, type: 'ExternalName', externalName: 'db.example.com' })])).toEqual([]);
    expect(verdicts([service('db', { selector: undefined, type: 'ExternalName', externalName: 'pg.shop.svc.cluster.local' })])).toEqual([
      'external-name-target-missing on Service shop/db',
    ]);
  });

  test('of a Service without selector are missed only by its callers', () => {
    const scene = [service('legacy', { selector: undefined }), ...workload('web')];
    expect(verdicts(scene)).toEqual([]);
    expect(verdicts(scene, { telemetry: { connectivity: [check('legacy', 80, false)] } })).toContain('service-endpoints-missing on Service shop/legacy');
  });
});

describe('ports', () => {
  const serving = (container: object) => workload('web', { spec: { containers: [{ name: 'web', image: 'web:1', ...container }] } });
  const probe = { readinessProbe: { httpGet: { port: 8080, path: '/' } } };

  test('a target port that a check cannot reach is wrong when the pods are known to listen elsewhere', () => {
    const scene = [...serving({ ports: [{ containerPort: 8080 }] }), service('web', { ports: [{ port: 80, targetPort: 9090 }] }), endpoints('web', 1)];
    const failing = { telemetry: { connectivity: [check('web', 80, false)] } };
    expect(verdicts(scene, failing)).toEqual(['(symptom) service-unreachable on Service shop/web', 'service-target-port-wrong on Service shop/web']);
    expect(mechanisms(scene, failing)).toEqual(['Port 80 of Service web leads to port 9090 of its pods, where nothing answers; the pods listen on 8080']);
    expect(factsOf('Service', scene)[0]?.origin('wrong_port.target').fieldPath).toBe('spec.ports[0].targetPort');
  });

  test('an undeclared target port alone proves nothing', () => {
    const scene = [...serving({ ports: [{ containerPort: 8080 }] }), service('web', { ports: [{ port: 80, targetPort: 9090 }] }), endpoints('web', 1)];
    expect(verdicts(scene)).toEqual([]);
    expect(verdicts(scene, { telemetry: { connectivity: [check('web', 80, true)] } })).toEqual([]);
  });

  test('a passing probe elsewhere makes it likely, unless another port of the Service is right', () => {
    const only = [...serving(probe), service('web', { ports: [{ port: 80, targetPort: 9090 }] }), endpoints('web', 1)];
    expect(verdicts(only)).toEqual(['service-target-port-wrong on Service shop/web']);
    const metrics = [...serving(probe), service('web', { ports: [{ port: 80, targetPort: 8080 }, { port: 9090 }] }), endpoints('web', 1)];
    expect(verdicts(metrics)).toEqual([]);
  });

  test('ports in the environment and in the log count as known', () => {
    const env = [...serving({ env: [{ name: 'PORT', value: '9090' }] }), service('web', { ports: [{ port: 80, targetPort: 9090 }] })];
    expect(doc(env)['wrong_port']).toBeNull();
    const other = [...serving({ env: [{ name: 'REDIS_PORT', value: '6379' }] }), service('web', { ports: [{ port: 80, targetPort: 9090 }] })];
    expect(doc(other)['wrong_port']).toBeNull();
  });

  test('a name that no container declares is wrong, and the near one is told', () => {
    const scene = [
      ...serving({ ports: [{ name: 'http', containerPort: 8080 }] }),
      service('web', { ports: [{ port: 80, targetPort: 'htp' }] }),
      endpoints('web', 1),
    ];
    expect(doc(scene)['unnamed_port']).toEqual({ port: 80, target: 'htp', declared: 'http', near: 'http' });
    expect(verdicts(scene)).toEqual(['service-target-port-name-missing on Service shop/web']);
    const right = [
      ...serving({ ports: [{ name: 'http', containerPort: 8080 }] }),
      service('web', { ports: [{ port: 80, targetPort: 'http' }] }),
      endpoints('web', 1),
    ];
    expect(verdicts(right)).toEqual([]);
  });

  test('UDP to a port on which a probe speaks TCP is wrong', () => {
    const tcp = { ports: [{ containerPort: 9000 }], readinessProbe: { grpc: { port: 9000 } } };
    expect(verdicts([...serving(tcp), service('web', { ports: [{ port: 9000, protocol: 'UDP' }] }), endpoints('web', 1)])).toEqual([
      'service-protocol-mismatch on Service shop/web',
    ]);
    // A DNS server declares one protocol and serves both.
    const dns = [
      ...serving({ ports: [{ containerPort: 53 }] }),
      service('web', {
        ports: [
          { port: 53, protocol: 'UDP' },
          { port: 53, protocol: 'TCP' },
        ],
      }),
      endpoints('web', 1),
    ];
    expect(verdicts(dns)).toEqual([]);
    const game = [...serving({ ports: [{ containerPort: 9000 }] }), service('web', { ports: [{ port: 9000, protocol: 'UDP' }] }), endpoints('web', 1)];
    expect(verdicts(game)).toEqual([]);
  });
});

test('a check that fails from some nodes only is no fault of the Service', () => {
  const scene = [...workload('web', { spec: { containers: [{ name: 'web', ports: [{ containerPort: 8080 }] }] } }), service('web'), endpoints('web', 1)];
  const partly = { telemetry: { connectivity: [check('web', 80, false, 'n1')] } };
  expect(doc(scene, partly)['reachable']).toBe('from-some-nodes');
  expect(verdicts(scene, partly)).toEqual([]);
});

test('a load balancer is at fault when the provider says so, and only observed while it waits', () => {
  const waiting = service('web', { type: 'LoadBalancer' });
  expect(verdicts([...workload('web'), waiting, endpoints('web', 1)])).toEqual(['(observation) load-balancer-pending on Service shop/web']);
  const event = {
    kind: 'Event',
    metadata: { namespace: 'shop', name: 'e1' },
    type: 'Warning',
    reason: 'SyncLoadBalancerFailed',
    message: 'Error syncing load balancer: quota exceeded',
    lastTimestamp: '2026-01-01T11:59:00Z',
    involvedObject: { kind: 'Service', namespace: 'shop', name: 'web' },
  };
  expect(verdicts([...workload('web'), waiting, event])).toContain('load-balancer-not-provisioned on Service shop/web');
});

describe('a headless Service', () => {
  const pod = (ip: string) => (object: object) => ('status' in object ? { ...object, status: { ...(object.status as object), podIP: ip } } : object);
  const queue = workload('queue', { spec: { containers: [{ name: 'queue', ports: [{ containerPort: 8080 }] }] } }).map(pod('10.1.0.7'));
  const worker = (url: string) => workload('worker', { spec: { containers: [{ name: 'worker', env: [{ name: 'QUEUE_URL', value: url }] }] } });
  const headless = service('queue', { clusterIP: 'None' });
  const refused = { logs: [failedCall('worker', { host: '10.1.0.7' })] };

  test('does not translate its port: callers of it are refused by the pods', () => {
    const scene = [...queue, ...worker('http://queue/next'), headless, endpoints('queue', 1)];
    expect(verdicts(scene, refused)).toContain('headless-service-port-not-translated on Service shop/queue');
    expect(verdicts(scene, refused).join()).not.toContain('service-target-port-wrong');
  });

  test('is no fault where callers use the port of the pods', () => {
    const scene = [...queue, ...worker('http://queue:8080/next'), headless, endpoints('queue', 1)];
    expect(verdicts(scene, refused).join()).not.toContain('headless-service-port-not-translated');
  });

  test('is what was asked for when a log names the address of one of its pods', () => {
    const scene = [...queue, ...worker('http://queue/next'), headless, endpoints('queue', 1)];
    expect(doc(scene, refused)).toMatchObject({ callers_failing: 1, untranslated_port: { port: 80, target: 8080, known: '8080', confirmed: true } });
  });
});
