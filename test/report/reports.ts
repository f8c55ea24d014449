import type { RootCause } from '../../src/domain/cause.ts';
import type { Evidence } from '../../src/domain/evidence.ts';
import { objectRef } from '../../src/domain/object-ref.ts';
import type { Report } from '../../src/domain/report.ts';
import { aReport } from '../fixtures/report.ts';

const DB = objectRef('StatefulSet', 'shop', 'orders-db');
const DB_SERVICE = objectRef('Service', 'shop', 'orders-db');
const ORDERS = objectRef('Deployment', 'shop', 'orders');
const ORDERS_SERVICE = objectRef('Service', 'shop', 'orders');
const CHECKOUT = objectRef('Deployment', 'shop', 'checkout');
const REPORTING = objectRef('CronJob', 'shop', 'reporting');
const DB_POD = objectRef('Pod', 'shop', 'orders-db-0');
const ORDERS_POD = objectRef('Pod', 'shop', 'orders-7c9f8d6b5-x2x7q');

function evidence(id: string, given: Partial<Evidence>): Evidence {
  return { id, source: 'object', object: DB_POD, field_path: null, excerpt: '', collected_at: '2026-01-31T10:00:00Z', ...given };
}

/** A database that is killed for memory, and what that does to all that call it. */
export const DATABASE_KILLED: RootCause = {
  rank: 1,
  cause_id: 'container-memory-limit-exceeded',
  title: 'Insufficient Memory',
  rule_id: 'container-oom-killed',
  object: DB,
  mechanism: 'Container postgres was killed 7 times because it used more memory than its limit of 256Mi.',
  confidence: 0.98,
  confidence_score: 'high',
  confidence_reasons: [
    'one field or message proves it',
    '+0.01 independent sources agree: event, object',
    '+0.02 it also explains the trouble of 3 other objects',
  ],
  since: '2026-01-31T09:41:07Z',
  chain: [
    { from: DB, to: DB_SERVICE, mechanism: 'Service shop/orders-db sends its traffic to the pods of StatefulSet shop/orders-db', evidence_ids: ['ev-3'] },
    {
      from: DB_SERVICE,
      to: ORDERS,
      mechanism: 'Container app cannot reach its database at orders-db:5432: connection refused, 214 times since 09:41.',
      evidence_ids: ['ev-4', 'ev-5'],
    },
    { from: ORDERS, to: ORDERS_SERVICE, mechanism: 'None of the 2 pods behind the Service is ready.', evidence_ids: ['ev-6'] },
    { from: ORDERS_SERVICE, to: CHECKOUT, mechanism: 'Container app gets 503 from http://orders:8080/api/v1/orders.', evidence_ids: ['ev-7'] },
    { from: DB_SERVICE, to: REPORTING, mechanism: 'The last job failed: it cannot reach orders-db:5432.', evidence_ids: ['ev-8'] },
  ],
  affected: [DB_SERVICE, ORDERS, REPORTING, ORDERS_SERVICE, CHECKOUT, objectRef('Ingress', 'shop', 'shop')],
  change: {
    object: DB,
    field_path: 'spec.template.spec.containers[name=postgres].resources.limits.memory',
    from: '1Gi',
    to: '256Mi',
    at: '2026-01-31T09:38:00Z',
    revision: 7,
    previous_revision: 6,
    also: [{ field_path: 'spec.template.spec.containers[name=postgres].image', from: 'postgres:16.1', to: 'postgres:16.2' }],
    mechanism: 'The lower limit is below what the container uses.',
    evidence_ids: ['ev-9'],
  },
  remediation: [
    {
      text: 'Raise the memory limit of container postgres above what it uses at its peak, or roll the change back.',
      command: 'kubectl set resources statefulset/orders-db -n shop -c postgres --limits=memory=1Gi',
      risk: 'medium',
    },
    { text: 'Watch whether its use keeps growing: then it leaks.', command: 'kubectl top pod orders-db-0 -n shop --containers', risk: 'low' },
  ],
  references: ['https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/'],
  evidence_ids: ['ev-1', 'ev-2', 'ev-9'],
};

export const EVIDENCE: readonly Evidence[] = [
  evidence('ev-1', {
    container: 'postgres',
    field_path: 'status.containerStatuses[name=postgres].lastState.terminated',
    excerpt: 'reason=OOMKilled exitCode=137 finishedAt=2026-01-31T09:58:12Z',
    observed_at: '2026-01-31T09:58:12Z',
  }),
  evidence('ev-2', {
    source: 'event',
    excerpt: 'Warning BackOff (x21): Back-off restarting failed container postgres in pod orders-db-0',
    observed_at: '2026-01-31T09:59:40Z',
  }),
  evidence('ev-3', { object: DB_SERVICE, field_path: 'spec.selector', excerpt: '{"app":"orders-db"}' }),
  evidence('ev-4', {
    source: 'log',
    object: ORDERS_POD,
    container: 'app',
    excerpt:
      '2026-01-31T09:59:58Z ERROR c.s.orders.Repository\n  org.postgresql.util.PSQLException: Connection to orders-db:5432 refused.\n  Caused by: java.net.ConnectException: Connection refused',
    observed_at: '2026-01-31T09:59:58Z',
  }),
  evidence('ev-9', {
    object: DB,
    field_path: 'spec.template.spec.containers[name=postgres].resources.limits.memory',
    excerpt: 'revision 6: 1Gi, revision 7: 256Mi',
    observed_at: '2026-01-31T09:38:00Z',
  }),
];

/** Everything that a report can hold, with one cause. */
export function fullReport(given: Partial<Report> = {}): Report {
  return aReport({
    root_causes: [DATABASE_KILLED],
    evidence: [...EVIDENCE],
    scope: { namespaces: ['shop'], objects: [CHECKOUT], since: null, until: null },
    ruled_out: [
      {
        cause_id: 'image-tag-not-found',
        title: 'Image Tag Does Not Exist',
        object: objectRef('Deployment', 'shop', 'search'),
        reason: 'Pod shop/search-6f7d recovered: ready since 2026-01-31T08:12:00Z',
        evidence_ids: ['ev-11'],
      },
    ],
    observations: [{ text: 'The rollout of revision 12 is in progress.', object: objectRef('Deployment', 'shop', 'web'), evidence_ids: ['ev-12'] }],
    gaps: [{ what: 'logs of Pod shop/search-6f7d', why: 'forbidden', needs: 'get pods/log in shop' }],
    timeline: [
      {
        at: '2026-01-31T09:38:00Z',
        text: 'StatefulSet shop/orders-db: the memory limit of postgres goes from 1Gi to 256Mi',
        object: DB,
        evidence_ids: ['ev-9'],
      },
      { at: '2026-01-31T09:41:07Z', text: 'StatefulSet shop/orders-db: Insufficient Memory', object: DB, evidence_ids: ['ev-1'] },
      { at: '2026-01-31T09:41:09Z', text: 'Deployment shop/orders: Database Unreachable', object: ORDERS, evidence_ids: ['ev-4'] },
      {
        at: '2026-01-31T09:59:40Z',
        text: 'Warning BackOff (x21): Back-off restarting failed container postgres in pod orders-db-0_shop(6b0f4b2e-7a55-4c3d-9a43-2a8d5d1f0c11)',
        object: DB_POD,
        evidence_ids: ['ev-2'],
      },
    ],
    engine: { version: '0.1.0', duration_ms: 412, api_requests: 23, llm: null },
    ...given,
  });
}

export function manyCauses(count: number): Report {
  const causes = Array.from({ length: count }, (_, index) => ({
    ...DATABASE_KILLED,
    rank: index + 1,
    object: objectRef('Deployment', 'shop', `app-${index + 1}`),
    chain: [],
    affected: [],
    change: null,
    references: [],
    confidence: 0.95 - index * 0.1,
    confidence_score: index < 2 ? ('high' as const) : ('medium' as const),
  }));
  return fullReport({ root_causes: causes });
}

export function undetermined(): Report {
  return fullReport({
    verdict: 'undetermined',
    root_causes: [],
    suggested_root_cause: null,
    confidence_score: null,
    ruled_out: [],
    timeline: [],
    coverage: [
      { kind: 'pods', namespace: 'shop', state: 'found', items: 9 },
      { kind: 'deployments', namespace: 'shop', state: 'found', items: 1 },
      { kind: 'events', namespace: 'shop', state: 'forbidden', items: 0 },
    ],
    observations: [
      {
        text: 'Container app of Pod shop/checkout-1 restarts again and again. No reason for it could be read.',
        object: objectRef('Pod', 'shop', 'checkout-1'),
        evidence_ids: ['ev-1'],
      },
    ],
    gaps: [
      { what: 'logs of Pod shop/checkout-1', why: 'forbidden', needs: 'get pods/log in shop' },
      { what: 'events in shop', why: 'forbidden', needs: 'list events in shop' },
    ],
    next_commands: [
      'kubectl describe pod/checkout-1 -n shop',
      'kubectl logs checkout-1 -n shop -c app --tail=100 --previous',
      'kubectl auth can-i get pods/log -n shop',
    ],
  });
}

export function noFault(): Report {
  return fullReport({
    verdict: 'no-fault-found',
    root_causes: [],
    suggested_root_cause: null,
    confidence_score: null,
    gaps: [],
    timeline: [],
    ruled_out: [],
    observations: [],
    coverage: [
      { kind: 'pods', namespace: 'shop', state: 'found', items: 9 },
      { kind: 'deployments', namespace: 'shop', state: 'found', items: 5, truncated: true },
    ],
  });
}
