import type { KubeObject } from '../../src/domain/kubernetes/object.ts';
import type { Kind } from '../../src/domain/kubernetes/resource-type.ts';
import { refLabel } from '../../src/domain/object-ref.ts';
import type { Report } from '../../src/domain/report.ts';
import { investigate } from '../../src/pipeline/investigate.ts';
import { loadRules } from '../../src/rules/load/load-rules.ts';
import { readRuleFiles } from '../../src/rules/rule-files.ts';
import { compileRules } from '../../src/rules/rule-set.ts';
import { NOW } from '../facts/infrastructure-scene.ts';
import { dependencies, memoryReader } from './memory-reader.ts';

const rules = compileRules(loadRules(await readRuleFiles('rules')).rules.map(({ rule }) => rule));

interface Scene {
  /** The log of each pod, by its name, or `name/container`; `name --previous` is that of its former run. */
  readonly logs?: Readonly<Record<string, string>>;
  readonly unreadable?: readonly Kind[];
  readonly description?: string;
  /** undefined: all namespaces */
  readonly namespace?: string | undefined;
}

/** What the whole engine, with the shipped rules, says of these objects. */
export async function reportOf(
  objects: readonly object[],
  { logs = {}, unreadable = [], description = 'what is wrong', ...scene }: Scene = {},
): Promise<Report> {
  const names = new Set((objects as KubeObject[]).flatMap(({ metadata }) => metadata.namespace ?? []));
  const all = [...[...names].map((name) => ({ kind: 'Namespace', metadata: { name } })), ...objects] as KubeObject[];
  const { list } = memoryReader(all);
  const reader = memoryReader(all, {
    asOf: NOW,
    list: (kind, options, signal) =>
      unreadable.includes(kind) ? Promise.resolve({ status: 'forbidden', needs: `list ${kind}` }) : list(kind, options, signal),
    async logs({ pod, container, previous }) {
      const text = previous ? logs[`${pod} --previous`] : (logs[`${pod}/${container}`] ?? logs[pod]);
      return text === undefined ? { status: 'not-found', readAt: NOW } : { status: 'found', readAt: NOW, value: { text, truncated: false } };
    },
  });
  const where = 'namespace' in scene && scene.namespace === undefined ? { allNamespaces: true } : { namespace: scene.namespace ?? 'shop' };
  const deps = { ...dependencies(reader), now: () => new Date(NOW), rules };
  for await (const told of investigate({ incidentId: 'inc-1', description, ...where }, deps, new AbortController().signal)) {
    if (told.type === 'report-completed') return told.report;
  }
  throw new Error('there is no report');
}

/** Root causes as `cause-id on Kind ns/name`, in order. */
export const rootsIn = ({ root_causes }: Report): string[] => root_causes.map(({ cause_id, object }) => `${cause_id} on ${refLabel(object)}`);
/** The chain of a root cause as `Kind ns/a > Kind ns/b`. */
export const chainIn = ({ root_causes }: Report, index = 0): string[] =>
  (root_causes[index]?.chain ?? []).map(({ from, to }) => `${refLabel(from)} > ${refLabel(to)}`);
export const affectedBy = ({ root_causes }: Report, index = 0): string[] => (root_causes[index]?.affected ?? []).map(refLabel);
