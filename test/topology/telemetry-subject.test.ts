import { describe, expect, test } from 'vitest';
import { refLabel } from '../../src/domain/object-ref.ts';
import { buildGraph } from '../../src/topology/build-graph.ts';
import { NO_KNOWLEDGE } from '../../src/topology/knowledge/knowledge-graph.ts';
import { subjectOfLabels } from '../../src/topology/telemetry-subject.ts';
import { inventoryOf } from './inventory-of.ts';
import { named, running, service } from './objects.ts';

const inventory = inventoryOf([
  ...running('shop', 'web'),
  ...running('monitoring', 'kube-state-metrics'),
  service('shop', 'web'),
  service('monitoring', 'kube-state-metrics'),
  named('Node', undefined, 'n1', { status: { addresses: [{ type: 'InternalIP', address: '10.0.0.1' }] } }),
  named('PersistentVolumeClaim', 'shop', 'data'),
  named('CronJob', 'shop', 'report'),
  {
    ...named('Job', 'shop', 'report-1'),
    metadata: { namespace: 'shop', name: 'report-1', ownerReferences: [{ kind: 'CronJob', name: 'report', controller: true }] },
  },
]);
const place = { inventory, graph: buildGraph(inventory, NO_KNOWLEDGE) };
const POD = 'web-6d4cf56db6-aaaaa';
/** What a scrape of kube-state-metrics adds. */
const SCRAPED = { job: 'kube-state-metrics', service: 'kube-state-metrics', instance: '10.1.0.9:8080' };

const subject = (labels: Record<string, string>): string | undefined => {
  const ref = subjectOfLabels(place, labels);
  return ref && refLabel(ref);
};

describe('the labels of a series or an alert name', () => {
  test.each<[string, Record<string, string>, string | undefined]>([
    ['a pod, told as its workload', { namespace: 'shop', pod: POD }, 'Deployment shop/web'],
    ['a workload by its kind', { namespace: 'shop', deployment: 'web' }, 'Deployment shop/web'],
    ['a Service, told as what it selects', { namespace: 'shop', service: 'web' }, 'Deployment shop/web'],
    ['a service of a mesh', { destination_service_namespace: 'shop', destination_service_name: 'web' }, 'Deployment shop/web'],
    ['a claim', { namespace: 'shop', persistentvolumeclaim: 'data' }, 'PersistentVolumeClaim shop/data'],
    ['a Job, told as its CronJob', { namespace: 'shop', job_name: 'report-1' }, 'CronJob shop/report'],
    ['a node by its name', { node: 'n1' }, 'Node n1'],
    ['a node by its address', { instance: '10.0.0.1:9100', job: 'node-exporter' }, 'Node n1'],
    ['a node, not the pod that watches it', { instance: '10.0.0.1:9100', job: 'node-exporter', namespace: 'shop', pod: POD }, 'Node n1'],
    ['a node, not the Service that was scraped for it', { ...SCRAPED, namespace: 'monitoring', node: 'n1' }, 'Node n1'],
    ['a deployment, not what was scraped for it', { ...SCRAPED, namespace: 'shop', deployment: 'web' }, 'Deployment shop/web'],
    [
      'what the scrape renamed',
      { ...SCRAPED, namespace: 'monitoring', pod: 'kube-state-metrics-6d4cf56db6-aaaaa', exported_namespace: 'shop', exported_pod: POD },
      'Deployment shop/web',
    ],
    ['nothing that exists', { namespace: 'shop', deployment: 'gone' }, undefined],
    ['nothing that was read', { namespace: 'other', pod: 'x' }, undefined],
    ['nothing at all', { alertname: 'Watchdog' }, undefined],
  ])('%s', (_, labels, expected) => {
    expect(subject(labels)).toBe(expected);
  });
});
