import { describe, expect, test } from 'vitest';
import { templateDifferences } from '../../src/changes/template-changes.ts';
import type { PodTemplate } from '../../src/domain/kubernetes/workload.ts';
import { ago, owners, workloadDoc } from './workload-scene.ts';

const template = (container: object, labels: Record<string, string> = {}): PodTemplate => ({
  metadata: { labels },
  spec: { containers: [{ name: 'app', image: 'a:1', ...container }] },
});

describe('what a revision changed', () => {
  test('fields are named by path, with containers, variables and mounts by name', () => {
    const before = template({ env: [{ name: 'A', value: '1' }], args: ['-v'], resources: { limits: { memory: '128Mi' } } });
    const after = template({ env: [{ name: 'B', value: '2' }], args: ['-v', '-x'], resources: { limits: { memory: '64Mi' } } });
    expect(templateDifferences(before, after)).toEqual([
      { field: 'spec.containers[name=app].env[name=A].value', from: '1', to: null },
      { field: 'spec.containers[name=app].args', from: '-v', to: '-v -x' },
      { field: 'spec.containers[name=app].resources.limits.memory', from: '128Mi', to: '64Mi' },
      { field: 'spec.containers[name=app].env[name=B].value', from: null, to: '2' },
    ]);
  });

  test('the hash that a controller adds is no change', () => {
    expect(templateDifferences(template({}, { 'pod-template-hash': 'a' }), template({}, { 'pod-template-hash': 'b' }))).toEqual([]);
  });

  test('the two newest ReplicaSets of a Deployment are compared, whatever their order', () => {
    const [deployment, oldest] = owners();
    const revision = (number: string, image: string, age: number) => ({
      ...oldest,
      metadata: {
        ...oldest?.metadata,
        name: `checkout-${number}`,
        uid: number,
        creationTimestamp: ago(age),
        annotations: { 'deployment.kubernetes.io/revision': number },
      },
      spec: { template: template({ image }) },
    });
    const doc = workloadDoc([deployment as object, revision('10', 'a:3', 60), revision('9', 'a:2', 600), revision('2', 'a:1', 6000)]);
    expect(doc.changes).toEqual([{ field: 'spec.containers[name=app].image', from: 'a:2', to: 'a:3', at: ago(60), age_s: 60 }]);
  });

  test('a StatefulSet keeps its revisions as patches', () => {
    const owner = { kind: 'StatefulSet', name: 'db', controller: true };
    const revision = (number: number, image: string) => ({
      kind: 'ControllerRevision',
      revision: number,
      metadata: { namespace: 'shop', name: `db-${number}`, creationTimestamp: ago(100 - number), ownerReferences: [owner] },
      data: { spec: { template: { ...template({ image }), $patch: 'replace' } } },
    });
    const set = { kind: 'StatefulSet', metadata: { namespace: 'shop', name: 'db' }, spec: { replicas: 1 } };
    expect(workloadDoc([set, revision(1, 'db:1'), revision(2, 'db:2')]).changes.map(({ field, to }) => [field, to])).toEqual([
      ['spec.containers[name=app].image', 'db:2'],
    ]);
  });
});
