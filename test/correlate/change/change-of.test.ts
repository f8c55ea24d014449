import { describe, expect, test } from 'vitest';
import { changeText } from '../../../src/domain/change-text.ts';
import { at, blamed, deployment, podOf, revision, warning } from './revisions.ts';

const limit = (memory: string) => ({ resources: { limits: { memory } } });
const LOWERED = [deployment(), revision(6, limit('256Mi'), { since: '08:00' }), revision(7, limit('64Mi'), { since: '09:05' }), podOf('web-7')];

describe('the change of a revision', () => {
  test('is named with its field, both values, its time, its revision and the way it leads to the fault', () => {
    expect(blamed(LOWERED)?.change).toEqual({
      object: { kind: 'Deployment', namespace: 'shop', name: 'web' },
      field_path: 'spec.template.spec.containers[name=app].resources.limits.memory',
      from: '256Mi',
      to: '64Mi',
      at: at('09:05'),
      by: null,
      revision: 7,
      previous_revision: 6,
      also: [],
      mechanism: 'The lower limit is below what the container uses.',
      evidence_ids: ['cited-1'],
    });
  });

  test('is gone back to first, and the rule’s unnumbered undo is left out', () => {
    const undo = { text: 'Go back', command: 'kubectl rollout undo deployment/web', risk: 'medium' as const };
    const raise = { text: 'Raise it', command: null, risk: 'low' as const };
    const root = blamed(LOWERED, { remediation: [undo, raise] });
    expect(root?.remediation.map(({ command, risk }) => [command, risk])).toEqual([
      ['kubectl rollout undo deployment/web -n shop --to-revision=6', 'low'],
      [null, 'low'],
    ]);
    expect(root?.evidence_ids).toContain('cited-1');
  });

  test('tells first the field with a mechanism, then what else changed, which an undo takes back too', () => {
    const root = blamed([
      deployment(),
      revision(6, { ...limit('256Mi'), image: 'example/web:1' }, { since: '08:00', template: { metadata: { labels: { tier: 'a' } } } }),
      revision(7, { ...limit('64Mi'), image: 'example/web:2' }, { since: '09:05', template: { metadata: { labels: { tier: 'b' } } } }),
      podOf('web-7'),
    ]);
    expect(root?.change && changeText(root.change)).toBe(', revision 7: limits.memory of app 256Mi → 64Mi');
    expect(root?.change?.also?.map(({ field_path, to }) => [field_path, to])).toEqual([
      ['spec.template.metadata.labels.tier', 'b'],
      ['spec.template.spec.containers[name=app].image', 'example/web:2'],
    ]);
    expect(root?.remediation[0]).toMatchObject({ risk: 'medium', text: expect.stringContaining('takes back metadata.labels.tier, image of app too') });
  });

  test('is that of the revision before a mere restart', () => {
    const restarted = revision(8, limit('64Mi'), { since: '09:08', template: { metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': 'x' } } } });
    expect(blamed([...LOWERED.slice(0, 3), restarted, podOf('web-8')])?.change).toMatchObject({ at: at('09:05'), revision: 7, previous_revision: 6 });
  });

  test('of a template that it had once before has the time at which it was scaled up again', () => {
    const scaled = {
      ...warning('web', 'ScalingReplicaSet', '09:06'),
      type: 'Normal',
      message: 'Scaled up replica set web-old from 0 to 1',
      involvedObject: { kind: 'Deployment', namespace: 'shop', name: 'web' },
    };
    const objects = [
      deployment(),
      revision(6, limit('256Mi'), { since: '08:00' }),
      revision(7, limit('64Mi'), { since: '07:30', name: 'web-old' }),
      podOf('web-old'),
    ];
    expect(blamed([...objects, scaled])?.change?.at).toBe(at('09:06'));
    expect(blamed(objects)?.change).toBeNull();
  });

  test('of a StatefulSet is found by the revision that its pods bear', () => {
    const set = { ...deployment(), kind: 'StatefulSet' };
    const controller = { kind: 'StatefulSet', name: 'web', controller: true };
    const kept = (number: number, memory: string, since: string) => ({
      kind: 'ControllerRevision',
      revision: number,
      metadata: { namespace: 'shop', name: `web-${number}a`, creationTimestamp: at(since), ownerReferences: [controller] },
      data: { spec: { template: { spec: { containers: [{ name: 'app', ...limit(memory) }] } } } },
    });
    const objects = [set, kept(1, '1Gi', '08:00'), kept(2, '100M', '09:00'), podOf('web-2a', 'web-0', controller)];
    expect(blamed(objects, { on: 'StatefulSet/shop/web' })?.change).toMatchObject({ from: '1Gi', to: '100M', revision: 2 });
  });
});

describe('no change is named', () => {
  const [, before, after, pod] = LOWERED as [object, object, object, object];
  test.each([
    ['where there is one revision only', [deployment(), after, pod]],
    ['where it came after the first trouble', [deployment(), before, revision(7, limit('64Mi'), { since: '09:11' }), pod]],
    ['where a warning was there before it', [...LOWERED, warning('web-7-x', 'BackOff', '09:01', '09:20')]],
    [
      'where it came long before',
      [
        deployment(),
        revision(6, limit('256Mi'), { since: '00:10' }),
        { ...after, metadata: { ...(after as { metadata: object }).metadata, creationTimestamp: '2026-11-19T09:00:00Z' } },
        pod,
      ],
    ],
    [
      'where no field leads to the fault',
      [deployment(), revision(6, { workingDir: '/a' }, { since: '08:00' }), revision(7, { workingDir: '/b' }, { since: '09:05' }), pod],
    ],
    ['where the limit was raised', [deployment(), revision(6, limit('64Mi'), { since: '08:00' }), revision(7, limit('256Mi'), { since: '09:05' }), pod]],
    ['where another container changed', [deployment(), revision(6, {}, { since: '08:00' }), revision(7, {}, { since: '09:05' }), pod]],
    ['where the ReplicaSets were not read', [deployment(), pod]],
  ])('%s', (_, objects) => {
    expect(blamed(objects)?.change).toBeNull();
  });

  test('where pods of the revision before have the fault too', () => {
    const objects = [...LOWERED, podOf('web-6')];
    expect(blamed(objects, { seen: ['Pod/shop/web-7-x', 'Pod/shop/web-6-x'] })?.change).toBeNull();
    expect(blamed(objects, { seen: ['Pod/shop/web-6-x'] })?.change).toBeNull();
  });
});

describe('which field leads to which fault', () => {
  const between = (before: object, after: object, given: Parameters<typeof blamed>[1]) =>
    blamed([deployment(), revision(1, before, { since: '08:00' }), revision(2, after, { since: '09:05' }), podOf('web-2')], given)?.change;
  const label = (change: ReturnType<typeof between>) => (change ? changeText(change).slice(', revision 2: '.length) : null);
  const env = (name: string, value: string) => ({ env: [{ name, value }] });

  test.each([
    ['an image that cannot be pulled', { image: 'a:1' }, { image: 'a:2' }, { cause: 'image-not-found', effect: 'image-not-pulled' }, 'image of app a:1 → a:2'],
    ['an image that crashes', { image: 'a:1' }, { image: 'a:2' }, { cause: 'application-exception', effect: 'crashing' }, 'image of app a:1 → a:2'],
    [
      'a command',
      { command: ['run'] },
      { command: ['rum', '-x'] },
      { cause: 'container-command-not-found', effect: 'crashing' },
      'command of app run → rum -x',
    ],
    [
      'a probe',
      { readinessProbe: { httpGet: { port: 80 } } },
      { readinessProbe: { httpGet: { port: 81 } } },
      { cause: 'readiness-probe-wrong-port', effect: 'not-ready' },
      'readinessProbe.httpGet.port of app 80 → 81',
    ],
    [
      'more than a node has',
      { resources: { requests: { cpu: '1' } } },
      { resources: { requests: { cpu: '64' } } },
      { cause: 'request-exceeds-every-node', effect: 'not-scheduled' },
      'requests.cpu of app 1 → 64',
    ],
    [
      'a CPU limit that is new',
      {},
      { resources: { limits: { cpu: '20m' } } },
      { cause: 'cpu-limit-starves-probe', effect: 'not-ready' },
      'limits.cpu of app not set → 20m',
    ],
    [
      'a variable that the process needs',
      env('MODE', 'fast'),
      {},
      { cause: 'environment-variable-missing', effect: 'crashing' },
      'variable MODE of app fast → not set',
    ],
    [
      'a password, masked',
      env('DB_PASSWORD', 'hunter2'),
      env('DB_PASSWORD', 'hunter3'),
      { cause: 'application-exits', effect: 'crashing' },
      'variable DB_PASSWORD of app [redacted:password] → [redacted:password]',
    ],
    [
      'the address that is refused',
      env('DB', 'db:5432'),
      env('DB', 'db-2:5432'),
      { cause: 'database-unreachable', effect: 'dependency-failing', mechanism: 'db-2:5432 refuses' },
      'variable DB of app db:5432 → db-2:5432',
    ],
    [
      'a variable that has nothing to do with the dependency',
      env('MODE', 'fast'),
      env('MODE', 'slow'),
      { cause: 'database-unreachable', effect: 'dependency-failing', mechanism: 'db-2:5432 refuses' },
      null,
    ],
    ['a full disk', { image: 'a:1' }, { image: 'a:2' }, { cause: 'disk-full', effect: 'crashing' }, null],
  ] as const)('%s', (_, before, after, given, expected) => {
    expect(label(between(before, after, given))).toBe(expected);
  });

  test('what the finding cites comes before what is only likely', () => {
    const change = between(
      { image: 'a:1', ...env('PORT', '8080') },
      { image: 'a:2', ...env('PORT', 'none') },
      { cause: 'config-file-invalid', effect: 'crashing', evidence: { source: 'log', field_path: null, excerpt: 'PORT: invalid number' } },
    );
    expect(label(change)).toBe('variable PORT of app 8080 → none');
  });
});
