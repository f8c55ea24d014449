import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { Report } from '../../../src/domain/report.ts';
import { IMAGE } from '../../packaging/chart/values.ts';
import { AuditLog, hasAuditLog } from '../audit-log.ts';
import { eventually, kubectl, nodeAddresses, ownNamespace } from '../kubectl.ts';
import { Release } from './release.ts';

const WEST_PORT = 31_185;
const CANARY = 'hunter2-is-no-value-of-ours';
const PROGRAM = ['node', '/opt/sre-orch/bin/sre-orch.js'];
/** Runs in the pod of the orchestrator, with what it has at hand: prints all that the other agent answers to these paths. */
const ASK = `
const { readFileSync } = require('node:fs');
const [url, ...paths] = process.argv.slice(1);
const [ca, key] = ['ca.crt', 'key'].map((name) => readFileSync('/etc/sre-orch/secrets/west/' + name, 'utf8'));
const ask = (path, body) => new Promise((told) => require('node:https').request(url + path,
  { ca, method: body ? 'POST' : 'GET', headers: { authorization: 'Bearer ' + key.trim(), ...(body ? { 'content-type': 'application/json', accept: 'application/json, text/event-stream' } : {}) } },
  async (answer) => { let text = ''; for await (const chunk of answer) text += chunk; told(path + ' ' + answer.statusCode + ' ' + text); }).end(body));
const tool = (name, args) => ask('/mcp', JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args } }));
(async () => {
  for (const path of paths) console.log(await ask(path));
  for (const name of ['get_object', 'list_objects', 'describe_object']) console.log(await tool(name, { kind: 'Secret', namespace: process.env.OF, name: 'db' }));
})();`;

async function applied(namespace: string, objects: readonly object[]): Promise<void> {
  const file = join(await mkdtemp(join(tmpdir(), 'two-clusters-')), 'objects.yaml');
  await writeFile(file, objects.map((object) => `---\n${stringify(object)}`).join(''));
  await kubectl('apply', '-n', namespace, '-f', file);
}

const named = (kind: string, name: string, fields: object, apiVersion = 'v1'): object => ({ apiVersion, kind, metadata: { name }, ...fields });
const PLANTED = [
  named('Secret', 'db', { stringData: { password: CANARY } }),
  named('Secret', 'web-tls', { stringData: { cert: CANARY } }),
  named('Secret', 'login', {
    type: 'kubernetes.io/dockerconfigjson',
    stringData: { '.dockerconfigjson': JSON.stringify({ auths: { 'quay.io': { auth: Buffer.from(`robot:${CANARY}`).toString('base64') } } }) },
  }),
  named('Service', 'web', { spec: { selector: { app: 'web' }, ports: [{ port: 80 }] } }),
  named(
    'Ingress',
    'web',
    {
      spec: {
        tls: [{ secretName: 'web-tls', hosts: ['web.example'] }],
        rules: [{ host: 'web.example', http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } }] } }],
      },
    },
    'networking.k8s.io/v1',
  ),
  named('Pod', 'reports', {
    spec: {
      containers: [
        {
          name: 'app',
          image: 'busybox:1.36',
          imagePullPolicy: 'IfNotPresent',
          command: ['sleep', '3600'],
          env: [{ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'passwort' } } }],
        },
      ],
    },
  }),
  named('Pod', 'mails', { spec: { imagePullSecrets: [{ name: 'login' }], containers: [{ name: 'app', image: 'private/mails:1' }] } }),
];

// One API server stands for two clusters: the second agent is installed alone, hands out one namespace under a name of its own,
// and is reached from outside, by a port of the node.
describe.runIf(IMAGE !== undefined)('the chart, with the agent of another cluster that also reads Secrets', () => {
  let west: Release;
  let east: Release;
  let place: Awaited<ReturnType<typeof ownNamespace>>;
  let audit: AuditLog | undefined;
  let url: string;
  const investigate = async (cluster: string, namespace: string): Promise<Report> => {
    const args = [
      'investigate',
      'web fails',
      '-n',
      namespace,
      '--agents',
      '/etc/sre-orch/agents.yaml',
      '--cluster',
      cluster,
      '-o',
      'json',
      '--no-store',
      '--quiet',
    ];
    return JSON.parse(await kubectl('exec', '-n', east.namespace, 'deployment/sre-sre-orchestrator', '--', ...PROGRAM, ...args)) as Report;
  };

  beforeAll(async () => {
    audit = hasAuditLog() ? new AuditLog() : undefined;
    place = await ownNamespace('west');
    await applied(place.name, PLANTED);
    const [address = ''] = await nodeAddresses();
    url = `https://${address}:${WEST_PORT}`;
    west = await Release.install('chart', 31_183, {
      'orchestrator.enabled': false,
      'rbac.scope': 'namespaces',
      'rbac.namespaces': `{${place.name}}`,
      'rbac.secrets': true,
      'agent.clusterName': 'west',
      'agent.service.type': 'NodePort',
      'agent.service.nodePort': WEST_PORT,
      'agent.tls.hosts': `{${address}}`,
      'networkPolicy.agentFrom[0].ipBlock.cidr': '0.0.0.0/0',
    });
    east = await Release.install(
      'chart',
      31_184,
      {
        'agents.west.url': url,
        'agents.west.ca': 'secrets/west/ca.crt',
        'agents.west.key_file': 'secrets/west/key',
        'extraSecrets[0].name': 'west',
        'extraSecrets[0].keys': '{ca.crt,key}',
      },
      async (namespace) => {
        const [ca, key] = await Promise.all([west.secret('sre-sre-orchestrator-agent-tls', 'ca.crt'), west.secret('sre-sre-orchestrator-agent-key', 'key')]);
        await applied(namespace, [named('Secret', 'west', { stringData: { 'ca.crt': ca, key } })]);
      },
    );
  });
  afterAll(async () => {
    await Promise.all([east?.[Symbol.asyncDispose](), west?.[Symbol.asyncDispose](), place?.[Symbol.asyncDispose]()]);
  });

  test('each is asked by its name, and hands out what it was told to', async () => {
    const report = await investigate('west', place.name);
    expect(report.target).toMatchObject({ reader: 'remote', cluster: 'west' });
    const elsewhere = await investigate('west', east.namespace);
    expect(elsewhere.root_causes).toEqual([]);
    expect(elsewhere.gaps.map(({ why }) => why)).toContain('forbidden');
    expect((await investigate('default', east.namespace)).target.cluster).not.toBe('west');
  });

  test('what only keys and types of Secrets tell is named there, and not where nobody opted in', async () => {
    const causesOf = ({ root_causes: causes }: Report): string[] =>
      causes.map(({ cause_id: cause, object }) => `${cause} ${object.kind}/${object.name}`).sort();
    const wanted = ['config-key-not-found Pod/reports', 'image-pull-secret-unfit Pod/mails', 'ingress-tls-secret-unusable Ingress/web'];
    const report = await eventually(
      () => investigate('west', place.name),
      (answer) => wanted.every((cause) => causesOf(answer).includes(cause)),
      60,
    );
    expect(causesOf(report)).toEqual(expect.arrayContaining(wanted));
    expect(JSON.stringify(report)).not.toContain(CANARY);
    const without = causesOf(await investigate('default', place.name));
    expect(without).not.toContain('ingress-tls-secret-unusable Ingress/web');
    expect(without).not.toContain('image-pull-secret-unfit Pod/mails');
  });

  test('no value of a Secret leaves the agent, by whatever it is asked', async () => {
    const paths = ['db', 'web-tls', 'login'].map((name) => `/api/v1/objects/Secret/${name}?namespace=${place.name}`);
    const more = [`/api/v1/objects/Secret?namespace=${place.name}`, `/api/v1/pods/${place.name}/reports`, `/api/v1/objects/Pod?namespace=${place.name}`];
    const program = ['env', `OF=${place.name}`, 'node', '-e', ASK, url, ...paths, ...more];
    const said = await kubectl('exec', '-n', east.namespace, 'deployment/sre-sre-orchestrator', '--', ...program);
    expect(said).toMatch(/Secret\/db\S* 200 .*"password":/);
    expect(said).toContain('"registries":["quay.io"]');
    // A list of all Secrets is not even granted.
    expect(said).toMatch(/Secret\?\S* 403 /);
    for (const value of [CANARY, Buffer.from(CANARY).toString('base64'), Buffer.from(`robot:${CANARY}`).toString('base64')])
      expect(said.includes(value)).toBe(false);
    const logs = await kubectl('logs', '-n', west.namespace, 'deployment/sre-sre-orchestrator-agent');
    expect(logs.includes(CANARY)).toBe(false);
  });

  test.runIf(hasAuditLog())('only what something refers to is asked for, by name, and by the agent that may', () => {
    const asked = (account: string): string[] => (audit?.of(account) ?? []).filter(({ requestURI }) => /\/secrets\b/.test(requestURI)).map(({ verb }) => verb);
    expect(new Set(asked(west.account.agent)).difference(new Set(['get', 'list']))).toEqual(new Set());
    expect(asked(west.account.agent)).toContain('get');
    expect(asked(east.account.agent)).toEqual([]);
    expect(audit?.of(east.account.orchestrator)).toEqual([]);
  });
});
