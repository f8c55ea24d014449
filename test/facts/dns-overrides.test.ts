import { describe, expect, test } from 'vitest';
import { endpoints, failedCall, findingsOf, mechanisms, service, workload } from './network-scene.ts';

const corefile = (directive: string, key = 'Corefile') => ({
  kind: 'ConfigMap',
  metadata: { namespace: 'kube-system', name: 'coredns' },
  data: { [key]: `.:53 {\n    errors\n    ${directive}\n    kubernetes cluster.local {\n        pods insecure\n    }\n    forward . /etc/resolv.conf\n}\n` },
});
const scene = [...workload('cart'), ...workload('redis'), service('redis', { ports: [{ port: 6379 }] }), endpoints('redis', 1)];
const logs = [failedCall('cart', { host: 'redis', error: 'unresolvable' })];
const causes = (directive: string, key?: string) => findingsOf([...scene, corefile(directive, key)], { logs }).map(({ cause_id }) => cause_id);

describe('the cluster DNS answers falsely', () => {
  test.each([
    'template ANY ANY svc.cluster.local {\n        rcode NXDOMAIN\n    }',
    'template IN A {\n        match "^redis\\.shop\\."\n        rcode SERVFAIL\n    }',
    'rewrite name redis.shop.svc.cluster.local redis.old.svc.cluster.local',
    'rewrite stop name suffix .shop.svc.cluster.local .old.svc.cluster.local',
  ])('by %s', (directive) => {
    expect(causes(directive)).toContain('dns-answers-falsely');
  });

  test.each([
    ['what is for all names stands behind the names of the cluster', 'template ANY ANY . {\n        rcode NXDOMAIN\n    }'],
    ['a name outside', 'template ANY ANY corp.example {\n        rcode NXDOMAIN\n    }'],
    ['an answer that is given', 'template IN A svc.cluster.local {\n        answer "{{ .Name }} 60 IN A 10.0.0.1"\n    }'],
    ['another Service', 'rewrite name web.shop.svc.cluster.local web.old.svc.cluster.local'],
  ])('not by %s', (_, directive) => {
    expect(causes(directive)).not.toContain('dns-answers-falsely');
  });

  test('and the directive is quoted', () => {
    expect(mechanisms([...scene, corefile('rewrite name exact redis redis-old', 'custom.override')], { logs })).toEqual([
      'Deployment cart cannot resolve redis, a Service that exists: ConfigMap coredns has the cluster DNS answer for it (rewrite of redis to redis-old)',
    ]);
  });
});
