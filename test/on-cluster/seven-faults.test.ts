import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Report } from '../../src/domain/report.ts';
import { loadScenarios, SCENARIOS } from '../scenario-runner/load-scenarios.ts';
import { eventually, investigate, kubectl, ownNamespace } from './kubectl.ts';

const TITLES = { 'memory-limit': 'Insufficient Memory', 'refused-database': 'Database Unreachable', 'unschedulable-request': 'Insufficient Cluster Resources' };
const SEVEN = [...Object.keys(TITLES), 'failing-readiness-port', 'missing-config-map', 'missing-image-tag', 'wrong-service-selector'];
const SETTLES_IN = 120;

const named = ({ root_causes: causes }: Report): string[] => causes.map(({ object, cause_id: cause }) => `${object.kind}/${object.name}: ${cause}`).sort();

test('seven faults in one namespace give seven root causes and no other', async () => {
  const scenarios = loadScenarios().filter(({ name }) => SEVEN.includes(name));
  const wanted = scenarios.flatMap(({ expect: { ...root } }) => (root.healthy ? [] : [`${root.object}: ${root.cause[0]}`])).sort();
  await using namespace = await ownNamespace('seven');
  for (const { name } of scenarios) await kubectl('apply', '-n', namespace.name, '-f', join(SCENARIOS, name, 'manifests.yaml'));
  const report = await eventually(
    () => investigate('many things are failing', '-n', namespace.name),
    (answer) => JSON.stringify(named(answer)) === JSON.stringify(wanted),
    SETTLES_IN,
  );
  expect(wanted).toHaveLength(SEVEN.length);
  expect(named(report)).toEqual(wanted);
  expect(report.root_causes.map(({ title }) => title)).toEqual(expect.arrayContaining(Object.values(TITLES)));
  expect(report.root_causes.every(({ object, evidence_ids: ids }) => object.namespace === namespace.name && ids.length > 0)).toBe(true);
  expect(report.engine.api_requests).toBeLessThanOrEqual(60);
});
