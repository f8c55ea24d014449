import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { renderReads } from '../../scripts/chart/reads.ts';
import { resourceType } from '../../src/domain/kubernetes/resource-type.ts';
import { CLUSTER_WIDE, CLUSTER_WIDE_ON_DEMAND, NAMESPACED, NAMESPACED_ON_DEMAND } from '../../src/evidence/collect/kinds.ts';

const PATH = resolve(import.meta.dirname, '../../charts/sre-orchestrator/files/reads.yaml');

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

const reads = parse(readFileSync(PATH, 'utf8')) as { namespaced: Rule[]; cluster: Rule[] };

test('the role of the agent is what `npm run docs` writes', () => {
  expect(readFileSync(PATH, 'utf8')).toBe(renderReads());
});

test('it covers every list of an investigation, and nothing but reads, no Secrets and no wildcard', () => {
  const covers = (rules: Rule[], group: string, resource: string): boolean =>
    rules.some(({ apiGroups, resources }) => apiGroups.includes(group) && resources.includes(resource));
  const lacks = [
    ...[...NAMESPACED, ...NAMESPACED_ON_DEMAND].filter(({ kind }) => !covers(reads.namespaced, resourceType(kind).group, resourceType(kind).plural)),
    ...[...CLUSTER_WIDE, ...CLUSTER_WIDE_ON_DEMAND].filter(({ kind }) => !covers(reads.cluster, resourceType(kind).group, resourceType(kind).plural)),
  ];
  expect(lacks).toEqual([]);
  const all = [...reads.namespaced, ...reads.cluster];
  expect(all.flatMap(({ verbs }) => verbs).filter((verb) => !['get', 'list', 'watch'].includes(verb))).toEqual([]);
  expect(all.flatMap(({ apiGroups, resources }) => [...apiGroups, ...resources]).filter((name) => name.includes('*') || name === 'secrets')).toEqual([]);
});
