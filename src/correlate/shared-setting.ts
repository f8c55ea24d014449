import { lastWritten } from '../changes/last-written.ts';
import type { Finding } from '../domain/finding.ts';
import { kubectlTarget } from '../domain/kubectl.ts';
import type { KubeObject } from '../domain/kubernetes/object.ts';
import type { ConfigMap } from '../domain/kubernetes/policy.ts';
import { isKind } from '../domain/kubernetes/resource-type.ts';
import { type ObjectRef, refKey, refLabel } from '../domain/object-ref.ts';
import { type Candidate, distinct, earliest } from './candidate.ts';
import type { Known } from './known.ts';

/** Troubles that lie in what a workload reads as its settings. */
const OF_SETTINGS: ReadonlySet<string> = new Set([
  'config-file-invalid',
  'environment-variable-missing',
  'database-credentials-rejected',
  'dependency-address-wrong',
]);
const REFUSED_CREDENTIALS = 'database-credentials-rejected';
const CREDENTIAL = /passw|user|credential|secret|token|auth|:\/\/[^/\s@]+:[^/\s@]*@/i;
/** Every namespace has it, and every pod may mount it. */
const EVERYWHERE = 'kube-root-ca.crt';
/** Clocks and reports of trouble are this far apart. */
const SLACK_MS = 5 * 60_000;

/**
 * Workloads that fail alike and read one ConfigMap or Secret have one cause: what is written there. Their candidates become one
 * that blames it, with all of them as those who suffer; where they are turned away by one store, it is the store. A setting that was written only after the trouble began is not it.
 */
export function uniteBySetting(candidates: readonly Candidate[], known: Known): Candidate[] {
  const united = new Map<Candidate, Candidate>();
  const alike = Map.groupBy(
    candidates.filter((one) => one.role === 'cause' && OF_SETTINGS.has(one.causeId) && !one.foreign),
    ({ causeId, effect }) => `${causeId} ${effect}`,
  );
  for (const group of alike.values()) {
    const shared = group.length < 2 ? undefined : (sharedBy(group, known) ?? refusingStore(group));
    if (shared === undefined) continue;
    const one = blaming(shared);
    for (const candidate of shared.readers) united.set(candidate, one);
  }
  return [...new Set(candidates.map((candidate) => united.get(candidate) ?? candidate))];
}

type Remediation = Finding['remediation'][number];

interface Shared {
  readonly setting: ObjectRef;
  readonly readers: readonly Candidate[];
  /** What the readers have in common, between the object and their names. */
  readonly words: string;
  readonly correction: Remediation;
}

/** The setting that most of the group read, the one that was written last where several are. */
function sharedBy(group: readonly Candidate[], known: Known): Shared | undefined {
  const readersOf = new Map<string, Read>();
  for (const candidate of group) {
    for (const setting of settingsOf(candidate, known)) {
      const entry = readersOf.get(refKey(setting)) ?? { setting, readers: [] };
      entry.readers.push(candidate);
      readersOf.set(refKey(setting), entry);
    }
  }
  const possible = [...readersOf.values()].filter((shared) => shared.readers.length > 1 && !writtenAfter(shared, known));
  const [latest] = possible.toSorted((a, b) => b.readers.length - a.readers.length || writtenAt(b.setting, known) - writtenAt(a.setting, known));
  return latest && { ...latest, words: 'is read by', correction: correction(latest.setting) };
}

/** Several bring credentials that they do not read in one place, and one store turns all of them away: it was given others. */
function refusingStore(group: readonly Candidate[]): Shared | undefined {
  const refused = group.filter(({ causeId }) => causeId === REFUSED_CREDENTIALS);
  const byStore = Map.groupBy(
    refused.flatMap((reader) => reader.via.map((store) => ({ reader, store }))),
    ({ store }) => refKey(store),
  );
  const [most] = [...byStore.values()].filter((refusals) => refusals.length > 1).toSorted((a, b) => b.length - a.length);
  const setting = most?.[0]?.store;
  if (most === undefined || setting === undefined) return undefined;
  return { setting, readers: most.map(({ reader }) => reader), words: 'turns away', correction: lookInto(setting) };
}

function settingsOf({ object, causeId }: Candidate, known: Known): ObjectRef[] {
  const settings = known.graph.needs(object).flatMap(({ type, to }) => (type === 'reads' || type === 'mounts' ? [to] : []));
  return distinct(settings).filter(
    (ref) =>
      (ref.kind === 'Secret' || (ref.kind === 'ConfigMap' && (causeId !== REFUSED_CREDENTIALS || mayHoldCredentials(ref, known)))) && ref.name !== EVERYWHERE,
  );
}

/** Who only gives an address does not give a password. */
function mayHoldCredentials({ namespace, name }: ObjectRef, { inventory }: Known): boolean {
  const lookup = inventory.lookup<ConfigMap>('ConfigMap', namespace, name);
  return lookup.status === 'found' && Object.entries(lookup.value.data ?? {}).some(([key, value]) => CREDENTIAL.test(key) || CREDENTIAL.test(value));
}

interface Read {
  readonly setting: ObjectRef;
  readonly readers: Candidate[];
}

function writtenAfter({ setting, readers }: Read, known: Known): boolean {
  const began = earliest(readers.map(({ since }) => since));
  return began !== null && writtenAt(setting, known) > Date.parse(began) + SLACK_MS;
}

/** 0 where it is not known. */
function writtenAt({ kind, namespace, name }: ObjectRef, { inventory }: Known): number {
  const lookup = isKind(kind) ? inventory.lookup<KubeObject>(kind, namespace, name) : undefined;
  const time = lookup?.status === 'found' ? (lastWritten(lookup.value) ?? lookup.value.metadata.creationTimestamp) : undefined;
  return time === undefined ? 0 : Date.parse(time) || 0;
}

function blaming({ setting, readers, words, correction: firstStep }: Shared): Candidate {
  const [first, ...others] = readers;
  if (first === undefined) throw new Error('nobody reads the setting');
  const findings = readers.flatMap((reader) => reader.findings);
  const names = readers.map(({ object }) => refLabel({ ...object, namespace: undefined })).join(', ');
  const mechanism = `${refLabel({ ...setting, namespace: undefined })} ${words} ${names}, and they fail alike: ${first.primary.mechanism}`;
  const primary = {
    ...first.primary,
    object: setting,
    mechanism,
    remediation: [firstStep, ...first.primary.remediation],
  };
  return {
    ...first,
    key: `${first.causeId} ${refKey(setting)}`,
    object: setting,
    primary,
    findings: [primary, ...findings],
    subjects: distinct(readers.flatMap(({ subjects }) => subjects)),
    victims: distinct(readers.flatMap(({ victims }) => victims)),
    via: distinct(readers.flatMap(({ via }) => via)),
    containers: others.reduce((all, { containers }) => all.union(containers), first.containers),
    since: earliest(readers.map(({ since }) => since)),
    evidenceIds: [...new Set(readers.flatMap(({ evidenceIds }) => evidenceIds))],
    felt: distinct(readers.flatMap(({ felt }) => felt)),
    foreign: true,
  };
}

function lookInto(store: ObjectRef): Remediation {
  return { text: 'See which users and passwords it was given, and since when.', command: `kubectl describe ${kubectlTarget(store)}`, risk: 'low' };
}

function correction(setting: ObjectRef): Remediation {
  return { text: 'Correct what is written there, then restart those who read it.', command: `kubectl edit ${kubectlTarget(setting)}`, risk: 'medium' };
}
