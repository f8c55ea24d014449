import { readFileSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { IMAGE } from '../../packaging/chart/values.ts';
import { SCENARIOS } from '../../scenario-runner/load-scenarios.ts';
import { AuditLog, hasAuditLog } from '../audit-log.ts';
import { kubectl, ownNamespace } from '../kubectl.ts';

const EXAMPLE = resolve(import.meta.dirname, '../../../examples/job/job.yaml');
const FAULT = join(SCENARIOS, 'missing-config-map', 'manifests.yaml');
/** What the least role of all grants: pods, and their logs. */
const LEAST = [
  { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] },
  { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
];

interface Manifest {
  kind: string;
  rules?: object[];
  spec?: { template?: { spec?: { containers: { image: string; imagePullPolicy?: string; args: string[]; env?: object[] }[] } } };
}

interface Changes {
  readonly rules?: object[];
  readonly env?: object[];
}

/** The example with the image under test, applied and ended; what it printed. */
async function runJob(namespace: string, { rules, env }: Changes = {}): Promise<string> {
  const manifests = parseAllDocuments(readFileSync(EXAMPLE, 'utf8')).map((document) => document.toJS() as Manifest);
  for (const { kind, spec } of manifests) {
    const container = kind === 'Job' ? spec?.template?.spec?.containers[0] : undefined;
    if (container !== undefined) Object.assign(container, { image: IMAGE, imagePullPolicy: 'IfNotPresent', ...(env === undefined ? {} : { env }) });
  }
  const role = manifests.find(({ kind }) => kind === 'Role');
  if (role !== undefined && rules !== undefined) role.rules = rules;
  const file = join(await mkdtemp(join(tmpdir(), 'job-')), 'job.yaml');
  await writeFile(file, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: manifests }));
  await kubectl('delete', 'job', 'sre-orch-once', '-n', namespace, '--ignore-not-found');
  await kubectl('apply', '-n', namespace, '-f', file);
  // Complete is what Kubernetes calls a Job whose program ended with 0.
  await kubectl('wait', 'job/sre-orch-once', '-n', namespace, '--for=condition=complete', '--timeout=120s');
  return kubectl('logs', 'job/sre-orch-once', '-n', namespace);
}

describe.runIf(IMAGE !== undefined)('a Job that investigates once', () => {
  test('prints its report and ends well: with the role of the example, with the least one, and with a model in the cluster', async () => {
    await using namespace = await ownNamespace('once');
    const { name } = namespace;
    const audit = hasAuditLog() ? new AuditLog() : undefined;
    await kubectl('apply', '-n', name, '-f', FAULT);
    await kubectl(
      'wait',
      'pod',
      '-n',
      name,
      '--all',
      '--for=jsonpath={.status.containerStatuses[0].state.waiting.reason}=CreateContainerConfigError',
      '--timeout=60s',
    );
    expect(await runJob(name)).toMatch(/ConfigMap .* does not exist/);

    const least = await runJob(name, { rules: LEAST });
    expect(least).toMatch(/list events|events/);
    expect(least).not.toMatch(/no fault found/i);

    await kubectl('create', 'configmap', 'stand-in', '-n', name, `--from-file=${join(import.meta.dirname, 'model.mjs')}`);
    await kubectl('apply', '-n', name, '-f', join(import.meta.dirname, 'model.yaml'));
    await kubectl('set', 'image', 'deployment/stand-in', '-n', name, `model=${IMAGE}`);
    await kubectl('rollout', 'status', 'deployment/stand-in', '-n', name, '--timeout=60s');
    const host = `stand-in.${name}.svc`;
    const env = Object.entries({ LLM_BASE_URL: `http://${host}:8080/v1`, LLM_MODEL: 'stand-in', SRE_ORCH_INSECURE_HTTP: host, SRE_ORCH_OFFLINE: 'true' });
    const told = await runJob(name, { env: env.map(([variable, value]) => ({ name: variable, value })) });
    expect(told).toMatch(/ConfigMap .* does not exist/);
    expect(told).toMatch(/^stand-in: \d+ tokens/m);

    const asked = audit?.of(`system:serviceaccount:${name}:sre-orch-once`) ?? [];
    expect(asked.filter(({ verb }) => verb !== 'get' && verb !== 'list').filter(({ requestURI }) => !requestURI.includes('/self'))).toEqual([]);
    expect(asked.length > 10 || audit === undefined).toBe(true);
  });
});
