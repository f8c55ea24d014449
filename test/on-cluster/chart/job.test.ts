import { readFileSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { IMAGE } from '../../packaging/chart/values.ts';
import { SCENARIOS } from '../../scenario-runner/load-scenarios.ts';
import { AuditLog, hasAuditLog } from '../audit-log.ts';
import { eventually, kubectl, ownNamespace } from '../kubectl.ts';
import { startModel } from './stand-in-model.ts';

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
  await kubectl('apply', '-n', namespace, '-f', file);
  const ended = await eventually(
    () => kubectl('get', 'job/sre-orch-once', '-n', namespace, '-o', 'jsonpath={.status.conditions[*].type}'),
    (types) => /\b(?:Complete|Failed)\b/.test(types),
    180,
  );
  const printed = await kubectl('logs', 'job/sre-orch-once', '-n', namespace);
  // Complete is what Kubernetes calls a Job whose program ended with 0.
  expect(ended, printed).toMatch(/\bComplete\b/);
  return printed;
}

/** The Job of a namespace of its own, beside the fault that it is asked about; what it printed, and what its account asked of the cluster. */
async function onceBesideFault(changesFor: (namespace: string) => Promise<Changes>): Promise<string> {
  await using namespace = await ownNamespace('once');
  const { name } = namespace;
  const audit = hasAuditLog() ? new AuditLog() : undefined;
  await kubectl('apply', '-n', name, '-f', FAULT);
  const [changes] = await Promise.all([changesFor(name), untilWaiting(name, 'CreateContainerConfigError')]);
  const printed = await runJob(name, changes);
  const asked = audit?.of(`system:serviceaccount:${name}:sre-orch-once`) ?? [];
  expect(asked.filter(({ verb }) => verb !== 'get' && verb !== 'list').filter(({ requestURI }) => !requestURI.includes('/self'))).toEqual([]);
  expect(asked.length > 3 || audit === undefined).toBe(true);
  return printed;
}

/** Until a container waits for this reason. The pod itself may not be there yet: `kubectl wait` fails where it finds none. */
async function untilWaiting(namespace: string, reason: string): Promise<void> {
  const path = 'jsonpath={.items[*].status.containerStatuses[*].state.waiting.reason}';
  const seen = await eventually(
    () => kubectl('get', 'pods', '-n', namespace, '-o', path),
    (reasons) => reasons.includes(reason),
    120,
  );
  expect(seen).toContain(reason);
}

describe.runIf(IMAGE !== undefined).concurrent('a Job that investigates once prints its report and ends well', () => {
  test('with the role of the example', async () => {
    expect(await onceBesideFault(async () => ({}))).toMatch(/ConfigMap .* does not exist/);
  });

  test('with the least role, that of pods and their logs', async () => {
    const least = await onceBesideFault(async () => ({ rules: LEAST }));
    expect(least).toMatch(/list events|events/);
    expect(least).not.toMatch(/no fault found/i);
  });

  test('with a model in the cluster, and no way out of it', async () => {
    const told = await onceBesideFault(async (namespace) => {
      const host = await startModel(namespace);
      const env = { LLM_BASE_URL: `http://${host}:8080/v1`, LLM_MODEL: 'stand-in', SRE_ORCH_INSECURE_HTTP: host, SRE_ORCH_OFFLINE: 'true' };
      return { env: Object.entries(env).map(([name, value]) => ({ name, value })) };
    });
    expect(told).toMatch(/ConfigMap .* does not exist/);
    expect(told).toMatch(/^stand-in: \d+ tokens/m);
  });
});
