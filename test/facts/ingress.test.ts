import { describe, expect, test } from 'vitest';
import { endpoints, factsOf, mechanisms, service, verdicts, workload } from './network-scene.ts';

const ingress = (fields: object = {}, status: object = {}) => ({
  kind: 'Ingress',
  metadata: { namespace: 'shop', name: 'web', creationTimestamp: '2026-01-01T10:00:00Z' },
  spec: {
    ingressClassName: 'nginx',
    rules: [{ host: 'shop.example', http: { paths: [{ path: '/', backend: { service: { name: 'frontend', port: { number: 80 } } } }] } }],
    ...fields,
  },
  status,
});
const nginx = { kind: 'IngressClass', metadata: { name: 'nginx' }, spec: { controller: 'k8s.io/ingress-nginx' } };
const backend = [...workload('frontend'), service('frontend', { ports: [{ name: 'http', port: 80, targetPort: 8080 }] }), endpoints('frontend', 1)];
const to = (name: string, port: object) => ({ rules: [{ http: { paths: [{ backend: { service: { name, port } } }] } }] });

describe('a backend', () => {
  test('that exists is quiet', () => {
    expect(verdicts([ingress(), nginx, ...backend])).toEqual([]);
    expect(verdicts([ingress(to('frontend', { name: 'http' })), nginx, ...backend])).toEqual([]);
  });

  test('that does not exist is named with the near one', () => {
    expect(mechanisms([ingress(to('frontnd', { number: 80 })), nginx, ...backend])).toEqual([
      'Ingress web (any host) sends / to Service frontnd, which does not exist; there is frontend',
    ]);
    expect(verdicts([ingress(to('frontnd', { number: 80 })), nginx], { notCollected: ['Service'] })).toEqual([]);
  });

  test('without that port tells which it has', () => {
    expect(mechanisms([ingress(to('frontend', { number: 8080 })), nginx, ...backend])).toEqual([
      'Ingress web (any host) sends requests to port 8080 of Service frontend, which has 80 (http)',
    ]);
    expect(verdicts([ingress(to('frontend', { name: 'https' })), nginx, ...backend])).toEqual(['ingress-port-missing on Ingress shop/web']);
  });

  test('without ready endpoints is a symptom that leads to the Service', () => {
    const down = [ingress(), nginx, ...workload('frontend', { ready: false }), service('frontend'), endpoints('frontend', 0, 1)];
    expect(verdicts(down)).toEqual([
      '(symptom) service-without-ready-endpoints on Service shop/frontend',
      '(symptom) ingress-backend-down on Ingress shop/web',
    ]);
    expect(factsOf('Ingress', down)[0]?.origin('down_service.name')).toMatchObject({ object: { kind: 'EndpointSlice' } });
  });

  test('may be the default one', () => {
    expect(verdicts([ingress({ rules: [], defaultBackend: { service: { name: 'gone', port: { number: 80 } } } }), nginx])).toEqual([
      'ingress-service-missing on Ingress shop/web',
    ]);
  });
});

test('a TLS Secret must exist, if Secrets could be read', () => {
  const tls = ingress({ tls: [{ secretName: 'shop-tls' }] });
  expect(verdicts([tls, nginx, ...backend])).toEqual(['ingress-secret-missing on Ingress shop/web']);
  expect(verdicts([tls, nginx, ...backend], { notCollected: ['Secret'] })).toEqual([]);
  expect(verdicts([tls, nginx, ...backend, { kind: 'Secret', metadata: { namespace: 'shop', name: 'shop-tls' } }])).toEqual([]);
});

test('a class must exist, unless some controller took the Ingress up or only the old annotation names it', () => {
  expect(verdicts([ingress({ ingressClassName: 'internal' }), nginx, ...backend])).toEqual(['ingress-class-missing on Ingress shop/web']);
  expect(verdicts([ingress({ ingressClassName: 'internal' }, { loadBalancer: { ingress: [{ ip: '192.0.2.1' }] } }), nginx, ...backend])).toEqual([]);
  expect(verdicts([ingress({ ingressClassName: 'internal' }), ...backend], { notCollected: ['IngressClass'] })).toEqual([]);
  expect(verdicts([ingress({ ingressClassName: undefined }), nginx, ...backend])).toEqual(['ingress-class-missing on Ingress shop/web']);
  const standard = { kind: 'IngressClass', metadata: { name: 'std', annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' } } };
  expect(verdicts([ingress({ ingressClassName: undefined }), standard, ...backend])).toEqual([]);
});

test('the controller of the class is blamed when none of its pods is ready', () => {
  const containers = [{ name: 'controller', image: 'registry.example/ingress-nginx/controller:v1.12.0' }];
  const controller = (ready: boolean) => workload('ingress-nginx-controller', { namespace: 'ingress-nginx', ready, spec: { containers } });
  expect(verdicts([ingress(), nginx, ...backend, ...controller(false)])).toContain(
    'ingress-controller-down on Deployment ingress-nginx/ingress-nginx-controller',
  );
  expect(verdicts([ingress(), nginx, ...backend, ...controller(true)])).toEqual([]);
});

describe('two Ingresses for one host and path', () => {
  const younger = (fields: object = {}, metadata: object = {}) => ({
    ...ingress({ ...to2('beta'), ...fields }),
    metadata: { namespace: 'shop', name: 'web-beta', creationTimestamp: '2026-01-01T11:00:00Z', ...metadata },
  });
  const to2 = (name: string) => ({ rules: [{ host: 'shop.example', http: { paths: [{ path: '/', backend: { service: { name, port: { number: 80 } } } }] } }] });
  const beta = [...workload('beta'), service('beta'), endpoints('beta', 1)];

  test('that lead to two Services: the younger is at fault', () => {
    expect(verdicts([ingress(), younger(), nginx, ...backend, ...beta])).toEqual(['ingress-rules-conflict on Ingress shop/web-beta']);
  });

  test('agree, share as a canary does, or belong to two controllers', () => {
    const quiet = [
      younger(to2('frontend')),
      younger({}, { annotations: { 'nginx.ingress.kubernetes.io/canary': 'true' } }),
      younger({ ingressClassName: 'inside' }),
    ];
    const inside = { ...nginx, metadata: { name: 'inside' } };
    for (const other of quiet) expect(verdicts([ingress(), other, nginx, inside, ...backend, ...beta])).toEqual([]);
  });
});
