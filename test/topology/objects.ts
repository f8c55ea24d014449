/** Objects as the API returns them, with only what a test speaks of. `spec` is that of the pod. */
type Fields = Readonly<Record<string, unknown>>;

export function deployment(namespace: string, name: string, spec: Fields = {}, labels: Record<string, string> = { app: name }) {
  return {
    kind: 'Deployment',
    metadata: { namespace, name, uid: `uid-${name}` },
    spec: { replicas: 1, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [container(name)], ...spec } } },
  };
}

export function container(name: string, fields: Fields = {}) {
  return { name, image: `${name}:1`, ...fields };
}

export function env(variables: Readonly<Record<string, string>>) {
  return Object.entries(variables).map(([name, value]) => ({ name, value }));
}

/** A Deployment with its ReplicaSet and one pod per name in `pods`. */
export function running(namespace: string, name: string, spec: Fields = {}, pods: readonly string[] = ['aaaaa']) {
  const owner = deployment(namespace, name, spec);
  const replicaSet = {
    kind: 'ReplicaSet',
    metadata: { namespace, name: `${name}-6d4cf56db6`, ownerReferences: [{ kind: 'Deployment', name, controller: true }] },
    spec: owner.spec,
  };
  return [
    owner,
    replicaSet,
    ...pods.map((suffix) => podOf(namespace, `${name}-6d4cf56db6`, suffix, { spec: owner.spec.template.spec, labels: { app: name } })),
  ];
}

export function podOf(namespace: string, replicaSet: string, suffix: string, { spec = {}, labels = {} }: { spec?: Fields; labels?: Record<string, string> }) {
  return {
    kind: 'Pod',
    metadata: { namespace, name: `${replicaSet}-${suffix}`, labels, ownerReferences: [{ kind: 'ReplicaSet', name: replicaSet, controller: true }] },
    spec: { containers: [], nodeName: 'n1', ...spec },
    status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
  };
}

export function service(namespace: string, name: string, fields: Fields = {}) {
  return { kind: 'Service', metadata: { namespace, name }, spec: { selector: { app: name }, ports: [{ port: 80, targetPort: 8080 }], ...fields } };
}

export function named(kind: string, namespace: string | undefined, name: string, fields: Fields = {}) {
  return { kind, metadata: namespace === undefined ? { name } : { namespace, name }, ...fields };
}
