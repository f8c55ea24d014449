import { describe, expect, test } from 'vitest';
import { inventoryOf } from '../topology/inventory-of.ts';
import { conclude, finding, rootsOf, symptom } from './scene.ts';

const GRAPH = ['Pod/shop/web-a owned-by Deployment/shop/web', 'Pod/shop/web-b owned-by Deployment/shop/web'];
const image = finding('image', { effect: 'image-not-pulled', on: 'Deployment/shop/web', seen: ['Pod/shop/web-a'], container: 'app' });
const killed = finding('memory', { effect: 'killed', on: 'Deployment/shop/web', seen: ['Pod/shop/web-a'], container: 'app' });

/** Pod web-a as the API returns it. AS_OF is 10:00. */
function withPod(given: { metadata?: object; status?: object }) {
  return inventoryOf([{ kind: 'Pod', metadata: { namespace: 'shop', name: 'web-a', ...given.metadata }, status: given.status }]);
}

const readySince = (lastTransitionTime: string, rest: object = {}) => ({
  status: { conditions: [{ type: 'Ready', status: 'True', lastTransitionTime }], ...rest },
});

describe('what is no longer, or never was, a fault', () => {
  test.each([
    ['is gone', inventoryOf([]), 'Pod shop/web-a no longer exists'],
    ['is being deleted', withPod({ metadata: { deletionTimestamp: '2026-11-21T09:59:00Z' } }), 'Pod shop/web-a is being deleted'],
    ['finished', withPod({ status: { phase: 'Succeeded' } }), 'Pod shop/web-a finished successfully'],
    ['recovered', withPod(readySince('2026-11-21T09:58:00Z')), 'Pod shop/web-a recovered: ready since 2026-11-21T09:58:00Z'],
  ])('a pod that %s', (_, inventory, reason) => {
    const result = conclude({ graph: GRAPH, findings: [image], inventory });
    expect(result).toMatchObject({ root_causes: [], verdict: 'no-fault-found', ruled_out: [{ cause_id: 'image', reason, evidence_ids: ['ev-image'] }] });
  });

  test('a pod that could not be read is not called gone', () => {
    const inventory = inventoryOf([], { forbidden: ['Pod'] });
    expect(rootsOf(conclude({ graph: GRAPH, findings: [image], inventory }))).toEqual(['image Deployment/shop/web']);
  });

  test('a pod that hangs in its deletion is a fault all the same', () => {
    const inventory = withPod({ metadata: { deletionTimestamp: '2026-11-21T09:00:00Z' } });
    const stuck = finding('finalizer', { effect: 'terminating', on: 'Deployment/shop/web', seen: ['Pod/shop/web-a'] });
    expect(rootsOf(conclude({ graph: GRAPH, findings: [stuck], inventory }))).toEqual(['finalizer Deployment/shop/web']);
  });

  test('a Job that completed had its failures before', () => {
    const job = { kind: 'Job', metadata: { namespace: 'shop', name: 'migrate' }, status: { conditions: [{ type: 'Complete', status: 'True' }] } };
    const failed = finding('exit', { effect: 'job-failed', on: 'Job/shop/migrate' });
    expect(conclude({ findings: [failed], inventory: inventoryOf([job]) }).verdict).toBe('no-fault-found');
  });

  test('one healthy pod does not speak for its sibling', () => {
    const seenOnBoth = { ...image, subjects: [...image.subjects, { kind: 'Pod', namespace: 'shop', name: 'web-b' }] };
    const b = { kind: 'Pod', metadata: { namespace: 'shop', name: 'web-b' }, status: { conditions: [{ type: 'Ready', status: 'False' }] } };
    const a = { kind: 'Pod', metadata: { namespace: 'shop', name: 'web-a' }, ...readySince('2026-11-21T09:58:00Z') };
    expect(conclude({ graph: GRAPH, findings: [seenOnBoth], inventory: inventoryOf([a, b]) }).root_causes).toHaveLength(1);
  });

  test('what was observed after the recovery is not over', () => {
    const evidence = { 'ev-image': { source: 'event' as const, observed_at: '2026-11-21T09:59:00Z' } };
    expect(conclude({ graph: GRAPH, findings: [image], inventory: withPod(readySince('2026-11-21T09:58:00Z')), evidence }).root_causes).toHaveLength(1);
  });

  test('a container that is killed again and again is not over while it waits for the next time', () => {
    const restarts = (restartCount: number) => ({ startTime: '2026-11-21T01:00:00Z', containerStatuses: [{ name: 'app', restartCount }] });
    const roots = (ready: string, restartCount: number) =>
      conclude({ graph: GRAPH, findings: [killed], inventory: withPod(readySince(ready, restarts(restartCount))) }).root_causes.length;
    expect(roots('2026-11-21T09:40:00Z', 12)).toBe(1);
    expect(roots('2026-11-21T07:00:00Z', 2)).toBe(1);
    expect(roots('2026-11-21T04:00:00Z', 12)).toBe(0);
  });
});

describe('what another finding says better', () => {
  const generic = finding('app-exits', { effect: 'crashing', strength: 'strong', on: 'Deployment/shop/web', seen: ['Pod/shop/web-a'], container: 'app' });

  test('a finding that supersedes it', () => {
    const exact = finding('env', {
      effect: 'crashing',
      strength: 'strong',
      on: 'Deployment/shop/web',
      seen: ['Pod/shop/web-a'],
      container: 'app',
      supersedes: ['app-exits'],
    });
    const result = conclude({ graph: GRAPH, findings: [generic, exact] });
    expect(rootsOf(result)).toEqual(['env Deployment/shop/web']);
    expect(result.ruled_out).toMatchObject([{ cause_id: 'app-exits', reason: '"Title of env" says it more exactly' }]);
  });

  test('supersedes only on the same object and container', () => {
    const elsewhere = finding('env', { effect: 'crashing', on: 'Deployment/shop/api', supersedes: ['app-exits'] });
    const sidecar = finding('args', { effect: 'crashing', on: 'Deployment/shop/web', seen: ['Pod/shop/web-a'], container: 'proxy', supersedes: ['app-exits'] });
    expect(conclude({ graph: GRAPH, findings: [generic, elsewhere, sidecar] }).root_causes).toHaveLength(3);
  });

  test('a firmer finding of the same trouble', () => {
    const proven = finding('env', { effect: 'crashing', on: 'Deployment/shop/web', seen: ['Pod/shop/web-a'], container: 'app' });
    const result = conclude({ graph: GRAPH, findings: [generic, proven] });
    expect(rootsOf(result)).toEqual(['env Deployment/shop/web']);
    expect(result.ruled_out[0]?.reason).toBe('Title of env explains the same trouble with firmer evidence (decisive against strong)');
  });

  test('a guess beside a proof', () => {
    const guess = finding('slow', { effect: 'degraded', strength: 'weak', on: 'Deployment/shop/web', seen: ['Pod/shop/web-a'] });
    const result = conclude({ graph: GRAPH, findings: [guess, killed] });
    expect(rootsOf(result)).toEqual(['memory Deployment/shop/web']);
    expect(result.ruled_out).toMatchObject([{ cause_id: 'slow', reason: 'it is only a heuristic sign, and Title of memory is proven on the same object' }]);
  });

  test('an observation that says it is by design', () => {
    const progress = finding('rollout', { role: 'observation', effect: 'rollout-stuck', on: 'Deployment/shop/web', supersedes: ['not-ready'] });
    const result = conclude({
      graph: GRAPH,
      findings: [symptom('not-ready', { effect: 'not-ready', on: 'Deployment/shop/web', seen: ['Pod/shop/web-a'] }), progress],
    });
    expect(result).toMatchObject({ verdict: 'no-fault-found', root_causes: [], observations: [{ text: 'Mechanism of rollout.' }] });
  });

  test('an observation about a namespace that nobody asked about and nobody read', () => {
    const ending = (name: string) => finding(`ending-${name}`, { role: 'observation', effect: 'terminating', on: `Namespace//${name}` });
    const partial = inventoryOf([], { forbidden: ['Pod'] });
    expect(conclude({ findings: [ending('shop'), ending('other')], inventory: partial }).observations).toMatchObject([{ text: 'Mechanism of ending-shop.' }]);
    expect(conclude({ findings: [ending('other')], inventory: inventoryOf([]) }).observations).toHaveLength(1);
  });
});
