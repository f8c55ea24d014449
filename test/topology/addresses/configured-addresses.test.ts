import { expect, test } from 'vitest';
import { objectRef } from '../../../src/domain/object-ref.ts';
import { addressText, configuredAddresses } from '../../../src/topology/addresses/configured-addresses.ts';
import { HostResolver } from '../../../src/topology/addresses/host-resolver.ts';
import { readSites } from '../../../src/topology/sites.ts';
import { inventoryOf } from '../inventory-of.ts';
import { container, deployment, env, named, podOf, service } from '../objects.ts';

function addresses(spec: object, others: readonly object[] = []): string[] {
  const inventory = inventoryOf([deployment('shop', 'checkout', { ...spec }), ...others]);
  const site = readSites(inventory).siteOf(objectRef('Deployment', 'shop', 'checkout'));
  if (site === undefined) throw new Error('no site');
  return configuredAddresses(site, inventory).map(
    (address) => `${addressText(address)} by ${address.name} in ${address.object.kind} ${address.path}${address.sure ? '' : ' (a guess)'}`,
  );
}

test('variables are filled in, and a host finds its port beside it', () => {
  const variables = env({
    DB_HOST: 'postgres',
    DB_PORT: '5432',
    REPLICA: '$(DB_HOST)-replica:$(DB_PORT)',
    UNKNOWN: '$(NOT_THERE):80',
    cache_host: 'redis',
    cache_port: '6379',
  });
  const at = 'in Deployment spec.template.spec.containers[name=c]';
  expect(addresses({ containers: [container('c', { env: variables })] })).toEqual([
    `postgres:5432 by DB_HOST ${at}.env[name=DB_HOST].value`,
    `postgres-replica:5432 by REPLICA ${at}.env[name=REPLICA].value`,
    `redis:6379 by cache_host ${at}.env[name=cache_host].value`,
  ]);
});

test('ConfigMaps are read as variables and as files, Secrets never', () => {
  const settings = named('ConfigMap', 'shop', 'settings', { data: { SEARCH_URL: 'http://search:9200' } });
  const files = named('ConfigMap', 'shop', 'files', { data: { 'app.yaml': 'redis:\n  host: redis\nbank: https://api.bank.example/' } });
  const spec = {
    containers: [
      container('c', {
        envFrom: [{ prefix: 'X_', configMapRef: { name: 'settings' } }, { configMapRef: { name: 'not-there' } }, { secretRef: { name: 'secret' } }],
        volumeMounts: [{ name: 'files', mountPath: '/etc/app' }],
      }),
    ],
    volumes: [
      { name: 'files', configMap: { name: 'files' } },
      { name: 'unused', configMap: { name: 'settings' } },
    ],
  };
  const secret = named('Secret', 'shop', 'secret', { data: { DB_HOST: 'postgres' } });
  expect(addresses(spec, [settings, files, secret])).toEqual([
    'http://search:9200 by X_SEARCH_URL in ConfigMap data.SEARCH_URL',
    'https://api.bank.example by app.yaml in ConfigMap data.app.yaml',
    'redis by app.yaml in ConfigMap data.app.yaml (a guess)',
  ]);
});

test('flags and scripts are read, each address once', () => {
  const at = 'in Deployment spec.template.spec.containers[name=c]';
  expect(addresses({ containers: [container('c', { args: ['--redis-addr=redis:6379', '--db-host', 'postgres', '-v'] })] })).toEqual([
    `redis:6379 by redis-addr ${at}.args[0]`,
    `postgres by db-host ${at}.args[2]`,
  ]);
  expect(addresses({ containers: [container('c', { command: ['sh', '-c', 'nc -z queue 5672 && exec app'] })] })).toEqual([
    `queue:5672 by command ${at}.command[2]`,
  ]);
  expect(addresses({ containers: [container('c', { command: ['nc', '-z', 'queue', '5672'] })] })).toEqual([`queue:5672 by command ${at}.command`]);
});

test('names resolve as in a pod: own namespace, full names, pods of headless Services, cluster addresses', () => {
  const running = { ...podOf('shop', 'x', 'y', {}), metadata: { namespace: 'shop', name: 'solo' }, status: { phase: 'Running', podIP: '10.1.0.5' } };
  const done = { ...podOf('shop', 'x', 'z', {}), metadata: { namespace: 'shop', name: 'done' }, status: { phase: 'Succeeded', podIP: '10.1.0.6' } };
  const node = named('Node', undefined, 'n1', { status: { addresses: [{ type: 'InternalIP', address: '192.0.2.1' }] } });
  const inventory = inventoryOf([service('shop', 'db', { clusterIPs: ['10.0.0.3'] }), service('data', 'pg', { clusterIP: 'None' }), running, done, node], {
    forbidden: [],
  });
  const resolver = new HostResolver(inventory, readSites(inventory).owners);
  const resolved = (host: string): string => {
    const found = resolver.resolve(host, 'shop');
    return found.kind === 'self' ? 'self' : `${found.kind} ${found.ref.namespace ?? ''}/${found.ref.name}`;
  };
  expect(['db', 'DB.', 'pg.data', 'pg.data.svc', 'pg.data.svc.cluster.example', 'db-0.db', 'pg-0.pg.data.svc.cluster.local', '10.0.0.3'].map(resolved)).toEqual(
    ['service shop/db', 'service shop/db', 'service data/pg', 'service data/pg', 'service data/pg', 'service shop/db', 'service data/pg', 'service shop/db'],
  );
  expect(['nope', 'nope.data', 'nope.elsewhere', 'api.bank.example', '10.1.0.5', '10.1.0.6', '192.0.2.1', '127.0.0.1', 'localhost'].map(resolved)).toEqual([
    'absent-service shop/nope',
    'absent-service data/nope',
    'external /nope.elsewhere',
    'external /api.bank.example',
    'workload shop/solo',
    'external /10.1.0.6',
    'node /n1',
    'self',
    'self',
  ]);
});
