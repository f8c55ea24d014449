import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../../src/domain/report.ts';
import { IMAGE } from '../../packaging/chart/values.ts';
import { SCENARIOS } from '../../scenario-runner/load-scenarios.ts';
import { eventually, kubectl, ownNamespace } from '../kubectl.ts';
import { Release } from './release.ts';

const FAULT = join(SCENARIOS, 'missing-config-map', 'manifests.yaml');
const CRASHING = ['sh', '-c', 'echo "FATAL: no route to the warehouse"; exit 3'];

/** A role without one of its resources, as a cluster with rules of its own would have granted it. */
async function deny(release: Release, namespace: string, resource: string): Promise<void> {
  const name = `${release.namespace}-sre-sre-orchestrator-agent`;
  const role = JSON.parse(await kubectl('get', 'role', name, '-n', namespace, '-o', 'json')) as { rules: { resources: string[] }[] };
  const at = role.rules.findIndex(({ resources }) => resources.includes(resource));
  const resources = role.rules[at]?.resources.filter((each) => each !== resource) ?? [];
  const path = resources.length === 0 ? `/rules/${at}` : `/rules/${at}/resources`;
  const change = resources.length === 0 ? { op: 'remove', path } : { op: 'replace', path, value: resources };
  await kubectl('patch', 'role', name, '-n', namespace, '--type=json', '-p', JSON.stringify([change]));
}

describe.runIf(IMAGE !== undefined)('the chart, with a role in one namespace', () => {
  let release: Release;
  let seen: Awaited<ReturnType<typeof ownNamespace>>;
  let unseen: Awaited<ReturnType<typeof ownNamespace>>;
  const ask = async (description: string, namespace: string): Promise<Report> =>
    (await release.ended(await release.post(description, namespace))) as unknown as Report;

  beforeAll(async () => {
    [seen, unseen] = await Promise.all([ownNamespace('seen'), ownNamespace('unseen')]);
    for (const { name } of [seen, unseen]) await kubectl('apply', '-n', name, '-f', FAULT);
    release = await Release.install('chart', 31_181, { 'rbac.scope': 'namespaces', 'rbac.namespaces': `{${seen.name}}` });
  });
  afterAll(async () => {
    await release?.[Symbol.asyncDispose]();
    await Promise.all([seen?.[Symbol.asyncDispose](), unseen?.[Symbol.asyncDispose]()]);
  });

  test('there it names the root cause, and tells what of the cluster it could not see', async () => {
    const report = await eventually(
      () => ask('it does not start', seen.name),
      ({ root_causes: causes }) => causes.length > 0,
      60,
    );
    expect(report.status).toBe('completed');
    expect(report.root_causes.map(({ cause_id: cause }) => cause)).toEqual(['config-map-not-found']);
    expect(report.root_causes[0]?.object).toMatchObject({ kind: 'Deployment', namespace: seen.name });
    expect(report.gaps.filter(({ why }) => why === 'forbidden').map(({ needs }) => needs)).toContainEqual(expect.stringMatching(/\bnodes\b/));
    // The namespace itself is what a Role can grant of all that belongs to none.
    expect(report.gaps.filter(({ needs }) => /\bnamespaces?\b.*get|get.*\bnamespaces?\b/.test(needs ?? ''))).toEqual([]);
  });

  test('elsewhere it says that it may not look, and names nothing', async () => {
    const report = await ask('it does not start', unseen.name);
    expect(report.status).toBe('completed');
    expect(report.verdict).toBe('undetermined');
    expect(report.root_causes).toEqual([]);
    expect(report.gaps.map(({ why }) => why)).toContain('forbidden');
    expect(report.gaps.some(({ needs }) => needs?.includes(unseen.name))).toBe(true);
  });

  test('where logs are denied it names that, and is certain of nothing that only they could tell', async () => {
    await deny(release, seen.name, 'pods/log');
    await kubectl('delete', '-n', seen.name, '-f', FAULT);
    await kubectl('run', 'ledger', '-n', seen.name, '--image=busybox:1.36', '--image-pull-policy=IfNotPresent', '--', ...CRASHING);
    const report = await eventually(
      () => ask('ledger keeps crashing', seen.name),
      ({ gaps }) => gaps.some(({ needs }) => needs?.includes('pods/log')),
      60,
    );
    expect(report.status).toBe('completed');
    expect(report.gaps).toContainEqual(expect.objectContaining({ why: 'forbidden', needs: expect.stringContaining('pods/log') }));
    expect(report.root_causes.filter(({ confidence_score: score }) => score === 'high')).toEqual([]);
  });
});
