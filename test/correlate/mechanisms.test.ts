import { describe, expect, test } from 'vitest';
import { MECHANISMS, mechanismsBetween } from '../../src/correlate/mechanisms.ts';
import { EFFECTS } from '../../src/domain/effect.ts';
import { conclude, finding, rootsOf, symptom } from './scene.ts';

describe('the table of mechanisms', () => {
  test('no effect leads to itself on the same object', () => {
    const loops = MECHANISMS.filter(({ from, to, where }) => where.includes('same') && from.some((effect) => to.includes(effect)));
    expect(loops).toEqual([]);
  });

  test('every effect has a place in it', () => {
    const used = new Set(MECHANISMS.flatMap(({ from, to }) => [...from, ...to]));
    expect(EFFECTS.filter((effect) => !used.has(effect))).toEqual([]);
  });

  test.each([
    ['killed', 'no-endpoints'],
    ['no-endpoints', 'dependency-failing'],
    ['dependency-failing', 'killed'],
    ['dns-down', 'name-unresolvable'],
    ['node-down', 'evicted'],
    ['quota-exhausted', 'not-created'],
    ['claim-unbound', 'not-scheduled'],
    ['control-plane-down', 'not-scheduled'],
    ['certificate-invalid', 'admission-blocked'],
    ['not-produced', 'not-configured'],
    ['not-produced', 'ingress-broken'],
  ] as const)('%s can lead to %s', (from, to) => {
    expect(mechanismsBetween(from, to)).not.toEqual([]);
  });

  test.each([
    ['no-endpoints', 'killed'],
    ['killed', 'dependency-failing', 'same'],
    ['image-not-pulled', 'not-scheduled'],
  ] as const)('%s does not lead to %s', (from, to, where?: string) => {
    const rows = mechanismsBetween(from, to).filter((row) => where === undefined || (row.where as readonly string[]).includes(where));
    expect(rows).toEqual([]);
  });
});

/** Each line: what is needed, the cause, and what it explains. */
describe('one mechanism each', () => {
  const cases: [string, string[], Parameters<typeof finding>[1], Parameters<typeof finding>[1]][] = [
    [
      'a claim that is not bound keeps a pod from being scheduled',
      ['Pod/shop/db-0 owned-by StatefulSet/shop/db', 'Pod/shop/db-0 mounts PersistentVolumeClaim/shop/data-db-0'],
      { effect: 'claim-unbound', on: 'PersistentVolumeClaim/shop/data-db-0' },
      { effect: 'not-scheduled', on: 'StatefulSet/shop/db', seen: ['Pod/shop/db-0'] },
    ],
    [
      'a provisioner that crashes leaves claims unbound',
      ['PersistentVolumeClaim/shop/data provisioned-by StorageClass//fast', 'StorageClass//fast provisioned-by Deployment/shop/csi'],
      { effect: 'crashing', on: 'Deployment/shop/csi' },
      { effect: 'claim-unbound', on: 'PersistentVolumeClaim/shop/data' },
    ],
    [
      'a quota refuses pods of the workload that it is said to hurt',
      [],
      { effect: 'quota-exhausted', on: 'ResourceQuota/shop/compute', hurts: ['Deployment/shop/web'] },
      { effect: 'not-created', role: 'symptom', on: 'Deployment/shop/web' },
    ],
    [
      'a webhook whose backend is down blocks what it admits, through its Service',
      ['ValidatingWebhookConfiguration//policy calls Service/guard/policy', 'Service/guard/policy selects Deployment/guard/policy'],
      { effect: 'not-scheduled', on: 'Deployment/guard/policy' },
      { effect: 'admission-blocked', on: 'ValidatingWebhookConfiguration//policy', hurts: ['Deployment/shop/web'] },
    ],
    [
      'cluster DNS that crashes makes names unresolvable',
      ['Deployment/shop/web resolves-with Service/kube-system/kube-dns', 'Service/kube-system/kube-dns selects Deployment/kube-system/coredns'],
      { effect: 'crashing', on: 'Deployment/kube-system/coredns' },
      { effect: 'name-unresolvable', strength: 'strong', on: 'Deployment/shop/web' },
    ],
    [
      'a lost node leaves a Service without endpoints',
      ['Service/shop/web selects Deployment/shop/web', 'Pod/shop/web-a owned-by Deployment/shop/web', 'Pod/shop/web-a runs-on Node//n1'],
      { effect: 'node-down', on: 'Node//n1' },
      { effect: 'no-endpoints', role: 'symptom', on: 'Service/shop/web' },
    ],
    [
      'a cordoned node keeps pods from being scheduled, though none runs there',
      [],
      { effect: 'node-excluded', on: 'Node//n1' },
      { effect: 'not-scheduled', role: 'symptom', on: 'Deployment/shop/web' },
    ],
    [
      'a policy blocks the traffic of the workload that it selects',
      ['Deployment/shop/web restricted-by NetworkPolicy/shop/deny'],
      { effect: 'traffic-blocked', on: 'NetworkPolicy/shop/deny' },
      { effect: 'dependency-failing', on: 'Deployment/shop/web' },
    ],
    [
      'an Ingress breaks with the workload behind it',
      ['Ingress/shop/web routes-to Service/shop/web', 'Service/shop/web selects Deployment/shop/web'],
      { effect: 'not-ready', on: 'Deployment/shop/web' },
      { effect: 'ingress-broken', role: 'symptom', on: 'Ingress/shop/web' },
    ],
    [
      'a caller waits for a component that only the knowledge graph names',
      ['Deployment/shop/web depends-on StatefulSet/shop/db'],
      { effect: 'volume-not-mounted', on: 'StatefulSet/shop/db' },
      { effect: 'dependency-failing', on: 'Deployment/shop/web', waitsFor: ['StatefulSet/shop/db'] },
    ],
    [
      'a dependency that is named by its workload is reached through its Service',
      ['Deployment/shop/web calls Service/shop/db'],
      { effect: 'misrouted', on: 'Service/shop/db' },
      { effect: 'dependency-failing', on: 'StatefulSet/shop/db', seen: ['Deployment/shop/web'] },
    ],
    [
      'a certificate that was not issued leaves its Secret missing',
      ['Deployment/shop/web reads Secret/shop/tls', 'Secret/shop/tls owned-by Certificate/shop/tls'],
      { effect: 'certificate-invalid', on: 'Certificate/shop/tls' },
      { effect: 'volume-not-mounted', on: 'Deployment/shop/web' },
    ],
  ];

  test.each(cases)('%s', (_, graph, cause, effect) => {
    const result = conclude({ graph, findings: [finding('effect', effect), finding('cause', cause)], scope: { namespaces: [] } });
    expect(rootsOf(result).map((root) => root.split(' ')[0])).toEqual(['cause']);
    expect(result.root_causes[0]?.chain.length).toBeGreaterThan(0);
  });

  test('a neighbour on the same node is not a dependency', () => {
    const graph = [
      'Pod/shop/a-1 owned-by Deployment/shop/a',
      'Pod/shop/b-1 owned-by Deployment/shop/b',
      'Pod/shop/a-1 runs-on Node//n1',
      'Pod/shop/b-1 runs-on Node//n1',
    ];
    const crash = finding('crash', { effect: 'crashing', on: 'Deployment/shop/a', seen: ['Pod/shop/a-1'] });
    const sick = symptom('sick', { effect: 'not-ready', on: 'Deployment/shop/b', seen: ['Pod/shop/b-1'] });
    expect(conclude({ graph, findings: [crash, sick] }).root_causes[0]?.affected).toEqual([]);
  });

  test('a request is not followed through more than three services', () => {
    const graph = ['a', 'b', 'c', 'd'].flatMap((name, index, all) => [
      `Service/shop/${name} selects Deployment/shop/${name}`,
      ...(all[index + 1] ? [`Deployment/shop/${name} calls Service/shop/${all[index + 1]}`] : []),
    ]);
    const entry = 'Deployment/shop/web calls Service/shop/a';
    const crash = finding('crash', { effect: 'crashing', on: 'Deployment/shop/d' });
    const slow = (on: string) => finding('slow', { effect: 'dependency-failing', strength: 'strong', on });
    expect(conclude({ graph: [...graph, entry], findings: [crash, slow('Deployment/shop/web')] }).root_causes).toHaveLength(2);
    expect(conclude({ graph: [...graph, entry], findings: [crash, slow('Deployment/shop/a')] }).root_causes).toHaveLength(1);
  });
});
