import { describe, expect, test } from 'vitest';
import { factsOf } from './infrastructure-scene.ts';
import { ago, causes, findings, owners } from './workload-scene.ts';

const autoscaler = (status: object = {}, name = 'checkout') => ({
  kind: 'HorizontalPodAutoscaler',
  metadata: { namespace: 'shop', name },
  spec: { scaleTargetRef: { kind: 'Deployment', name: 'checkout' }, minReplicas: 2, maxReplicas: 4 },
  status: { currentReplicas: 2, ...status },
});
const condition = (type: string, status: string, reason: string, message = 'x') => ({
  conditions: [{ type, status, reason, message, lastTransitionTime: ago(60) }],
});
const api = (available: string) => ({
  kind: 'APIService',
  metadata: { name: 'v1beta1.metrics.k8s.io' },
  status: { conditions: [{ type: 'Available', status: available }] },
});
const blind = condition(
  'ScalingActive',
  'False',
  'FailedGetResourceMetric',
  'unable to fetch metrics from resource metrics API: the server could not find the requested resource (get pods.metrics.k8s.io)',
);

describe('an autoscaler', () => {
  test('without its target', () => {
    const [hpa] = [autoscaler(condition('AbleToScale', 'False', 'FailedGetScale', 'unable to get the target: deployments.apps "checkout" not found'))];
    expect(causes([hpa as object])).toEqual(['autoscaler-target-not-found on HorizontalPodAutoscaler shop/checkout']);
  });

  test('is blind without the metrics API, which is then to blame', () => {
    expect(causes([...owners(), autoscaler(blind)])).toEqual(['metrics-api-unavailable on APIService v1beta1.metrics.k8s.io']);
    expect(causes([...owners(), autoscaler(blind), api('True')])).toEqual(['autoscaler-inactive on HorizontalPodAutoscaler shop/checkout']);
  });

  test('needs requests', () => {
    const status = condition(
      'ScalingActive',
      'False',
      'FailedGetResourceMetric',
      'failed to get cpu utilization: missing request for cpu in container app of Pod x',
    );
    expect(causes([...owners(), autoscaler(status), api('True')])).toEqual(['autoscaler-requests-missing on Deployment shop/checkout']);
    expect(factsOf('Autoscaler', [...owners(), autoscaler(status)])[0]?.doc).toMatchObject({
      without_requests: ['app'],
      target_status: 'found',
      min: 2,
      max: 4,
    });
  });

  test('at its maximum is a cause only while it would go higher', () => {
    const full = { currentReplicas: 4 };
    expect(causes([...owners(), autoscaler({ ...full, ...condition('ScalingLimited', 'True', 'TooManyReplicas') })])).toEqual([
      'autoscaler-at-maximum on HorizontalPodAutoscaler shop/checkout',
    ]);
    expect(findings([...owners(), autoscaler({ ...full, ...condition('ScalingLimited', 'False', 'DesiredWithinRange') })])).toEqual([]);
    expect(findings([...owners(), autoscaler(condition('ScalingLimited', 'True', 'TooFewReplicas'))])).toEqual([]);
  });

  test('shares its target with another', () => {
    expect(causes([...owners(), autoscaler(), autoscaler({}, 'other')])).toEqual([
      'autoscalers-share-target on HorizontalPodAutoscaler shop/checkout',
      'autoscalers-share-target on HorizontalPodAutoscaler shop/other',
    ]);
  });
});
