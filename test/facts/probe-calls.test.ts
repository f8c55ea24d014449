import { describe, expect, test } from 'vitest';
import { endpoints, factsOf, service, verdicts, workload } from './network-scene.ts';

const probe = { exec: { command: ['sh', '-c', 'wget -q -O- http://reviews/'] } };
const caller = (ready: boolean) => workload('shop-ui', { ready, spec: { containers: [{ name: 'app', image: 'shop-ui:1', readinessProbe: probe } as never] } });
const said = (message: string) => ({
  kind: 'Event',
  metadata: { namespace: 'shop', name: 'e1' },
  type: 'Warning',
  reason: 'Unhealthy',
  message,
  count: 9,
  lastTimestamp: '2026-01-01T11:59:30Z',
  involvedObject: { kind: 'Pod', namespace: 'shop', name: 'shop-ui-6d4cf56db6-aaaaa' },
});
const REFUSED = "Readiness probe failed: wget: can't connect to remote host (10.96.7.7): Connection refused\n";
const reviews = [
  ...workload('reviews', { spec: { containers: [{ name: 'app', image: 'reviews:1', ports: [{ containerPort: 9090 }] } as never] } }),
  service('reviews', { clusterIP: '10.96.7.7', ports: [{ port: 80, targetPort: 9091 }] }),
  endpoints('reviews', 1),
];

describe('what the command of a probe could not reach', () => {
  test('is a call that fails: it proves the wrong port of the Service behind the address', () => {
    const scene = [...reviews, ...caller(false), said(REFUSED)];
    expect(verdicts(scene)).toContain('service-target-port-wrong on Service shop/reviews');
    expect(verdicts(scene)).toContain('dependency-unreachable on Deployment shop/reviews');
    const fact = factsOf('Dependency', scene)[0];
    expect(fact?.doc).toMatchObject({ host: '10.96.7.7', error: 'refused', error_count: 9, ongoing: true, told: '9 times by its probe' });
    expect(fact?.origin('error')).toMatchObject({ source: 'event', object: { kind: 'Pod' }, excerpt: expect.stringContaining('10.96.7.7') });
  });

  test('is no trouble of a pod that is ready again', () => {
    expect(factsOf('Dependency', [...reviews, ...caller(true), said(REFUSED)])).toEqual([]);
  });

  test('is not read from probes that the kubelet makes itself: they ask the pod', () => {
    const asked = workload('shop-ui', {
      ready: false,
      spec: { containers: [{ name: 'app', image: 'shop-ui:1', readinessProbe: { httpGet: { port: 80 } } } as never] },
    });
    expect(factsOf('Dependency', [...reviews, ...asked, said('Readiness probe failed: Get "http://10.96.7.7:80/": connection refused')])).toEqual([]);
  });
});
