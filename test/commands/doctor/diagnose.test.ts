import { describe, expect, test } from 'vitest';
import type { Reviewed, SelfReviews } from '../../../src/cluster/live/access-review.ts';
import { type Permission, permissionLabel } from '../../../src/cluster/live/permission.ts';
import type { ClusterReader } from '../../../src/cluster/reader.ts';
import { type DoctorDeps, diagnose } from '../../../src/commands/doctor/diagnose.ts';
import { doctorStatus } from '../../../src/commands/doctor/doctor-report.ts';
import { doctorText } from '../../../src/commands/doctor/doctor-text.ts';
import { coded } from '../../../src/errors/coded-error.ts';
import { neededPermissions } from '../../../src/evidence/collect/needed-permissions.ts';

const { signal } = new AbortController();

const serving = (apis: readonly (readonly [string, string])[]): Promise<never> =>
  Promise.resolve({
    status: 'found',
    readAt: '',
    value: { items: apis.map(([group, version]) => ({ metadata: { name: `${version}.${group}` }, spec: { group, version } })) },
  } as never);

/** A cluster of which only what the doctor asks for is there. */
const reader = (parts: Partial<ClusterReader> = {}): ClusterReader => ({
  target: { reader: 'live', cluster: 'prod', context: 'prod-admin', server_version: 'v1.34.4' },
  defaultNamespace: 'shop',
  asOf: '2026-03-01T10:00:00Z',
  requests: 1,
  list: (kind) => (kind === 'APIService' ? serving([]) : Promise.reject(new Error('the doctor lists nothing else'))),
  get: () => Promise.reject(new Error('the doctor gets nothing')),
  logs: () => Promise.reject(new Error('the doctor reads no log')),
  attachment: () => Promise.resolve(undefined),
  [Symbol.asyncDispose]: () => Promise.resolve(),
  ...parts,
});

const reviewing = (review: (needed: readonly Permission[]) => Reviewed): SelfReviews => ({
  review: (needed) => Promise.resolve(review(needed)),
  whoAmI: () => Promise.resolve('jo'),
  [Symbol.asyncDispose]: () => Promise.resolve(),
});

function deps(parts: Partial<DoctorDeps> = {}): DoctorDeps {
  let clock = Date.parse('2026-03-01T10:00:00Z');
  return {
    nodeVersion: '24.21.0',
    namespace: undefined,
    allNamespaces: false,
    now: () => {
      clock += 7;
      return new Date(clock);
    },
    openReader: () => Promise.resolve(reader()),
    openTelemetry: () => Promise.resolve(undefined),
    openReviews: () => Promise.resolve(reviewing(() => ({ missing: [], undecided: [] }))),
    probeStore: () => Promise.resolve([]),
    countRules: () => Promise.resolve(120),
    ...parts,
  };
}

const missing = (...resources: string[]) =>
  reviewing((needed) => ({ missing: needed.filter((permission) => resources.includes(permissionLabel(permission))), undecided: [] }));

describe('doctor', () => {
  test('says in a line each that all is well', async () => {
    const report = await diagnose(deps(), signal);
    expect([doctorStatus(report), report.rbac]).toEqual(['ok', null]);
    expect(doctorText(report)).toMatchInlineSnapshot(`
      "ok    node:        Node 24.21.0
      ok    cluster:     prod (context prod-admin) answers, Kubernetes v1.34.4, in 7 ms
      ok    permissions: jo may read all that an investigation of namespace shop needs
      ok    store:       investigations can be stored
      ok    rules:       120 rules load without a problem
      "
    `);
  });

  test('names missing permissions, and the roles that grant them', async () => {
    const report = await diagnose(deps({ openReviews: () => Promise.resolve(missing('list nodes', 'list pods in shop')) }), signal);
    expect(doctorStatus(report)).toBe('fail');
    expect(doctorText(report)).toMatchInlineSnapshot(`
      "ok    node:        Node 24.21.0
      ok    cluster:     prod (context prod-admin) answers, Kubernetes v1.34.4, in 7 ms
      FAIL  permissions: jo lacks 2 of 37 permissions for namespace shop, so an investigation cannot see what matters: list pods in shop, list nodes
            -> Let an administrator apply the roles below: sre-orch doctor --output json | jq -r .rbac | kubectl apply -f -
      ok    store:       investigations can be stored
      ok    rules:       120 rules load without a problem

      # Grants what is missing; kubectl apply -f -
      apiVersion: rbac.authorization.k8s.io/v1
      kind: Role
      metadata:
        name: sre-orch-reader
        namespace: shop
      rules:
        - apiGroups: ['']
          resources: [pods, events, services, configmaps, persistentvolumeclaims, resourcequotas, limitranges, serviceaccounts]
          verbs: [list]
        - apiGroups: [apps]
          resources: [deployments, replicasets, statefulsets, daemonsets, controllerrevisions]
          verbs: [list]
        - apiGroups: [discovery.k8s.io]
          resources: [endpointslices]
          verbs: [list]
        - apiGroups: [batch]
          resources: [jobs, cronjobs]
          verbs: [list]
        - apiGroups: [networking.k8s.io]
          resources: [ingresses, networkpolicies]
          verbs: [list]
        - apiGroups: [autoscaling]
          resources: [horizontalpodautoscalers]
          verbs: [list]
        - apiGroups: [policy]
          resources: [poddisruptionbudgets]
          verbs: [list]
        - apiGroups: ['']
          resources: [pods/log]
          verbs: [get]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata:
        name: sre-orch-reader:jo
        namespace: shop
      roleRef:
        apiGroup: rbac.authorization.k8s.io
        kind: Role
        name: sre-orch-reader
      subjects:
        - apiGroup: rbac.authorization.k8s.io
          kind: User
          name: jo
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata:
        name: sre-orch-reader
      rules:
        - apiGroups: ['']
          resources: [namespaces]
          verbs: [get, list]
        - apiGroups: ['']
          resources: [nodes, persistentvolumes]
          verbs: [list]
        - apiGroups: [admissionregistration.k8s.io]
          resources: [validatingwebhookconfigurations, mutatingwebhookconfigurations]
          verbs: [list]
        - apiGroups: [apiregistration.k8s.io]
          resources: [apiservices]
          verbs: [list]
        - apiGroups: [storage.k8s.io]
          resources: [storageclasses, volumeattachments, csidrivers]
          verbs: [list]
        - apiGroups: [networking.k8s.io]
          resources: [ingressclasses]
          verbs: [list]
        - apiGroups: [scheduling.k8s.io]
          resources: [priorityclasses]
          verbs: [list]
        - apiGroups: [node.k8s.io]
          resources: [runtimeclasses]
          verbs: [list]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRoleBinding
      metadata:
        name: sre-orch-reader:jo
      roleRef:
        apiGroup: rbac.authorization.k8s.io
        kind: ClusterRole
        name: sre-orch-reader
      subjects:
        - apiGroup: rbac.authorization.k8s.io
          kind: User
          name: jo
      "
    `);
  });

  test('asks also for the kinds of add-ons that are installed, each where it is read', async () => {
    const list: ClusterReader['list'] = () =>
      serving([
        ['cert-manager.io', 'v1'],
        ['argoproj.io', 'v1alpha1'],
      ]);
    const openReviews = () => Promise.resolve(missing('list certificates in shop', 'list applications', 'list clusterissuers'));
    const { checks, rbac } = await diagnose(deps({ openReader: () => Promise.resolve(reader({ list })), openReviews }), signal);
    expect(checks[2]).toMatchObject({
      status: 'warn',
      text: expect.stringMatching(/lacks 3 of \d+ .*list certificates in shop, list applications, list clusterissuers$/),
    });
    expect(rbac).toMatch(/kind: Role\n[\s\S]*apiGroups: \[cert-manager.io\]\n {4}resources: \[certificates, issuers\]\n[\s\S]*---/);
    expect(rbac).toMatch(/kind: ClusterRole\n[\s\S]*apiGroups: \[argoproj.io\]\n {4}resources: \[applications\]/);
    expect(rbac).not.toContain('httproutes');
  });

  test('says to come again where it may not be known what is installed', async () => {
    const list: ClusterReader['list'] = () => Promise.resolve({ status: 'forbidden', needs: 'list apiservices' });
    const openReviews = () => Promise.resolve(missing('list apiservices'));
    const { checks } = await diagnose(deps({ openReader: () => Promise.resolve(reader({ list })), openReviews }), signal);
    expect(checks[2]?.next_steps.at(-1)).toMatch(/^Then run this again: which add-ons/);
  });

  test('takes a permission that costs a gap for less than one without which nothing is seen', async () => {
    const report = await diagnose(deps({ openReviews: () => Promise.resolve(missing('list nodes')) }), signal);
    expect(report.checks.find(({ name }) => name === 'permissions')).toMatchObject({ status: 'warn', text: expect.stringContaining('reports will have gaps') });
  });

  test('does not call undecided what may be allowed', async () => {
    const undecided = reviewing((needed) => ({
      missing: [],
      undecided: needed.slice(0, 1).map((permission) => ({ permission, reason: 'the webhook is down' })),
    }));
    const report = await diagnose(deps({ openReviews: () => Promise.resolve(undecided) }), signal);
    expect(report.checks.find(({ name }) => name === 'permissions')).toMatchObject({
      status: 'warn',
      text: expect.stringContaining('the webhook is down'),
      next_steps: ['Ask for one of them: kubectl auth can-i list pods --namespace shop'],
    });
  });

  test('tells every failure by its code and next steps, and goes on', async () => {
    const report = await diagnose(
      deps({
        nodeVersion: '20.20.2',
        openReader: () => Promise.reject(coded('CLUSTER_UNREACHABLE', { server: 'https://prod', reason: 'connection refused' })),
        probeStore: () => Promise.reject(coded('STORE_UNAVAILABLE', { path: '/data', reason: 'read-only' })),
        countRules: () => Promise.reject(coded('RULES_INVALID', { problems: ['a.yaml:1:1: no id', 'b.yaml:2:1: no cause'] })),
      }),
      signal,
    );
    expect(report.checks.map(({ name, status }) => `${name} ${status}`)).toEqual(['node fail', 'cluster fail', 'permissions warn', 'store fail', 'rules fail']);
    expect(doctorText(report)).toMatchInlineSnapshot(`
      "FAIL  node:        Node 20.20.2 is too old: 22.22.2 is needed
            -> Install Node 22.22.2 or newer.
      FAIL  cluster:     The API server https://prod could not be reached: connection refused. (CLUSTER_UNREACHABLE)
            -> Check the address, the network and the VPN: kubectl get --raw /version.
            -> Or read a dump: --snapshot PATH.
      warn  permissions: not asked for: the cluster was not reached
      FAIL  store:       The store /data cannot be used: read-only. (STORE_UNAVAILABLE)
            -> Check the permissions of the folder, or whether the database of --store runs; --data-dir DIR takes another folder.
            -> investigate --no-store works without it.
      FAIL  rules:       There are 2 errors in the rules:
              a.yaml:1:1: no id
              b.yaml:2:1: no cause (RULES_INVALID)
            -> Correct each of them; docs/rules.md describes the format.
            -> sre-orch rules lint DIR checks them again.
      "
    `);
  });

  test('tells what happened to the store, a version that may not be read, and reviews that cannot be had', async () => {
    const target = { reader: 'live' as const, cluster: 'in-cluster', context: null, server_version: null };
    const report = await diagnose(
      deps({
        openReader: () => Promise.resolve(reader({ target })),
        openReviews: () => Promise.reject(new Error('no reviews')),
        probeStore: () => Promise.resolve(['a corrupt store was kept aside']),
      }),
      signal,
    );
    expect(report.checks.map(({ status }) => status)).toEqual(['ok', 'ok', 'fail', 'warn', 'ok']);
    expect(report.checks[1]?.text).toContain('the cluster this runs in answers, Kubernetes of a version that may not be read');
  });

  test.each<[string, Partial<DoctorDeps>, string]>([
    ['asked for', { namespace: 'vault' }, 'namespace vault'],
    ['of the context', {}, 'namespace shop'],
    ['all', { allNamespaces: true, namespace: 'vault' }, 'all namespaces'],
  ])('looks at the namespace %s', async (_, parts, where) => {
    const report = await diagnose(deps(parts), signal);
    expect(report.checks[2]?.text).toContain(where);
  });

  test('ends with an abort', async () => {
    await expect(diagnose(deps(), AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
  });
});

describe('what an investigation needs', () => {
  test('is no permission on Secrets, and none twice', () => {
    for (const namespace of ['shop', 'default', undefined]) {
      const labels = neededPermissions(namespace).map(({ permission }) => permissionLabel(permission));
      expect(labels.filter((label) => label.includes('secrets'))).toEqual([]);
      expect(new Set(labels).size).toBe(labels.length);
    }
  });

  test('holds the logs of pods and the events of nodes', () => {
    const labels = neededPermissions('shop').map(({ permission }) => permissionLabel(permission));
    expect(labels).toEqual(
      expect.arrayContaining(['get pods/log in shop', 'list events in default', 'list leases in kube-node-lease', 'get namespaces', 'list nodes']),
    );
    expect(neededPermissions(undefined).every(({ permission }) => permission.namespace === undefined)).toBe(true);
  });
});
