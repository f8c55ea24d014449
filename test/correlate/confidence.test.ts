import { describe, expect, test } from 'vitest';
import { levelOf } from '../../src/correlate/confidence.ts';
import { inventoryOf } from '../topology/inventory-of.ts';
import { conclude, finding, symptom } from './scene.ts';

const GRAPH = ['Pod/shop/web-a owned-by Deployment/shop/web'];
const crash = finding('exits', { effect: 'crashing', strength: 'strong', on: 'Deployment/shop/web', seen: ['Pod/shop/web-a'] });
const logsGap = { what: 'logs of Pod shop/web-a', why: 'forbidden' as const, needs: 'get pods/log in shop' };

const first = (scene: Parameters<typeof conclude>[0]) => {
  const [root] = conclude({ graph: GRAPH, ...scene }).root_causes;
  return { value: root?.confidence, level: root?.confidence_score, reasons: root?.confidence_reasons };
};

describe('confidence', () => {
  test.each([
    ['decisive', 0.95, 'high'],
    ['strong', 0.75, 'medium'],
    ['weak', 0.4, 'low'],
  ] as const)('starts from the strength of the finding: %s', (strength, value, level) => {
    expect(first({ findings: [{ ...crash, strength }] })).toMatchObject({ value, level });
  });

  test('a gap that could hide what speaks against it lowers the level', () => {
    expect(first({ findings: [crash], gaps: [logsGap] })).toEqual({
      value: 0.6,
      level: 'medium',
      reasons: ['several signs agree', '−0.15 not seen: logs of Pod shop/web-a (forbidden)'],
    });
  });

  test('what began after the time that was asked about is less likely meant', () => {
    const began = { ...crash, strength: 'decisive' as const, since: '2026-01-31T09:00:00Z' };
    expect(first({ findings: [began], scope: { until: '2026-01-31T09:30:00Z' } })).toMatchObject({ value: 0.95, level: 'high' });
    expect(first({ findings: [began], scope: { until: '2026-01-31T08:30:00Z' } })).toEqual({
      value: 0.65,
      level: 'medium',
      reasons: ['one field or message proves it', '−0.30 what shows it began after the time that was asked about'],
    });
  });

  test('a proof suffers less from a gap', () => {
    expect(first({ findings: [{ ...crash, strength: 'decisive' }], gaps: [logsGap] })).toMatchObject({ value: 0.88, level: 'high' });
  });

  test.each([
    ['logs of another pod', { ...logsGap, what: 'logs of Pod shop/web-a2' }, 0.75],
    ['events of its namespace', { what: 'events in shop', why: 'forbidden' as const, needs: 'list events in shop' }, 0.65],
    ['pods of its namespace', { what: 'pods in shop', why: 'truncated' as const, needs: 'a higher limit' }, 0.55],
    ['events of another namespace', { what: 'events in other', why: 'forbidden' as const, needs: 'list events in other' }, 0.75],
    ['events everywhere', { what: 'events', why: 'not-collected' as const, needs: 'events in the dump' }, 0.65],
    ['a kind that says nothing about it', { what: 'storageclasses', why: 'forbidden' as const, needs: 'list storageclasses' }, 0.75],
  ])('%s', (_, gap, value) => {
    expect(first({ findings: [crash], gaps: [gap] }).value).toBe(value);
  });

  test('nodes that were not seen decide whom a pod that is not scheduled blames', () => {
    const nodes = { what: 'nodes', why: 'forbidden' as const, needs: 'list nodes' };
    const waits = { ...crash, strength: 'decisive' as const, effect: 'not-scheduled' as const };
    expect(first({ findings: [waits], gaps: [nodes] })).toMatchObject({ value: 0.75, level: 'medium' });
    expect(first({ findings: [{ ...waits, effect: 'image-not-pulled' }], gaps: [nodes] })).toMatchObject({ level: 'high' });
  });

  test('missing logs say nothing against what no log would tell', () => {
    expect(first({ findings: [{ ...crash, effect: 'image-not-pulled' }], gaps: [logsGap] }).value).toBe(0.75);
  });

  test('independent sources raise it, pieces of one source do not', () => {
    const two = { ...crash, evidence_ids: ['ev-1', 'ev-2'] };
    expect(first({ findings: [two], evidence: { 'ev-2': { source: 'lookup' } } }).value).toBe(0.75);
    expect(first({ findings: [two], evidence: { 'ev-2': { source: 'log' } } })).toMatchObject({
      value: 0.8,
      level: 'high',
      reasons: ['several signs agree', '+0.05 independent sources agree: log, object'],
    });
  });

  test('a dependency that is itself down for a reason that nobody read is hardly the root', () => {
    const refused = finding('refused', { effect: 'dependency-failing', strength: 'strong', on: 'StatefulSet/shop/db', seen: ['Pod/shop/web-a'] });
    const db = (ready: number) =>
      inventoryOf([
        { kind: 'Pod', metadata: { namespace: 'shop', name: 'web-a' } },
        { kind: 'StatefulSet', metadata: { namespace: 'shop', name: 'db' }, spec: { replicas: 1 }, status: { readyReplicas: ready } },
      ]);
    expect(first({ findings: [refused], inventory: db(1) })).toMatchObject({ value: 0.75, level: 'medium' });
    expect(first({ findings: [refused], inventory: db(0) })).toMatchObject({
      level: 'low',
      reasons: ['several signs agree', '−0.35 no pod of StatefulSet shop/db is ready, for a reason that could not be read'],
    });
  });

  test('an undated complaint from before its dependency got ready may be over', () => {
    const graph = [...GRAPH, 'Pod/shop/db-0 owned-by StatefulSet/shop/db'];
    const refused = finding('refused', { effect: 'dependency-failing', strength: 'strong', on: 'StatefulSet/shop/db', seen: ['Deployment/shop/web'] });
    const pod = (name: string, second: number, ready: number) => ({
      kind: 'Pod',
      metadata: { namespace: 'shop', name },
      status: {
        conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: `2026-11-21T09:00:${ready}Z` }],
        containerStatuses: [{ state: { running: { startedAt: `2026-11-21T09:00:${second}Z` } } }],
      },
    });
    const scene = (ready: number, evidence: object) =>
      first({ graph, findings: [refused], inventory: inventoryOf([pod('web-a', 20, 21), pod('db-0', 11, ready)]), evidence: { 'ev-refused': evidence } });
    expect(scene(30, { source: 'log' })).toMatchObject({ value: 0.6, level: 'medium' });
    expect(scene(12, { source: 'log' })).toMatchObject({ value: 0.75 });
    expect(scene(30, { source: 'log', observed_at: '2026-11-21T09:30:00Z' })).toMatchObject({ value: 0.75 });
  });

  test('so is a webhook that does not answer, where what stands behind it is down', () => {
    const graph = ['ValidatingWebhookConfiguration//guard calls Service/policy/guard', 'Service/policy/guard selects Deployment/policy/guard'];
    const refused = finding('webhook', { effect: 'admission-blocked', on: 'ValidatingWebhookConfiguration//guard', hurts: ['Deployment/shop/web'] });
    const guard = (ready: number) =>
      inventoryOf([{ kind: 'Deployment', metadata: { namespace: 'policy', name: 'guard' }, spec: { replicas: 1 }, status: { readyReplicas: ready } }]);
    expect(first({ graph, findings: [refused], inventory: guard(1) })).toMatchObject({ level: 'high' });
    expect(first({ graph, findings: [refused], inventory: guard(0) })).toMatchObject({ level: 'medium' });
  });

  test('a Service that was not read hides what stands behind it', () => {
    const refused = finding('refused', { effect: 'dependency-failing', on: 'Service/shop/db', seen: ['Pod/shop/web-a'] });
    const pod = { kind: 'Pod', metadata: { namespace: 'shop', name: 'web-a' } };
    const service = { kind: 'Service', metadata: { namespace: 'shop', name: 'db' } };
    expect(first({ findings: [refused], inventory: inventoryOf([pod, service]) })).toMatchObject({ level: 'high' });
    expect(first({ findings: [refused], inventory: inventoryOf([pod], { forbidden: ['Service'] }) })).toMatchObject({ value: 0.6, level: 'medium' });
  });

  test('a server of names that is well is in doubt where a policy may keep others from it', () => {
    const dns = finding('dns', { effect: 'dns-down', on: 'Deployment/kube-system/dns', seen: ['Deployment/shop/web'], strength: 'decisive' });
    const pod = { kind: 'Pod', metadata: { namespace: 'shop', name: 'web-a' } };
    expect(first({ findings: [dns], inventory: inventoryOf([pod]) })).toMatchObject({ value: 0.95 });
    expect(first({ findings: [dns], inventory: inventoryOf([pod], { forbidden: ['NetworkPolicy'] }) })).toMatchObject({ value: 0.85 });
  });

  test('what else it explains raises it', () => {
    const graph = [...GRAPH, 'Service/shop/web selects Deployment/shop/web'];
    const empty = symptom('empty', { effect: 'no-endpoints', on: 'Service/shop/web' });
    expect(first({ graph, findings: [crash, empty] })).toMatchObject({
      value: 0.77,
      reasons: ['several signs agree', '+0.02 it also explains the trouble of 1 other object'],
    });
  });

  test('another cause for the same object lowers what is not proven', () => {
    const other = finding('slow-probe', { effect: 'killed', strength: 'strong', on: 'Deployment/shop/web', seen: ['Pod/shop/web-a'] });
    const rival = { ...other, effect: 'not-scheduled' as const };
    expect(first({ findings: [crash, rival] })).toMatchObject({ value: 0.65, level: 'medium' });
  });

  test('lost evidence weighs more than anything', () => {
    const two = { ...crash, strength: 'decisive' as const, evidence_ids: ['ev-1', 'ev-2'] };
    expect(first({ findings: [two], lost: ['ev-2'] })).toMatchObject({
      value: 0.65,
      reasons: expect.arrayContaining(['−0.30 part of its evidence is missing: ev-2']),
    });
  });

  test('a fault without a way to what was asked for is told with less confidence', () => {
    expect(first({ findings: [crash], asks: ['Deployment/shop/api'] })).toMatchObject({ value: 0.55 });
    expect(first({ findings: [crash], asks: ['Deployment/shop/web'] })).toMatchObject({ value: 0.75 });
  });

  test('healthy pods of the same revision contradict what they all share', () => {
    const pod = (name: string, ready: boolean, replicaSet: string) => ({
      kind: 'Pod',
      metadata: { namespace: 'shop', name, ownerReferences: [{ kind: 'ReplicaSet', name: replicaSet, controller: true }] },
      status: { conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
    });
    const image = finding('image', { effect: 'image-not-pulled', on: 'Deployment/shop/web', seen: ['Pod/shop/web-a'] });
    const with2nd = (replicaSet: string) => inventoryOf([pod('web-a', false, 'web-1'), pod('web-b', true, replicaSet)]);
    expect(first({ findings: [image], inventory: with2nd('web-1') })).toMatchObject({
      value: 0.8,
      reasons: expect.arrayContaining(['−0.15 1 pod of the same revision is ready without it']),
    });
    expect(first({ findings: [image], inventory: with2nd('web-0') }).value).toBe(0.95);
  });

  test('never leaves [0.05, 0.99]', () => {
    const gaps = Array.from({ length: 5 }, (_, index) => ({ what: `part ${index} of Pod shop/web-a`, why: 'failed' as const, needs: 'a retry' }));
    const worst = first({ findings: [{ ...crash, strength: 'weak', evidence_ids: ['ev-1', 'ev-2'] }], lost: ['ev-2'], gaps, asks: ['Deployment/shop/api'] });
    expect(worst).toMatchObject({ value: 0.05, level: 'low' });
    const sources = ['event', 'log', 'metric', 'alert'] as const;
    const ids = sources.map((source) => `ev-${source}`);
    const names = Array.from({ length: 5 }, (_, index) => `app-${index}`);
    const best = first({
      graph: names.map((name) => `Deployment/shop/${name} runs-on Node//n1`),
      findings: [
        finding('node', { effect: 'node-down', on: 'Node//n1', evidence_ids: ids }),
        ...names.map((name) => symptom(`down-${name}`, { effect: 'not-ready', on: `Deployment/shop/${name}` })),
      ],
      evidence: Object.fromEntries(sources.map((source) => [`ev-${source}`, { source }])),
    });
    expect(best.value).toBe(0.99);
  });
});

test.each([
  [0.8, 'high'],
  [0.79, 'medium'],
  [0.5, 'medium'],
  [0.49, 'low'],
] as const)('%d is %s', (value, level) => {
  expect(levelOf(value)).toBe(level);
});
