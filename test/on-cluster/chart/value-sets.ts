/** The main ways to run the chart, by name: what is checked of all that it renders is checked of each of them. */
export const VALUE_SETS = {
  default: {},
  postgres: {
    'store.postgres.existingSecret': 'pg',
    'orchestrator.replicas': 2,
  },
  namespaces: {
    'rbac.scope': 'namespaces',
    'rbac.namespaces': '{shop,pay}',
  },
  everything: {
    'store.postgres.existingSecret': 'pg',
    'orchestrator.replicas': 2,
    'orchestrator.autoscaling.enabled': true,
    'agent.auth': 'serviceAccount',
    'agent.tls.mutual': true,
    'ollama.enabled': true,
    'serviceMonitor.enabled': true,
    'prometheusRule.enabled': true,
    'grafanaDashboard.enabled': true,
    'job.enabled': true,
    'job.description': 'web fails',
    'rbac.scope': 'namespaces',
    'rbac.namespaces': '{shop,pay}',
    'ingress.enabled': true,
    'ingress.host': 'sre.example.com',
    'ingress.tlsSecretName': 'sre-tls',
    offline: true,
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string | number | boolean>>>>;
