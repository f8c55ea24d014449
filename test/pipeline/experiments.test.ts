import { describe, expect, test } from 'vitest';
import { ago } from '../facts/infrastructure-scene.ts';
import { crashed, endpoints, notReady, service, workload } from './cascade-objects.ts';
import { affectedBy, reportOf, rootsIn } from './incident-scene.ts';

const installed = {
  kind: 'APIService',
  metadata: { name: 'v1alpha1.chaos-mesh.org' },
  spec: { group: 'chaos-mesh.org', version: 'v1alpha1' },
  status: { conditions: [{ type: 'Available', status: 'True' }] },
};
const chooses = { namespaces: ['shop'], labelSelectors: { app: 'cart' } };

interface Experiment {
  readonly kind?: string;
  readonly spec?: object;
  readonly status?: object;
  readonly age?: number;
}
const experiment = ({ kind = 'NetworkChaos', spec = {}, status, age = 600 }: Experiment) => ({
  kind,
  metadata: { namespace: 'chaos', name: 'try', creationTimestamp: ago(age) },
  spec: { action: 'loss', mode: 'all', loss: { loss: '100', correlation: '0' }, selector: chooses, ...spec },
  ...(status ? { status } : {}),
});
const injected = { experiment: { desiredPhase: 'Run', containerRecords: [{ id: 'shop/cart-6d4cf56db6-aaaaa', phase: 'Injected' }] } };
const recovered = { experiment: { desiredPhase: 'Stop', containerRecords: [{ id: 'shop/cart-6d4cf56db6-aaaaa', phase: 'Not Injected' }] } };

const cart = [...workload('cart'), service('cart', 8080), endpoints('cart', 1, 0)];
const web = workload('web', { env: { CART_ADDR: 'cart:8080' }, ...notReady });
const logs = { 'web-6d4cf56db6-aaaaa': 'ERROR dial tcp: connect cart:8080: i/o timeout\n'.repeat(5) };
const ask = (...experiments: object[]) => reportOf([...web, ...cart, installed, ...experiments], { logs, description: 'web is failing' });

describe('L17 a chaos experiment in another namespace', () => {
  test('that is at work on the pods of a dependency is the root of what its callers suffer', async () => {
    const report = await ask(experiment({ status: injected }));
    expect(rootsIn(report)).toEqual(['chaos-experiment-running on NetworkChaos chaos/try']);
    expect(report.root_causes[0]).toMatchObject({
      confidence_score: 'high',
      mechanism: 'NetworkChaos try is at work and disturbs the network of Deployment shop/cart on purpose: loss (loss 100, correlation 0)',
    });
    expect(affectedBy(report)).toEqual(expect.arrayContaining(['Deployment shop/cart', 'Deployment shop/web']));
  });

  test.each<[string, Experiment]>([
    ['that is over', { status: recovered }],
    ['that is paused', { status: { ...injected, conditions: [{ type: 'Paused', status: 'True' }] } }],
    [
      'that chooses nobody',
      { spec: { selector: { namespaces: ['shop'], labelSelectors: { app: 'cartoons' } } }, status: { experiment: { desiredPhase: 'Run' } } },
    ],
    ['that killed a pod an hour ago', { kind: 'PodChaos', spec: { action: 'pod-kill' }, status: injected, age: 3600 }],
    ['whose time has run out', { spec: { duration: '5m' } }],
  ])('%s is none', async (_, fields) => {
    expect(rootsIn(await ask(experiment(fields))).filter((root) => root.includes('chaos'))).toEqual([]);
  });

  test('of which nobody says that it is at work is a guess', async () => {
    const { root_causes: causes } = await ask(experiment({}));
    expect(causes.find(({ cause_id: id }) => id === 'chaos-experiment-present')?.confidence_score ?? 'low').toBe('low');
  });

  test('explains why a process is killed, and not why it refuses its settings', async () => {
    const stress = experiment({ kind: 'StressChaos', spec: { action: undefined, stressors: { memory: { workers: 2, size: '1GB' } } }, status: injected });
    const killed = workload('cart', {
      ...crashed('x'),
      limits: { memory: '64Mi' },
      lastState: { terminated: { reason: 'OOMKilled', exitCode: 137, finishedAt: ago(60) } },
    });
    expect(rootsIn(await reportOf([...killed, installed, stress]))).toEqual(['chaos-experiment-running on StressChaos chaos/try']);
    const missing = workload('cart', {
      config: 'absent',
      ready: false,
      phase: 'Pending',
      state: { waiting: { reason: 'CreateContainerConfigError', message: 'configmap "absent" not found' } },
    });
    expect(rootsIn(await reportOf([...missing, installed, stress]))).toContain('config-map-not-found on Deployment shop/cart');
  });

  test('of another engine is told alike, and the child of a schedule instead of it', async () => {
    const engine = {
      kind: 'ChaosEngine',
      metadata: { namespace: 'shop', name: 'loss', creationTimestamp: ago(600) },
      spec: { engineState: 'active', appinfo: { appns: 'shop', applabel: 'app=cart', appkind: 'deployment' }, experiments: [{ name: 'pod-network-loss' }] },
      status: { engineStatus: 'initialized' },
    };
    const litmus = { ...installed, metadata: { name: 'v1alpha1.litmuschaos.io' }, spec: { group: 'litmuschaos.io', version: 'v1alpha1' } };
    expect(rootsIn(await reportOf([...web, ...cart, litmus, engine], { logs }))).toEqual(['chaos-experiment-running on ChaosEngine shop/loss']);
    const schedule = {
      kind: 'Schedule',
      metadata: { namespace: 'chaos', name: 'hourly', creationTimestamp: ago(600) },
      spec: { type: 'NetworkChaos', networkChaos: { action: 'loss', selector: chooses } },
    };
    const child = experiment({ status: injected });
    const owned = { ...child, metadata: { ...child.metadata, ownerReferences: [{ kind: 'Schedule', name: 'hourly' }] } };
    expect(rootsIn(await ask(schedule))).toEqual(['chaos-experiment-running on Schedule chaos/hourly']);
    expect(rootsIn(await ask(schedule, owned))).toEqual(['chaos-experiment-running on NetworkChaos chaos/try']);
  });
});
