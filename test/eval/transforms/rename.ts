import { type Dump, mapTexts, objectsOf } from './dump.ts';

/** Words that have nothing to do with any service: the names say nothing any more. */
const WORDS =
  'amber basil cedar delta ember fjord grove heron indigo juniper kestrel larch maple nectar ochre poplar quartz raven sable tundra umber violet willow xenon yarrow zephyr acorn birch coral dune elm fern garnet hazel iris jasper'.split(
    ' ',
  );

const APPLICATION_KINDS = new Set([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Service',
  'PersistentVolumeClaim',
  'PersistentVolume',
  'ResourceQuota',
  'Job',
  'CronJob',
]);
const NOT_OURS = /^(kube-|default$)/;

/** Workloads, services, claims, volumes, quotas and the namespace get other names, everywhere and in every spelling of them. */
export function rename(dump: Dump): Dump {
  const names = new Set([dump.recorded.namespace]);
  for (const { kind = '', metadata } of objectsOf(dump)) {
    const { name = '', namespace = '' } = metadata ?? {};
    if (APPLICATION_KINDS.has(kind) && !NOT_OURS.test(name) && !/^kube-/.test(namespace)) names.add(name);
  }
  return replaceNames(dump, renaming([...names]));
}

/** Every node gets the kind of name that a cloud gives. */
export function renameNodes(dump: Dump): Dump {
  const nodes = objectsOf(dump).filter(({ kind }) => kind === 'Node');
  const names = nodes.map(({ metadata }, index) => [metadata?.name ?? '', `ip-10-20-${31 + index * 7}-${11 + index}.eu-west-1.compute.internal`] as const);
  return replaceNames(dump, new Map(names));
}

/** Longer names first, so that none is replaced inside another. */
function renaming(names: readonly string[]): Map<string, string> {
  const sorted = names.filter((name) => name.length > 2).sort((a, b) => b.length - a.length);
  return new Map(sorted.map((name, index) => [name, `${WORDS[index % WORDS.length]}${index >= WORDS.length ? index : ''}`]));
}

function replaceNames(dump: Dump, names: ReadonlyMap<string, string>): Dump {
  const lower = new Map([...names].map(([name, to]) => [name.toLowerCase(), to]));
  const alternatives = [...lower.keys()].map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  // A name inside a label's key or a longer word is another word; an upper-case spelling is an environment variable of it.
  const pattern = new RegExp(
    `(?:(?<=\\\\n)|(?<![a-z0-9]|io/))(?:${alternatives})(?![a-z0-9])|(?<=^|[^A-Za-z])(?:${alternatives})(?=[A-Z_])|(?:${alternatives})(?=Service)`,
    'gi',
  );
  return mapTexts(dump, (text) => text.replace(pattern, (found) => spelled(found, lower.get(found.toLowerCase()) ?? found)));
}

function spelled(like: string, word: string): string {
  if (like === like.toUpperCase() && /[A-Z]/.test(like)) return word.toUpperCase().replaceAll(/[-.]/g, '_');
  return /^[A-Z]/.test(like) ? `${word[0]?.toUpperCase()}${word.slice(1)}` : word;
}
