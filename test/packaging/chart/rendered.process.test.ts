import { X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { HELM } from '../../../scripts/chart/helm.ts';
import { render } from './render.ts';
import { VALUE_SETS } from './value-sets.ts';

interface Container {
  readonly name: string;
  readonly image: string;
  readonly securityContext?: Readonly<Record<string, unknown>>;
  readonly resources?: { readonly limits?: { readonly cpu?: string; readonly memory?: string }; readonly requests?: object };
  readonly args?: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: object }[];
}

interface PodSpec {
  readonly automountServiceAccountToken?: boolean;
  readonly securityContext?: Readonly<Record<string, unknown>>;
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly volumes?: readonly Readonly<Record<string, unknown>>[];
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
}

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

interface Rendered {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> };
  readonly spec?: { readonly template?: { readonly spec: PodSpec }; readonly [key: string]: unknown };
  readonly rules?: readonly Rule[];
}

const SETS = Object.entries(VALUE_SETS);

const rendered = (set: Readonly<Record<string, string | number | boolean>>): Promise<Rendered[]> => render(set);
const podsOf = (objects: readonly Rendered[]): { name: string; spec: PodSpec }[] =>
  objects.flatMap(({ kind, metadata: { name }, spec }) => {
    const pod = kind === 'Pod' ? (spec as unknown as PodSpec) : spec?.template?.spec;
    return pod === undefined ? [] : [{ name: `${kind}/${name}`, spec: pod }];
  });
const containersOf = ({ containers, initContainers = [] }: PodSpec): Container[] => [...initContainers, ...containers];
const refusal = async (set: Readonly<Record<string, string | number | boolean>>): Promise<string> =>
  rendered(set).then(
    () => 'nothing',
    (error: unknown) => (error as { stderr: string }).stderr,
  );

describe.skipIf(HELM === undefined).each(SETS)('the chart with the values "%s"', (_name, set) => {
  test('runs every container restricted: not as root, nothing to write to, no capabilities', async () => {
    const pods = podsOf(await rendered(set));
    expect(pods.length).toBeGreaterThan('orchestrator.enabled' in set ? 0 : 2);
    for (const { name, spec } of pods) {
      expect(spec.securityContext, name).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
      expect([spec.hostNetwork, spec.hostPID], name).toEqual([undefined, undefined]);
      expect(spec.volumes?.filter((volume) => 'hostPath' in volume) ?? [], name).toEqual([]);
      for (const { name: container, securityContext, resources } of containersOf(spec)) {
        expect(securityContext, `${name} ${container}`).toMatchObject({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
        expect(Object.keys(resources?.limits ?? {}).sort(), `${name} ${container}`).toEqual(['cpu', 'memory']);
        expect(Object.keys(resources?.requests ?? {}).sort(), `${name} ${container}`).toEqual(['cpu', 'memory']);
      }
    }
  });

  test('mounts a token of the API server in the agent and the job alone', async () => {
    const withToken = podsOf(await rendered(set)).filter(({ spec }) => spec.automountServiceAccountToken !== false);
    expect(withToken.map(({ name }) => name).sort()).toEqual(
      ['Deployment/sre-sre-orchestrator-agent', ...('job.enabled' in set ? ['Job/sre-sre-orchestrator-once'] : [])].sort(),
    );
  });

  test('allows reads only, without a wildcard, and Secrets only by opt-in', async () => {
    const rules = (await rendered(set)).flatMap(({ rules: own = [] }) => own);
    const reviews = rules.filter(({ resources }) => resources.includes('tokenreviews'));
    const reads = rules.filter((rule) => !reviews.includes(rule));
    expect(rules.flatMap(({ apiGroups, resources, verbs }) => [...apiGroups, ...resources, ...verbs]).filter((name) => name.includes('*'))).toEqual([]);
    expect(new Set(reads.flatMap(({ verbs }) => verbs)).difference(new Set(['get', 'list', 'watch']))).toEqual(new Set());
    expect(reads.flatMap(({ resources }) => resources).filter((name) => name === 'secrets' || name.endsWith('/exec'))).toEqual(
      'rbac.secrets' in set ? ['secrets'] : [],
    );
    expect(reviews.every(({ verbs }) => verbs.join() === 'create')).toBe(true);
  });

  test('lets only the orchestrator reach the agent, or who was named for an agent alone', async () => {
    const policies = (await rendered(set)).filter(({ kind }) => kind === 'NetworkPolicy');
    const ofAgent = policies.find(({ metadata }) => metadata.labels['app.kubernetes.io/component'] === 'agent');
    const orchestrator = { podSelector: { matchLabels: expect.objectContaining({ 'app.kubernetes.io/component': 'orchestrator' }) } };
    const from = 'orchestrator.enabled' in set ? [{ ipBlock: { cidr: '203.0.113.4/32' } }] : [orchestrator];
    expect(ofAgent?.spec).toMatchObject({ policyTypes: ['Ingress', 'Egress'], ingress: [{ from, ports: [{ port: 8443 }] }] });
  });
});

describe.skipIf(HELM === undefined)('the chart', () => {
  test('has the Job of a release that is cut off ask the model inside, and nobody outside', async () => {
    const objects = await rendered(VALUE_SETS['air-gapped']);
    const [once] = podsOf(objects).filter(({ name }) => name.startsWith('Job/'));
    expect(once?.spec.containers[0]?.env).toEqual(
      expect.arrayContaining([{ name: 'SRE_ORCH_OFFLINE', value: 'true' }, expect.objectContaining({ name: 'LLM_BASE_URL' })]),
    );
    const ofOllama = objects.find(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.labels['app.kubernetes.io/component'] === 'ollama');
    const ofJob = { podSelector: { matchLabels: expect.objectContaining({ 'app.kubernetes.io/component': 'job' }) } };
    expect(ofOllama?.spec).toMatchObject({ ingress: [{ from: expect.arrayContaining([ofJob]) }] });
  });

  test('brings the model of an air-gapped release in a claim or in its image: nothing is pulled, and the window is told to both sides', async () => {
    const claimed = { 'ollama.enabled': true, 'ollama.persistence.existingClaim': 'models', 'ollama.contextTokens': 8192 };
    for (const [set, folder, claim] of [
      [VALUE_SETS['model-in-image'], '/opt/models', undefined],
      [claimed, '/models', 'models'],
      [VALUE_SETS['air-gapped'], '/models', 'sre-sre-orchestrator-ollama'],
    ] as const) {
      const objects = await rendered(set);
      const ollama = podsOf(objects).find(({ name }) => name.endsWith('-ollama'))?.spec;
      const pulls = claim?.endsWith('-ollama') === true;
      expect(ollama?.initContainers?.map(({ name }) => name) ?? []).toEqual(pulls ? ['pull'] : []);
      expect(objects.filter(({ kind, metadata }) => kind === 'PersistentVolumeClaim' && metadata.name.endsWith('-ollama'))).toHaveLength(pulls ? 1 : 0);
      const env = ollama?.containers[0]?.env;
      expect(env).toContainEqual({ name: 'OLLAMA_MODELS', value: folder });
      expect(ollama?.volumes?.flatMap(({ persistentVolumeClaim: of }) => (of === undefined ? [] : [of]))).toEqual(
        claim === undefined ? [] : [{ claimName: claim }],
      );
      const tokens = env?.find(({ name }) => name === 'OLLAMA_CONTEXT_LENGTH')?.value;
      expect(tokens).toBe('ollama.contextTokens' in set ? '8192' : '16384');
      const asking = podsOf(objects).filter(({ spec }) => spec.containers.some(({ env: own = [] }) => own.some(({ name }) => name === 'LLM_BASE_URL')));
      expect(asking.length).toBeGreaterThan(0);
      for (const { spec } of asking) expect(spec.containers[0]?.env).toContainEqual({ name: 'LLM_CONTEXT_TOKENS', value: tokens });
    }
  });

  test('leaves the agent alone where an orchestrator of another cluster asks it: reached from there, by a key and a name that are brought', async () => {
    const objects = await rendered(VALUE_SETS['agent-alone']);
    expect(new Set(objects.map(({ metadata }) => metadata.labels['app.kubernetes.io/component']))).toEqual(new Set(['agent']));
    const [service] = objects.filter(({ kind }) => kind === 'Service');
    expect(service?.spec).toMatchObject({ type: 'LoadBalancer', externalTrafficPolicy: 'Local', ports: [{ port: 8443 }] });
    const secrets = objects.filter(({ kind }) => kind === 'Secret') as (Rendered & { data: Record<string, string> })[];
    expect(secrets.map(({ metadata }) => metadata.name)).toEqual(['sre-sre-orchestrator-agent-tls']);
    const certificate = new X509Certificate(Buffer.from(secrets[0]?.data['tls.crt'] ?? '', 'base64'));
    const authority = new X509Certificate(Buffer.from(secrets[0]?.data['ca.crt'] ?? '', 'base64'));
    expect(certificate.verify(authority.publicKey)).toBe(true);
    expect(certificate.checkHost('agent.west.example')).toBe('agent.west.example');
    expect(certificate.checkHost('sre-sre-orchestrator-agent.ops.svc')).toBe('sre-sre-orchestrator-agent.ops.svc');
    expect(certificate.checkIP('198.51.100.7')).toBe('198.51.100.7');
    expect(certificate.checkHost('agent.east.example')).toBeUndefined();
    const volumes = podsOf(objects).flatMap(({ spec }) => spec.volumes ?? []);
    expect(volumes).toContainEqual({ name: 'key', secret: expect.objectContaining({ secretName: 'shared-key' }) });
  });

  test('tells the orchestrator of further agents, with what they are known by', async () => {
    const objects = await rendered({ ...VALUE_SETS['many-clusters'], 'agent.service.port': 9443 });
    const [config] = objects.filter(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === 'sre-sre-orchestrator');
    const { agents } = parse((config as Rendered & { data: Record<string, string> }).data['agents.yaml'] ?? '') as { agents: object };
    expect(agents).toEqual({
      default: { url: 'https://sre-sre-orchestrator-agent.ops.svc:9443', ca: 'agent-tls/ca.crt', key_file: 'agent-key/key' },
      west: { url: 'https://agent.west.example:8443', ca: 'secrets/west/ca.crt', key_file: 'secrets/west/key' },
    });
    const mounted = JSON.stringify(podsOf(objects).find(({ name }) => name === 'Deployment/sre-sre-orchestrator')?.spec.volumes);
    for (const path of ['secrets/west/ca.crt', 'secrets/west/key', 'agent-tls/ca.crt', 'agent-key/key']) expect(mounted).toContain(`"${path}"`);
  });

  test('asks for at most half a CPU and 512 MiB for both parts together', async () => {
    const limits = podsOf(await rendered({}))
      .filter(({ name }) => name.startsWith('Deployment/') && !name.endsWith('planted'))
      .flatMap(({ spec }) => containersOf(spec).map(({ resources }) => resources?.limits));
    const cpu = limits.map((limit) => Number.parseInt(limit?.cpu ?? '', 10)).reduce((sum, each) => sum + each, 0);
    const memory = limits.map((limit) => Number.parseInt(limit?.memory ?? '', 10)).reduce((sum, each) => sum + each, 0);
    expect(limits.every((limit) => limit?.cpu?.endsWith('m') && limit.memory?.endsWith('Mi'))).toBe(true);
    expect(limits).toHaveLength(2);
    expect(cpu).toBeLessThanOrEqual(500);
    expect(memory).toBeLessThanOrEqual(512);
  });

  test('adds Secrets to what is read only where that is asked for', async () => {
    const rules = (await rendered({ 'rbac.secrets': true })).flatMap(({ rules: own = [] }) => own);
    expect(rules.filter(({ resources }) => resources.includes('secrets')).map(({ verbs }) => verbs)).toEqual([['get']]);
  });

  test('cut to namespaces it has no role of the cluster', async () => {
    const kinds = (await rendered({ 'rbac.scope': 'namespaces', 'rbac.namespaces': '{shop}' })).map(({ kind }) => kind);
    expect(kinds).toContain('RoleBinding');
    expect(kinds.filter((kind) => kind.startsWith('Cluster'))).toEqual([]);
  });

  test('sends traces of both parts to the collector that is named, may reach it, and keeps its key in the Secret', async () => {
    const objects = await rendered(VALUE_SETS.traced);
    const traced = podsOf(objects).filter(({ spec }) => spec.containers.some(({ env = [] }) => env.some(({ name }) => name.startsWith('OTEL_'))));
    expect(traced.map(({ name }) => name).sort()).toEqual(['Deployment/sre-sre-orchestrator', 'Deployment/sre-sre-orchestrator-agent']);
    for (const { name, spec } of traced) {
      expect(spec.containers[0]?.env, name).toEqual(
        expect.arrayContaining([
          { name: 'SRE_ORCH_INSECURE_HTTP', value: 'collector.monitoring.svc' },
          { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: 'http://collector.monitoring.svc:4318' },
          { name: 'OTEL_EXPORTER_OTLP_HEADERS', valueFrom: { secretKeyRef: { name: 'otlp', key: 'headers' } } },
          { name: 'OTEL_TRACES_SAMPLER_ARG', value: '0.25' },
          { name: 'OTEL_RESOURCE_ATTRIBUTES', value: 'k8s.namespace.name=ops,k8s.pod.name=$(POD_NAME)' },
        ]),
      );
    }
    const egress = objects.filter(({ kind }) => kind === 'NetworkPolicy').map(({ spec }) => spec?.['egress']);
    const there = { ports: [{ port: 4318 }], to: [{ namespaceSelector: { matchLabels: { name: 'monitoring' } } }] };
    expect(egress).toEqual([expect.arrayContaining([there]), expect.arrayContaining([there])]);
    const [ofPublic] = (await rendered({ 'tracing.endpoint': 'https://otlp.example' })).filter(({ kind }) => kind === 'NetworkPolicy');
    expect(ofPublic?.spec?.['egress']).toEqual(expect.arrayContaining([{ ports: [{ port: 443 }] }]));
    expect(JSON.stringify(await rendered({}))).not.toMatch(/OTEL|POD_NAME/);
  });

  test.each([
    ['traces to no address', { 'tracing.endpoint': 'collector:4318' }, 'tracing/endpoint'],
    ['a sampler that is none', { 'tracing.sampler': 'sometimes' }, 'tracing/sampler'],
    ['more replicas than a file can serve', { 'orchestrator.replicas': 2 }, 'needs PostgreSQL'],
    ['autoscaling of a file', { 'orchestrator.autoscaling.enabled': true }, 'needs PostgreSQL'],
    ['namespaces that are not named', { 'rbac.scope': 'namespaces' }, 'names none'],
    ['an Ingress without TLS', { 'ingress.enabled': true, 'ingress.host': 'a.example.com' }, 'ingress.tlsSecretName'],
    ['an agent that nobody is', { 'agent.enabled': false }, 'nothing to read'],
    ['to install nothing', { 'agent.enabled': false, 'orchestrator.enabled': false }, 'nothing would be installed'],
    ['an agent alone that nobody may reach', { 'orchestrator.enabled': false }, 'networkPolicy.agentFrom'],
    ['an agent alone that knows its callers by tokens of its own cluster', { 'orchestrator.enabled': false, 'agent.auth': 'serviceAccount' }, 'agent.auth'],
    ['a value that does not exist', { 'orchestrator.replica': 2 }, "additional properties 'replica' not allowed"],
    ['a value of another type', { 'agent.auth': 'password' }, 'agent/auth'],
  ])('refuses %s', async (_what, set, said) => {
    expect(await refusal(set)).toContain(said);
  });

  test('rolls with PostgreSQL, and never runs two processes on one file', async () => {
    const strategy = async (set: object): Promise<unknown> =>
      (await rendered({ ...set })).find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'sre-sre-orchestrator')?.spec?.['strategy'];
    expect(await strategy({})).toEqual({ type: 'Recreate' });
    expect(await strategy({ 'store.postgres.existingSecret': 'pg' })).toMatchObject({ type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0 } });
  });
});
