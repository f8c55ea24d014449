import { describe, expect, test } from 'vitest';
import { symptom } from '../scene.ts';
import { at, concluded as concludedWith, deployment, podOf, revision, warning } from './revisions.ts';

const concluded = (objects: Parameters<typeof concludedWith>[0], findings: Parameters<typeof concludedWith>[1]) =>
  concludedWith(objects, findings, {}, ['Pod/shop/web-7-x owned-by Deployment/shop/web']);
const NEW = podOf('web-7');
const looping = symptom('crash-loop-unexplained', {
  effect: 'crashing',
  on: 'Deployment/shop/web',
  seen: ['Pod/shop/web-7-x'],
  since: at('09:06'),
  mechanism: 'Container app crashes',
});
const unready = symptom('container-not-ready', { effect: 'not-ready', on: 'Deployment/shop/web', seen: ['Pod/shop/web-7-x'], since: at('09:06') });
const withReady = (set: { spec: object }, readyReplicas: number) => ({ ...set, status: { readyReplicas } });
const [OLD, CHANGED] = [revision(6, { image: 'a:1' }, { since: '08:00' }), revision(7, { image: 'a:2' }, { since: '09:05' })];
const available = (status: string, lastTransitionTime: string) => ({ status: { conditions: [{ type: 'Available', status, lastTransitionTime }] } });

describe('what nothing explains', () => {
  test('came with the revision, where the pods of the one before are ready beside it', () => {
    const { root_causes, verdict, observations } = concluded(
      [{ ...deployment(), status: { readyReplicas: 2 } }, withReady(OLD, 2), CHANGED, NEW],
      [looping, unready],
    );
    expect(verdict).toBe('root-cause-found');
    expect(root_causes).toMatchObject([
      {
        cause_id: 'release-regression',
        object: { kind: 'Deployment', name: 'web' },
        mechanism: 'Container app crashes, since revision 7 changed image of app; the pods of revision 6 are ready',
        confidence_score: 'high',
        change: { revision: 7, from: 'a:1', to: 'a:2' },
      },
    ]);
    expect(root_causes[0]?.remediation[0]?.command).toBe('kubectl rollout undo deployment/web -n shop --to-revision=6');
    expect(observations).toEqual([]);
  });

  test('came with it less surely where the workload was available until then', () => {
    const { root_causes } = concluded([{ ...deployment(), ...available('False', at('09:06')) }, OLD, CHANGED, NEW], [looping]);
    expect(root_causes).toMatchObject([{ cause_id: 'release-regression', confidence_score: 'medium' }]);
  });

  test.each([
    ['where the workload was never well', [{ ...deployment(), ...available('False', at('08:00')) }, OLD, CHANGED, NEW]],
    ['where nothing tells that it was well', [deployment(), OLD, CHANGED, NEW]],
    ['where there was no change', [{ ...deployment(), ...available('False', at('09:06')) }, OLD, NEW]],
  ])('stays unexplained %s', (_, objects) => {
    expect(concluded(objects, [looping])).toMatchObject({ verdict: 'undetermined', root_causes: [] });
  });
});

describe('of two revisions in quick succession', () => {
  test('the newest is compared with the last whose pods are ready', () => {
    const between = revision(7, { image: 'a:2' }, { since: '09:05' });
    const newest = revision(8, { image: 'a:2', command: ['run', '-x'] }, { since: '09:05:30' });
    const { root_causes } = concludedWith(
      [{ ...deployment(), status: { readyReplicas: 2 } }, withReady(OLD, 2), between, newest, podOf('web-8')],
      [{ ...looping, subjects: [{ kind: 'Pod', namespace: 'shop', name: 'web-8-x' }] }],
      {},
      ['Pod/shop/web-8-x owned-by Deployment/shop/web'],
    );
    expect(root_causes[0]?.change).toMatchObject({ revision: 8, previous_revision: 6, to: 'run -x', also: [{ from: 'a:1', to: 'a:2' }] });
    expect(root_causes[0]?.mechanism).toContain('the pods of revision 6 are ready');
  });
});

describe('of a StatefulSet', () => {
  const controller = { kind: 'StatefulSet', name: 'web', controller: true };
  const kept = (number: number, image: string, since: string) => ({
    kind: 'ControllerRevision',
    revision: number,
    metadata: { namespace: 'shop', name: `web-${number}a`, creationTimestamp: at(since), ownerReferences: [controller] },
    data: { spec: { template: { spec: { containers: [{ name: 'app', image }] } } } },
  });
  const scene = (...events: object[]) =>
    concludedWith(
      [{ ...deployment(), kind: 'StatefulSet' }, kept(1, 'a:1', '08:00'), kept(2, 'a:2', '09:05'), podOf('web-2a', 'web-0', controller), ...events],
      [{ ...looping, object: { kind: 'StatefulSet', namespace: 'shop', name: 'web' }, subjects: [{ kind: 'Pod', namespace: 'shop', name: 'web-0' }] }],
      {},
      ['Pod/shop/web-0 owned-by StatefulSet/shop/web'],
    ).root_causes.map(({ cause_id }) => cause_id);
  const started = { ...warning('web-0', 'Started', '08:01'), type: 'Normal' };

  test('that its pods gave no trouble until the change is enough', () => {
    expect(scene(started)).toEqual(['release-regression']);
    expect(scene()).toEqual([]);
    expect(scene(started, warning('web-0', 'BackOff', '08:30', '09:04'))).toEqual([]);
  });
});
