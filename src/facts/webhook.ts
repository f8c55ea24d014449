import type { Fact, Origin } from '../domain/fact.ts';
import type { WebhookDoc } from '../domain/facts/webhook.ts';
import { refOf } from '../domain/kubernetes/object.ts';
import type { WebhookConfiguration } from '../domain/kubernetes/policy.ts';
import { type ObjectRef, refKey, refLabel } from '../domain/object-ref.ts';
import { certificatesBehind } from './certificates-behind.ts';
import type { FactContext } from './context.ts';
import { objectFact } from './object-fact.ts';
import { type Refusal, refusals } from './refusals.ts';
import { type ServiceBackend, serviceBackend } from './service-backend.ts';

type Webhook = NonNullable<WebhookConfiguration['webhooks']>[number];

const ERRORS: readonly (readonly [RegExp, NonNullable<WebhookDoc['error']>])[] = [
  [/no endpoints available/, 'no-endpoints'],
  [/x509|tls:|certificate/, 'tls'],
  [/service "[^"]*" not found|not found/, 'not-found'],
  [/connection refused/, 'refused'],
  [/deadline exceeded|timeout|timed out/i, 'timeout'],
];

export function* webhookFacts(context: FactContext): Iterable<Fact> {
  for (const kind of ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'] as const) {
    for (const configuration of context.inventory.list<WebhookConfiguration>(kind)) {
      for (const webhook of configuration.webhooks ?? []) yield webhookFact(context, configuration, webhook);
    }
  }
}

function webhookFact(context: FactContext, configuration: WebhookConfiguration, webhook: Webhook): Fact {
  const calls = refusals(context).filter(({ text }) => text.text.includes(`failed calling webhook "${webhook.name}"`));
  const { service } = webhook.clientConfig ?? {};
  const backend = service === undefined ? undefined : serviceBackend(context, service.namespace, service.name);
  return objectFact({
    subject: 'Webhook',
    object: refOf(configuration),
    part: webhook.name,
    doc: webhookDoc(configuration, webhook, { backend, calls, guarded: guardedBy(context, configuration) }),
    texts: calls.map(({ text }) => text),
    relations: { webhook: refOf(configuration), service: backend?.ref, backend: backend?.workload ?? backend?.ref },
    groups: {
      refused: distinct(calls.filter(({ text }) => !text.stale).map(({ workload }) => workload)),
      certificates: calls.length === 0 ? [] : certificatesBehind(context.graph, backend?.workload),
    },
    since: calls.at(-1)?.text.at ?? null,
    origins: webhookOrigins(webhook, backend),
  });
}

function webhookDoc(
  configuration: WebhookConfiguration,
  webhook: Webhook,
  { backend, calls, guarded }: { readonly backend: ServiceBackend | undefined; readonly calls: readonly Refusal[]; readonly guarded: number },
): Readonly<WebhookDoc> {
  const current = calls.filter(({ text }) => !text.stale);
  const workloads = distinct(current.map(({ workload }) => workload));
  const rules = (webhook.rules ?? []).filter(({ operations = ['*'] }) => operations.some((operation) => operation === '*' || operation === 'CREATE'));
  const resources = [...new Set(rules.flatMap(({ resources: own = [] }) => own))];
  return {
    name: webhook.name,
    configuration: configuration.metadata.name,
    kind: configuration.kind,
    failure_policy: webhook.failurePolicy ?? 'Fail',
    timeout_s: webhook.timeoutSeconds ?? 10,
    url: webhook.clientConfig?.url ?? null,
    service: backend === undefined ? null : `${backend.ref.namespace}/${backend.ref.name}`,
    service_status: backend?.status ?? null,
    ready_endpoints: backend?.ready ?? null,
    backend_down: backend?.down ?? false,
    guards_pods: resources.some((resource) => resource === '*' || resource === 'pods' || resource === '*/*'),
    guarded,
    resources,
    refused: workloads.length,
    refused_text: workloads.length === 0 ? null : workloads.slice(0, 5).map(refLabel).join(', '),
    error: current[0] === undefined ? null : (ERRORS.find(([pattern]) => pattern.test(current[0]?.text.text ?? ''))?.[1] ?? 'other'),
  };
}

function guardedBy({ graph }: FactContext, configuration: WebhookConfiguration): number {
  return graph.neededBy(refOf(configuration)).filter(({ type }) => type === 'admitted-by').length;
}

function distinct(refs: readonly ObjectRef[]): ObjectRef[] {
  return [...new Map(refs.map((ref) => [refKey(ref), ref])).values()];
}

function webhookOrigins(webhook: Webhook, backend: ServiceBackend | undefined): Record<string, string | Origin> {
  const field = (path: string): string => `webhooks[name=${webhook.name}].${path}`;
  const service: Origin | string = backend === undefined ? field('clientConfig') : { object: backend.ref, fieldPath: 'endpoints', source: 'lookup' };
  return {
    failure_policy: field('failurePolicy'),
    service: field('clientConfig.service'),
    resources: field('rules'),
    guards_pods: field('rules'),
    guarded: field('namespaceSelector'),
    ready_endpoints: service,
    backend_down: service,
    service_status: service,
  };
}
