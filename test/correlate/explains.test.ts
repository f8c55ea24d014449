import { describe, expect, test } from 'vitest';
import { type Candidate, candidatesOf } from '../../src/correlate/candidate.ts';
import { explain } from '../../src/correlate/explains.ts';
import { Onsets } from '../../src/correlate/onset.ts';
import { Relations } from '../../src/correlate/relations.ts';
import type { Finding } from '../../src/domain/finding.ts';
import { inventoryOf } from '../topology/inventory-of.ts';
import { conclude, finding, inputOf, rootsOf, symptom } from './scene.ts';

const GRAPH = [
  'Pod/shop/web-a owned-by Deployment/shop/web',
  'Pod/shop/db-0 owned-by StatefulSet/shop/db',
  'Service/shop/db selects StatefulSet/shop/db',
  'Deployment/shop/web calls Service/shop/db',
  'Pod/shop/web-a runs-on Node//n1',
];

function judge(cause: Finding, effect: Finding) {
  const input = inputOf({ findings: [cause, effect], graph: GRAPH });
  const [first, second] = candidatesOf(input.findings, input.graph) as [Candidate, Candidate];
  return explain(first, second, { onsets: new Onsets(input), relations: new Relations(input.graph) });
}

const dbCrash = finding('db-crash', {
  effect: 'crashing',
  on: 'StatefulSet/shop/db',
  seen: ['Pod/shop/db-0'],
  strength: 'strong',
  since: '2026-11-21T09:00:00Z',
});
const webRefused = finding('refused', { effect: 'dependency-failing', on: 'Service/shop/db', seen: ['Pod/shop/web-a'], since: '2026-11-21T09:00:10Z' });

describe('may one finding explain another', () => {
  test('yes, with the way of need between them', () => {
    const explanation = judge(dbCrash, webRefused);
    expect(explanation).toMatchObject({ relation: { where: 'traffic', calls: 1 } });
    expect('relation' in explanation && explanation.relation.path.map(({ type }) => type)).toEqual(['selects']);
  });

  test('no, without a mechanism', () => {
    const image = finding('image', { effect: 'image-not-pulled', on: 'Deployment/shop/web', seen: ['Pod/shop/web-a'] });
    expect(judge(dbCrash, image)).toEqual({ name: 'noMechanism', reason: 'crashing is not known to make anything image not pulled' });
  });

  test('no, without a way', () => {
    const other = symptom('errors', { effect: 'dependency-failing', on: 'Deployment/shop/other' });
    expect(judge(dbCrash, other)).toEqual({ name: 'noPath', reason: 'Deployment shop/other does not depend on StatefulSet shop/db' });
  });

  test('no, when it began clearly later', () => {
    const late = { ...dbCrash, since: '2026-11-21T09:30:00Z' };
    expect(judge(late, webRefused)).toEqual({
      name: 'tooLate',
      reason: 'it began at 2026-11-21T09:30:00Z, after Deployment shop/web was already in trouble at 2026-11-21T09:00:10Z',
    });
  });

  test('yes, when it only seems later because controllers report late', () => {
    expect(judge({ ...dbCrash, since: '2026-11-21T09:04:00Z' }, webRefused)).toHaveProperty('relation');
  });

  test('no, when it is a mere sign and the other is proven', () => {
    expect(judge({ ...dbCrash, strength: 'weak' }, webRefused)).toMatchObject({ name: 'tooWeak' });
  });

  test('of two objections the more fundamental one is given: an unrelated object is not called late', () => {
    const other = finding('errors', { effect: 'dependency-failing', on: 'Deployment/shop/other', since: '2026-11-21T08:00:00Z' });
    expect(judge({ ...dbCrash, strength: 'weak' }, other)).toMatchObject({ name: 'noPath' });
    expect(judge({ ...dbCrash, strength: 'weak', since: '2026-11-21T09:30:00Z' }, webRefused)).toMatchObject({ name: 'tooWeak' });
  });

  test('no, when each is about its own container', () => {
    const killed = finding('memory', { effect: 'killed', on: 'Deployment/shop/web', seen: ['Pod/shop/web-a'], container: 'app' });
    const loop = symptom('loop', { effect: 'crashing', on: 'Deployment/shop/web', seen: ['Pod/shop/web-a'], container: 'sidecar' });
    expect(judge(killed, loop)).toEqual({ name: 'otherContainer', reason: 'it is about container app, and Title of loop is about container sidecar' });
    expect(judge(killed, { ...loop, container: 'app' })).toHaveProperty('relation');
  });

  test('a proven cause of a workload stands by itself, a less firm one does not', () => {
    const env = finding('env', { effect: 'crashing', on: 'Deployment/shop/web', seen: ['Pod/shop/web-a'] });
    expect(judge(webRefused, env)).toEqual({ name: 'provenByItself', reason: 'Title of env on Deployment shop/web is proven by itself' });
    expect(judge(webRefused, { ...env, strength: 'strong' })).toHaveProperty('relation');
  });

  test('what a finding names as the thing it waits for may explain it even when it is proven', () => {
    const nodeDown = finding('node', { effect: 'node-down', on: 'Node//n1' });
    const notReady = finding('not-ready', { effect: 'not-ready', on: 'Deployment/shop/web', seen: ['Pod/shop/web-a'] });
    expect(judge(nodeDown, notReady)).toMatchObject({ name: 'provenByItself' });
    expect(judge(nodeDown, { ...notReady, via: [nodeDown.object] })).toMatchObject({ relation: { where: 'host' } });
  });
});

describe('time', () => {
  const earlier = { ...webRefused, since: '2026-11-21T08:00:00Z' };
  const late = { ...dbCrash, since: '2026-11-21T09:30:00Z' };

  test('a cause that came later is ruled out, and both are told', () => {
    const result = conclude({ graph: GRAPH, findings: [late, earlier] });
    expect(rootsOf(result).toSorted()).toEqual(['db-crash StatefulSet/shop/db', 'refused Service/shop/db']);
    expect(result.ruled_out).toMatchObject([
      {
        cause_id: 'db-crash',
        reason: expect.stringMatching(/^not the cause of Title of refused on Service shop\/db: it began at 2026-11-21T09:30:00Z/),
        evidence_ids: ['ev-db-crash', 'ev-refused'],
      },
    ]);
  });

  test('a container that restarted before may have crashed as long as its pod is', () => {
    const pod = (restartCount: number) => ({
      kind: 'Pod',
      metadata: { namespace: 'shop', name: 'db-0' },
      status: { startTime: '2026-11-21T07:00:00Z', containerStatuses: [{ name: 'db', restartCount }] },
    });
    const roots = (restarts: number) => conclude({ graph: GRAPH, findings: [late, earlier], inventory: inventoryOf([pod(restarts), web]) }).root_causes.length;
    expect(roots(9)).toBe(1);
    expect(roots(0)).toBe(2);
  });

  test('an older trace of the cause counts', () => {
    const result = conclude({ graph: GRAPH, findings: [late, earlier], evidence: { 'ev-db-crash': { observed_at: '2026-11-21T07:59:00Z' } } });
    expect(rootsOf(result)).toEqual(['db-crash StatefulSet/shop/db']);
  });

  test('a time that is not known contradicts nothing', () => {
    expect(rootsOf(conclude({ graph: GRAPH, findings: [{ ...late, since: null }, earlier] }))).toEqual(['db-crash StatefulSet/shop/db']);
  });
});

const web = { kind: 'Pod', metadata: { namespace: 'shop', name: 'web-a' } };

describe('of several that only report errors', () => {
  const reports = (name: string, more: object = {}) =>
    finding('reports-errors', { effect: 'degraded', strength: 'weak', on: `Deployment/shop/${name}`, ...more });
  const graph = ['Deployment/shop/web calls Service/shop/api', 'Service/shop/api selects Deployment/shop/api'];

  test('the one that the others call is where they begin', () => {
    expect(rootsOf(conclude({ graph, findings: [reports('web'), reports('api')] }))).toEqual(['reports-errors Deployment/shop/api']);
  });

  test('those that do not call each other stay apart, and so do those of which one is firm', () => {
    expect(rootsOf(conclude({ findings: [reports('web'), reports('api')] }))).toHaveLength(2);
    expect(rootsOf(conclude({ graph, findings: [reports('web', { strength: 'strong' }), reports('api')] }))).toHaveLength(2);
  });
});

test('that an agent of the node does not run is certain, however little is known of why', () => {
  const graph = [
    'Pod/shop/web-a owned-by Deployment/shop/web',
    'Pod/shop/web-a runs-on Node//n1',
    'Node//n1 uses Pod/net/agent-x',
    'Pod/net/agent-x owned-by DaemonSet/net/agent',
  ];
  const agent = finding('exits', { effect: 'crashing', strength: 'weak', on: 'DaemonSet/net/agent', seen: ['Pod/net/agent-x'] });
  const sandbox = finding('sandbox', { effect: 'sandbox-failed', strength: 'strong', on: 'Node//n1', seen: ['Pod/shop/web-a'] });
  expect(rootsOf(conclude({ graph, findings: [agent, sandbox] }))).toEqual(['exits DaemonSet/net/agent']);
  const elsewhere = graph.map((line) => line.replace('Node//n1 uses', 'Node//n2 uses'));
  expect(rootsOf(conclude({ graph: elsewhere, findings: [agent, sandbox] }))).toContain('sandbox Node//n1');
});
