import { describe, expect, test } from 'vitest';
import { endpoints, factsOf, failedCall, findingsOf, log, mechanisms, SHIPPED, service, verdicts, workload } from './network-scene.ts';

const env = (variables: Readonly<Record<string, string>>) => Object.entries(variables).map(([name, value]) => ({ name, value }));
const caller = (variables: Readonly<Record<string, string>>, ready = true) =>
  workload('checkout', { ready, spec: { containers: [{ name: 'checkout', image: 'checkout:1', env: env(variables) }] } });
const postgres = service('postgres', { ports: [{ port: 5432 }] });

describe('a database', () => {
  const scene = [
    ...caller({ DATABASE_URL: 'postgres://u:p@postgres:5432/orders' }),
    ...workload('postgres', { ready: false }),
    postgres,
    endpoints('postgres', 0, 1),
  ];

  test('that refuses is unreachable, and its workload is blamed with the caller as the one who suffers', () => {
    const logs = [failedCall('checkout', { host: '10.0.0.9', port: 5432 })];
    const found = findingsOf(scene, { logs }).find(({ cause_id }) => cause_id === 'database-unreachable');
    expect(found).toMatchObject({
      title: 'Database Unreachable',
      object: { kind: 'Deployment', namespace: 'shop', name: 'postgres' },
      subjects: [{ kind: 'Deployment', namespace: 'shop', name: 'checkout' }],
      container: 'checkout',
      effect: 'dependency-failing',
    });
    expect(found?.mechanism).toBe('Deployment checkout cannot use the database postgres:5432: the connection is refused (5 times in its log)');
  });

  test('that refused only before its caller got ready was waited for', () => {
    const healthy = [...caller({ DATABASE_URL: 'postgres://u:p@postgres:5432/orders' }), ...workload('postgres'), postgres, endpoints('postgres', 1)];
    const said = (at: string) => failedCall('checkout', { host: 'postgres', port: 5432 }, { errors: [{ number: 90, text: 'cannot reach postgres', at }] });
    expect(verdicts(healthy, { logs: [said('2026-01-01T11:49:58Z')] })).toEqual([]);
    expect(verdicts(healthy, { logs: [said('2026-01-01T11:58:00Z')] })).toEqual(['database-unreachable on Deployment shop/postgres']);
  });

  test('that got ready only after it was last said to refuse came up late', () => {
    const asking = caller({ DATABASE_URL: 'postgres://u:p@postgres:5432/orders' });
    const logs = [
      failedCall('checkout', { host: 'postgres', port: 5432 }, { errors: [{ number: 90, text: 'cannot reach postgres', at: '2026-01-01T11:58:00Z' }] }),
    ];
    const since = (time: string) => JSON.parse(JSON.stringify(workload('postgres')).replace('2026-01-01T11:50:00Z', time)) as object[];
    expect(verdicts([...asking, ...since('2026-01-01T11:57:58Z'), postgres, endpoints('postgres', 1)], { logs })).toEqual([]);
    expect(verdicts([...asking, ...since('2026-01-01T11:57:50Z'), postgres, endpoints('postgres', 1)], { logs })).toEqual([
      'database-unreachable on Deployment shop/postgres',
    ]);
  });

  test('is cited where its address is written and where the log complains, never with the password', () => {
    const [fact] = factsOf('Dependency', scene, { logs: [failedCall('checkout', { host: 'postgres', port: 5432 })] });
    expect(fact?.origin('setting.value').fieldPath).toBe('spec.template.spec.containers[name=checkout].env[name=DATABASE_URL].value');
    expect(fact?.origin('error')).toMatchObject({ source: 'log', object: { kind: 'Pod', name: 'checkout-6d4cf56db6-aaaaa' } });
    expect(JSON.stringify(fact?.doc)).not.toContain('u:p');
    expect(fact?.doc).toMatchObject({
      technology: 'PostgreSQL',
      is_database: true,
      known_by: 'knowledge-graph',
      service: { ready: 0, has_port: true },
      backend: { name: 'postgres', ready: 0, wanted: 1 },
    });
  });

  test('is known by the knowledge graph, even where neither name nor port tells', () => {
    const knowledge = {
      file: 'kg.yaml',
      technologies: [],
      components: [
        { name: 'checkout', type: 'service' as const },
        { name: 'ledger', type: 'database' as const },
      ],
      relationships: [{ from: 'checkout', to: 'ledger', type: 'depends_on' as const }],
    };
    const objects = [...caller({ LEDGER: 'ledger:7777' }), ...workload('ledger'), service('ledger', { ports: [{ port: 7777 }] })];
    const logs = [failedCall('checkout', { host: 'ledger', port: 7777 })];
    expect(factsOf('Dependency', objects, { logs, knowledge })[0]?.doc).toMatchObject({ is_database: true, known_by: 'knowledge-graph' });
    expect(verdicts(objects, { logs, knowledge })).toContain('database-unreachable on Deployment shop/ledger');
    expect(verdicts(objects, { logs })).toContain('dependency-unreachable on Deployment shop/ledger');
  });

  test('outside the cluster is blamed as a host', () => {
    const objects = caller({ DATABASE_URL: 'postgres://db.example.com:5432/orders' });
    expect(verdicts(objects, { logs: [failedCall('checkout', { host: 'db.example.com', port: 5432, error: 'timeout' })] })).toEqual([
      'database-unreachable on External db.example.com',
    ]);
  });

  test('that was refused once while both started is no fault', () => {
    const logs = [failedCall('checkout', { host: 'postgres', port: 5432, recovered: true })];
    expect(verdicts([...caller({ DATABASE_URL: 'postgres://postgres:5432' }), ...workload('postgres'), postgres, endpoints('postgres', 1)], { logs })).toEqual(
      [],
    );
    const early = [failedCall('checkout', { host: 'postgres', port: 5432, lastLine: 3 })];
    expect(
      verdicts([...caller({ DATABASE_URL: 'postgres://postgres:5432' }), ...workload('postgres'), postgres, endpoints('postgres', 1)], { logs: early }),
    ).toEqual([]);
  });

  test('that turns the user away blames the caller, and is found by what it says', () => {
    const refusal = { number: 95, text: 'psycopg.OperationalError: FATAL: password authentication failed for user shop', at: '2026-01-01T11:59:30Z' };
    const logs = [
      log('checkout', {
        errors: [refusal, refusal, refusal],
        templates: [{ template: 'x', count: 9, level: 'error', firstLine: 1, lastLine: 95, example: refusal.text }],
      }),
    ];
    const objects = [
      ...caller({ DATABASE_URL: 'postgres://postgres:5432', CACHE: 'redis://redis:6379' }, false),
      ...workload('postgres'),
      postgres,
      ...workload('redis'),
      service('redis', { ports: [{ port: 6379 }] }),
    ];
    expect(verdicts(objects, { logs }).filter((line) => !line.startsWith('('))).toEqual(['database-credentials-rejected on Deployment shop/checkout']);
    expect(mechanisms(objects, { logs })).toEqual(['Deployment checkout is turned away by postgres:5432: password authentication failed for user shop']);
    const hidden = [...caller({}, false), ...workload('postgres'), postgres];
    expect(mechanisms(hidden, { logs })).toEqual(['Deployment checkout is turned away by postgres: password authentication failed for user shop']);
  });

  test('that refuses two healthy workloads once each is heard; one that was refused once is not', () => {
    const full = {
      number: 95,
      text: 'Data source rejected establishment of connection, message from server: "Too many connections"',
      at: '2026-01-01T11:59:30Z',
    };
    const objects = [...workload('mysql', { spec: { containers: [{ name: 'mysql', image: 'mysql:8' }] } }), ...workload('web'), ...workload('api')];
    const causesOf = (...names: string[]) => verdicts(objects, { logs: names.map((name) => log(name, { errors: [full] })) });
    expect(causesOf('web', 'api')).toContain('database-connections-exhausted on Deployment shop/mysql');
    expect(causesOf('web')).toEqual([]);
    expect(causesOf('web', 'mysql')).toEqual([]);
  });

  test('of another sort does not say what only Redis says', () => {
    const down = { number: 95, text: 'CLUSTERDOWN The cluster is down', at: '2026-01-01T11:59:30Z' };
    const objects = [
      ...caller({ REDIS: 'redis://redis:6379', NATS_URL: 'nats://nats:4222' }, false),
      ...workload('redis'),
      service('redis', { ports: [{ port: 6379 }] }),
      ...workload('nats'),
      service('nats', { ports: [{ port: 4222 }] }),
    ];
    expect(verdicts(objects, { logs: [log('checkout', { errors: [down] })] }).filter((line) => !line.startsWith('('))).toEqual([
      'cache-refuses-commands on Deployment shop/redis',
    ]);
  });

  test('that has no connections left is blamed itself', () => {
    const full = { number: 95, text: 'FATAL: sorry, too many clients already', at: '2026-01-01T11:59:30Z' };
    const objects = [...caller({ DATABASE_URL: 'postgres://postgres:5432' }, false), ...workload('postgres'), postgres];
    expect(verdicts(objects, { logs: [log('checkout', { errors: [full] })] })).toContain('database-connections-exhausted on Deployment shop/postgres');
  });
});

describe('an address', () => {
  test('in a namespace that does not exist leads nowhere, whoever was able to look', () => {
    const namespaces = [{ kind: 'Namespace', metadata: { name: 'shop' } }];
    const objects = [...caller({ DATABASE_URL: 'postgres://db.gone.svc.cluster.local:5432' }, false), ...namespaces];
    const logs = [failedCall('checkout', { host: 'db.gone.svc.cluster.local', error: 'unresolvable' })];
    expect(verdicts(objects, { logs })).toContain('dependency-service-missing on Deployment shop/checkout');
  });

  test('of a member of a set is meant for the headless Service of that set', () => {
    const set = { kind: 'StatefulSet', metadata: { namespace: 'shop', name: 'kafka' }, spec: { replicas: 1, selector: {}, template: { spec: {} } } };
    const objects = [
      ...caller({ BROKERS: 'kafka-0.kafka-headles:9092' }, false),
      set,
      service('kafka-headless', { clusterIP: 'None', ports: [{ port: 9092 }] }),
    ];
    const logs = [failedCall('checkout', { host: 'kafka-0.kafka-headles', port: 9092, error: 'unresolvable' })];
    expect(verdicts(objects, { logs })).toContain('dependency-address-wrong on Deployment shop/checkout');
  });

  test('with a slip in the name is the fault of the caller', () => {
    const objects = [
      ...caller({ CACHE_ADDR: 'redis-cache-x:6379' }),
      ...workload('redis-cache'),
      service('redis-cache', { ports: [{ port: 6379 }] }),
      endpoints('redis-cache', 1),
    ];
    const logs = [failedCall('checkout', { host: 'redis-cache-x', port: 6379, error: 'unresolvable' })];
    expect(verdicts(objects, { logs })).toEqual(['dependency-address-wrong on Deployment shop/checkout']);
    expect(factsOf('Dependency', objects, { logs })[0]?.doc['missing']).toMatchObject({ name: 'redis-cache-x', near: 'redis-cache', elsewhere: null });
  });

  test('that nobody complains of is a cause only with a near name and a sign of trouble', () => {
    const objects = [
      ...caller({ CATALOG_ADDR: 'catalog-old:80', ASSISTANT_ADDR: 'assistant:80' }),
      ...workload('catalog'),
      service('catalog'),
      endpoints('catalog', 1),
    ];
    const well = verdicts(objects);
    expect(well).toEqual(['(observation) dependency-address-unused on Deployment shop/checkout']);
    const web = workload('web', { spec: { containers: [{ name: 'web', env: env({ CHECKOUT: 'checkout:80' }) }] } });
    const suffering = [...objects, ...web, service('checkout'), endpoints('checkout', 1)];
    const logs = [log('web', { errors: [{ number: 99, text: 'failed to place order' }] })];
    expect(verdicts(suffering, { logs }).toSorted()).toEqual([
      '(observation) dependency-address-unused on Deployment shop/checkout',
      'dependency-address-wrong on Deployment shop/checkout',
    ]);
  });

  test('that another setting of the caller has right was not misspelled', () => {
    const objects = [
      ...caller({ REPLICA: 'redis-replica:6379', PRIMARY: 'redis:6379' }, false),
      ...workload('redis'),
      service('redis', { ports: [{ port: 6379 }] }),
      endpoints('redis', 1),
    ];
    expect(factsOf('Dependency', objects)[0]?.doc['missing']).toMatchObject({ name: 'redis-replica', near: null });
  });

  test('of a Service in another namespace names that namespace', () => {
    const objects = [
      ...caller({ DATABASE_URL: 'postgres://postgres:5432' }),
      service('postgres', { ports: [{ port: 5432 }] }, 'data'),
      ...workload('postgres', { namespace: 'data' }),
    ];
    const logs = [failedCall('checkout', { host: 'postgres', error: 'unresolvable' })];
    expect(mechanisms(objects, { logs })).toEqual([
      'Deployment checkout calls postgres:5432, and namespace shop has no Service postgres; namespace data has one of that name',
    ]);
  });

  test('of a Service that exists nowhere is a missing Service', () => {
    const logs = [failedCall('checkout', { host: 'payments', error: 'unresolvable' })];
    expect(verdicts(caller({ PAYMENTS: 'payments:80' }), { logs })).toEqual(['dependency-service-missing on Deployment shop/checkout']);
  });

  test('proves nothing when Services could not be read, nor while a quota keeps the Service out', () => {
    const logs = [failedCall('checkout', { host: 'payments', error: 'unresolvable' })];
    expect(verdicts(caller({ PAYMENTS: 'payments:80' }), { logs, notCollected: ['Service'] })).toEqual([
      '(symptom) name-not-resolved on Deployment shop/checkout',
    ]);
    const quota = { kind: 'ResourceQuota', metadata: { namespace: 'shop', name: 'q' }, status: { hard: { services: '5' }, used: { services: '5' } } };
    expect(verdicts([...caller({ PAYMENTS: 'payments:80' }), quota], { logs })).toEqual(['(symptom) dependency-service-not-there on Deployment shop/checkout']);
  });

  test('with a port that the Service lacks is the fault of the caller; a headless Service takes any', () => {
    const logs = [failedCall('checkout', { host: 'postgres', port: 5433, error: 'timeout' })];
    const objects = [...caller({ DATABASE_URL: 'postgres://postgres:5433' }), ...workload('postgres'), postgres, endpoints('postgres', 1)];
    expect(mechanisms(objects, { logs })).toEqual(['Deployment checkout calls postgres:5433, and Service postgres has no port 5433, only 5432']);
    const headless = [
      ...caller({ DATABASE_URL: 'postgres://postgres:5433' }),
      ...workload('postgres'),
      service('postgres', { ports: [{ port: 5432 }], clusterIP: 'None' }),
      endpoints('postgres', 1),
    ];
    expect(verdicts(headless, { logs })).toEqual(['database-unreachable on Deployment shop/postgres']);
    expect(verdicts(objects)).toEqual([]);
    expect(verdicts([...caller({ DATABASE_URL: 'postgres://postgres:5433' }, false), ...workload('postgres'), postgres, endpoints('postgres', 1)])).toEqual([
      'dependency-address-wrong on Deployment shop/checkout',
    ]);
  });

  test('that a revision changed is told with what it was', () => {
    const [deployment, , pod] = caller({ CACHE: 'cache-2:6379' }, false);
    const revision = (number: number, value: string) => ({
      kind: 'ReplicaSet',
      metadata: {
        namespace: 'shop',
        name: number === 2 ? 'checkout-6d4cf56db6' : 'checkout-5c4bf45ca5',
        annotations: { 'deployment.kubernetes.io/revision': String(number) },
        ownerReferences: [{ kind: 'Deployment', name: 'checkout', controller: true }],
      },
      spec: { template: { spec: { containers: [{ name: 'checkout', env: env({ CACHE: value }) }] } } },
    });
    const objects = [
      deployment,
      pod,
      revision(1, 'redis:6379'),
      revision(2, 'cache-2:6379'),
      ...workload('redis'),
      service('redis', { ports: [{ port: 6379 }] }),
    ] as object[];
    expect(mechanisms(objects)).toEqual([
      'CACHE of Deployment checkout was changed from redis:6379, which leads to a Service, to cache-2:6379, which leads nowhere',
    ]);
  });

  test('that the pod resolves by its own hosts file is no business of the cluster', () => {
    const spec = { containers: [{ name: 'checkout', env: env({ LEGACY: 'legacy:80' }) }], hostAliases: [{ ip: '192.0.2.1', hostnames: ['legacy'] }] };
    expect(factsOf('Dependency', workload('checkout', { spec, ready: false }))).toEqual([]);
  });
});

describe('the caller', () => {
  const lost = caller({ CATALOG_ADDR: 'catalog-old:80' });
  const callerOf = (objects: readonly object[], scene: Parameters<typeof factsOf>[2] = {}) => factsOf('Dependency', objects, scene)[0]?.doc;
  const alert = (labels: Record<string, string>, state = 'active') => ({ labels, annotations: {}, startsAt: '2026-01-01T11:00:00Z', state });

  test('is in trouble when an alert names it, and only it', () => {
    const trouble = (...alerts: ReturnType<typeof alert>[]) => callerOf(lost, { telemetry: { alerts } })?.['trouble'];
    expect(trouble(alert({ namespace: 'shop', deployment: 'checkout' }))).toBe(true);
    expect(trouble(alert({ namespace: 'shop', pod: 'checkout-6d4cf56db6-aaaaa' }))).toBe(true);
    expect(trouble(alert({ namespace: 'test', deployment: 'checkout' }))).toBe(false);
    expect(trouble(alert({ namespace: 'shop', deployment: 'checkout' }, 'suppressed'))).toBe(false);
    expect(trouble(alert({ namespace: 'shop', deployment: 'web' }))).toBe(false);
  });

  test('is in trouble when one that calls it writes errors at the end of its log', () => {
    const web = workload('web', { spec: { containers: [{ name: 'web', env: env({ CHECKOUT: 'checkout:80' }) }] } });
    const objects = [...lost, ...web, service('checkout'), endpoints('checkout', 1)];
    const upstream = (number: number) => callerOf(objects, { logs: [log('web', { errors: [{ number, text: 'failed to place order' }] })] })?.['caller'];
    expect(upstream(99)).toMatchObject({ upstream_failing: 1 });
    expect(upstream(3)).toMatchObject({ upstream_failing: 0 });
  });

  test('of a component that the knowledge graph only calls a service is still told by its technology', () => {
    const knowledge = { ...SHIPPED, components: [{ name: 'postgres', type: 'service' as const }], relationships: [] };
    const objects = [...caller({ DATABASE_URL: 'postgres://postgres:5432' }), ...workload('postgres'), postgres];
    expect(callerOf(objects, { knowledge, logs: [failedCall('checkout', { host: 'postgres', port: 5432 })] })?.['is_database']).toBe(true);
  });
});

describe('DNS', () => {
  const dns = [
    ...workload('coredns', { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' }, spec: { containers: [{ name: 'coredns' }], dnsPolicy: 'Default' } }),
    service('kube-dns', { selector: { 'k8s-app': 'kube-dns' }, ports: [{ port: 53, protocol: 'UDP' }] }, 'kube-system'),
  ];
  const redis = [...workload('redis'), service('redis', { ports: [{ port: 6379 }] })];
  const unresolvable = (name: string) => failedCall(name, { host: 'redis', error: 'unresolvable' });

  test('without endpoints is down, and its workload is blamed', () => {
    expect(verdicts([...dns, endpoints('kube-dns', 0, 1, 'kube-system')])).toContain('cluster-dns-down on Deployment kube-system/coredns');
    expect(verdicts([...dns, endpoints('kube-dns', 1, 0, 'kube-system')])).toEqual([]);
  });

  test('that fails several workloads is to blame; one workload alone is only a symptom', () => {
    const objects = [
      ...dns,
      endpoints('kube-dns', 1, 0, 'kube-system'),
      ...redis,
      endpoints('redis', 1),
      ...caller({ CACHE: 'redis:6379' }),
      ...workload('web'),
    ];
    expect(verdicts(objects, { logs: [unresolvable('checkout')] })).toEqual(['(symptom) name-not-resolved on Deployment shop/checkout']);
    expect(verdicts(objects, { logs: [unresolvable('checkout'), unresolvable('web')] })).toContain('cluster-dns-failing on Deployment kube-system/coredns');
  });

  test('is not asked by a pod on the host network', () => {
    const spec = { hostNetwork: true, containers: [{ name: 'checkout', env: env({ CACHE: 'redis:6379' }) }] };
    const objects = [...dns, endpoints('kube-dns', 1, 0, 'kube-system'), ...redis, endpoints('redis', 1), ...workload('checkout', { spec })];
    expect(verdicts(objects, { logs: [unresolvable('checkout')] }).toSorted()).toEqual([
      '(symptom) name-not-resolved on Deployment shop/checkout',
      'pod-bypasses-cluster-dns on Deployment shop/checkout',
    ]);
  });
});

test('the API server is a dependency of its own', () => {
  const kubernetes = { kind: 'Service', metadata: { namespace: 'default', name: 'kubernetes' }, spec: { clusterIP: '10.0.0.1', ports: [{ port: 443 }] } };
  expect(verdicts([...caller({}), kubernetes], { logs: [failedCall('checkout', { host: '10.0.0.1', port: 443, error: 'timeout' })] })).toEqual([
    'api-server-unreachable on ControlPlane kube-apiserver',
  ]);
});

describe('the address of a pod that is gone', () => {
  const scene = (port: number) => {
    const calls = { logs: [failedCall('checkout', { host: '10.9.1.77', port })] };
    const orders = workload('orders', { ready: false, spec: { containers: [{ name: 'app', image: 'orders:1', ports: [{ containerPort: 8111 }] }] } });
    const node = { kind: 'Node', metadata: { name: 'n1' }, spec: { podCIDR: '10.9.1.0/24' } };
    return findingsOf([...caller({}), ...orders, service('orders', { ports: [{ port: 8111 }] }), node], calls);
  };

  test('is that of the one workload that listens on the port', () => {
    expect(scene(8111).find(({ cause_id }) => cause_id === 'dependency-unreachable')?.object).toMatchObject({ kind: 'Deployment', name: 'orders' });
  });

  test('is nothing outside of the cluster', () => {
    expect(scene(8112).filter(({ object }) => object.kind === 'External')).toEqual([]);
  });
});

describe('a driver that does not say where its database is', () => {
  const said = (name: string) => {
    const line = { number: 95, text: 'SqlExceptionHelper : Communications link failure, connect: Connection refused', at: '2026-01-01T11:59:30Z' };
    return log(name, { errors: [line] });
  };
  const mysql = (ready: boolean) => workload('ledger', { ready, spec: { containers: [{ name: 'db', image: 'mysql:8' }] } });

  test('has a wrong address, when the database is well and nobody else complains', () => {
    const found = verdicts([...caller({}, false), ...mysql(true)], { logs: [said('checkout')] });
    expect(found).toEqual(['dependency-address-wrong on Deployment shop/checkout']);
  });

  test.each([
    ['the database does not run', [...caller({}, false), ...mysql(false)], ['checkout']],
    ['others cannot reach it either', [...caller({}, false), ...workload('billing', { ready: false }), ...mysql(true)], ['checkout', 'billing']],
  ])('cannot reach it: %s', (_, objects, names) => {
    const found = verdicts(objects, { logs: names.map(said) });
    expect(new Set(found)).toEqual(new Set(['database-unreachable on Deployment shop/ledger']));
  });

  test('is not guessed at where there are two databases', () => {
    const other = workload('archive', { spec: { containers: [{ name: 'db', image: 'mysql:8' }] } });
    expect(verdicts([...caller({}, false), ...mysql(true), ...other], { logs: [said('checkout')] })).toEqual([]);
  });
});

test("pools that run dry together are the database's trouble, one alone is its own", () => {
  const dry = (name: string) =>
    log(name, { errors: [{ number: 95, text: 'HikariPool-1 - Connection is not available, request timed out after 30000ms', at: '2026-01-01T11:59:30Z' }] });
  const objects = [
    ...caller({}, false),
    ...workload('billing', { ready: false }),
    ...workload('ledger', { spec: { containers: [{ name: 'db', image: 'postgres:16' }] } }),
  ];
  expect(new Set(verdicts(objects, { logs: [dry('checkout'), dry('billing')] }))).toContain('database-connections-exhausted on Deployment shop/ledger');
  expect(verdicts(objects, { logs: [dry('checkout')] })).toEqual(['connection-pool-exhausted on Deployment shop/checkout']);
});

describe('the Service that a setting is about', () => {
  const cart = service('ledger-service', { ports: [{ port: 7070 }] });
  const user = (name: string, variables: Readonly<Record<string, string>>) =>
    workload(name, { spec: { containers: [{ name, image: `${name}:1`, env: env(variables) }] } });
  const refusedAt = (host: string) => ({ logs: [failedCall('checkout', { host, port: 7070, error: host === 'localhost' ? 'refused' : 'timeout' })] });

  test.each([
    ['is told by the name of the setting, where nobody else uses it', { LEDGER_SERVICE_ADDR: 'store.example.com:7070' }, 'store.example.com', []],
    ['is told by what the others have there', { BASKET: 'store.example.com:7070' }, 'store.example.com', ['web', 'mail']],
    ['is not an address of this pod', { LEDGER_SERVICE_ADDR: 'localhost:7070' }, 'localhost', []],
  ])('%s', (_, variables, host, others) => {
    const users = others.flatMap((name) => user(name, { BASKET: 'ledger-service:7070' }));
    const found = findingsOf([...caller(variables, false), cart, ...users], refusedAt(host));
    expect(found.map(({ cause_id, object }) => `${cause_id} ${object.name}`)).toContain('dependency-address-wrong checkout');
  });

  test('is not guessed at where others use it, and only the name speaks for it', () => {
    const found = findingsOf(
      [...caller({ LEDGER_SERVICE_ADDR: 'store.example.com:7070' }, false), cart, ...user('web', { CART: 'ledger-service:7070' })],
      refusedAt('store.example.com'),
    );
    expect(found.map(({ cause_id }) => cause_id)).not.toContain('dependency-address-wrong');
  });

  test('is not the one that the caller has in another setting', () => {
    const found = findingsOf(
      [...caller({ LEDGER_SERVICE_ADDR: 'store.example.com:7070', BASKET: 'ledger-service:7070' }, false), cart],
      refusedAt('store.example.com'),
    );
    expect(found.map(({ cause_id }) => cause_id)).not.toContain('dependency-address-wrong');
  });
});
