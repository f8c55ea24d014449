import { describe, expect, test } from 'vitest';
import { symptom } from '../scene.ts';
import { at, concluded as concludedWith, deployment, podOf, revision } from './revisions.ts';

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
        mechanism: 'Container app crashes, since revision 7 brought image of app a:1 → a:2; the pods of revision 6 are ready',
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
