import { createHash } from 'node:crypto';
import type { AlertmanagerAlert } from '../protocol/alerts.ts';
import type { IncomingAlert } from './alert.ts';

/** Labels that name what an alert is about, as kube-prometheus and most rules set them. */
const OBJECTS = ['deployment', 'statefulset', 'daemonset', 'cronjob', 'job_name', 'service', 'ingress', 'persistentvolumeclaim', 'pod', 'node'] as const;
/** Go's zero time: it goes on. */
const NEVER = /^0001-/;

/** An alert of Alertmanager's webhook (https://prometheus.io/docs/alerting/latest/configuration/#webhook_config), version 4. */
export function fromAlertmanager({ status, labels, annotations, startsAt, endsAt, fingerprint }: AlertmanagerAlert): IncomingAlert {
  const { namespace, alertname = 'alert' } = labels;
  return {
    fingerprint: fingerprint ?? fingerprintOf(labels),
    isFiring: status === 'firing',
    name: alertname,
    namespace: namespace === undefined || namespace === '' ? undefined : namespace,
    objects: OBJECTS.flatMap((label) => (labels[label] === undefined ? [] : [`${label.replace('_name', '')} ${labels[label]}`])),
    summary: annotations['summary'] ?? annotations['description'] ?? annotations['message'],
    startedAt: startsAt,
    endedAt: status === 'firing' || endsAt === undefined || NEVER.test(endsAt) ? null : endsAt,
  };
}

function fingerprintOf(labels: Readonly<Record<string, string>>): string {
  const sorted = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 16);
}
