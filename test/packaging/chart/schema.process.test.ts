import { describe, expect, test } from 'vitest';
import { HELM } from '../../../scripts/chart/helm.ts';
import { KubernetesSchema } from './kubernetes-schema.ts';
import { render } from './render.ts';
import { VALUE_SETS } from './value-sets.ts';

interface Rendered {
  readonly apiVersion: string;
  readonly kind: string;
}

// Definitions of add-ons, which no release of Kubernetes has.
const OF_ADD_ONS = ['ServiceMonitor', 'PrometheusRule', 'Certificate', 'Issuer'];
const SETS = Object.entries(VALUE_SETS);

describe.skipIf(HELM === undefined).each(['1.27', '1.34'] as const)('Kubernetes %s', (version) => {
  const schema = new KubernetesSchema(version);

  test.each(SETS)('takes all that the chart renders with the values "%s"', async (_name, set) => {
    const objects = await render<Rendered>(set, version);
    expect(objects.length).toBeGreaterThan('orchestrator.enabled' in set ? 5 : 10);
    expect(objects.flatMap((object) => schema.problems(object) ?? [])).toEqual([]);
    const unknown = objects.filter((object) => schema.problems(object) === undefined).map(({ kind }) => kind);
    expect(unknown.filter((kind) => !OF_ADD_ONS.includes(kind))).toEqual([]);
  });

  test('is not given what it does not know, lacks, or has in another form', () => {
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'a' },
      spec: { containers: [{ image: 'b', lifecycle: { preStop: { slep: {} } }, stdin: 'yes' }] },
    };
    expect(schema.problems(pod)).toEqual([
      'Pod.spec.containers[0].name: missing',
      'Pod.spec.containers[0].lifecycle.preStop.slep: unknown',
      'Pod.spec.containers[0].stdin: no boolean',
    ]);
  });
});
