import type { Entities } from '../../domain/entities.ts';
import type { Kind } from '../../domain/kubernetes/resource-type.ts';
import { WORKLOAD_KINDS } from '../../domain/kubernetes/workload.ts';
import { nearNames } from '../../domain/near-names.ts';
import { type ObjectRef, refKey } from '../../domain/object-ref.ts';
import { kindsOf } from './kind-words.ts';
import type { NameIndex } from './name-index.ts';
import type { Mention, ParsedDescription } from './parsed-description.ts';
import { partsOf, spelledOut } from './spelled-out.ts';

const WORKLOADS: ReadonlySet<string> = new Set(WORKLOAD_KINDS);
/** A loose word means one of these; the rest only when nothing of these bears the name. */
const COMMON: ReadonlySet<string> = new Set(['Service', 'Pod', 'Node', ...WORKLOAD_KINDS.filter((kind) => kind !== 'ReplicaSet')]);
const MAX_UNRESOLVED = 5;

/** What the text names, of what exists. `namespace`: the one that is investigated, null for several. Nothing is guessed: near names are offered. */
export function resolveEntities(parsed: ParsedDescription, index: NameIndex, namespace: string | null): Entities {
  const found = new Map<string, ObjectRef>();
  const missing: string[] = [];
  const note = (refs: readonly ObjectRef[], word: string): void => {
    if (refs.length === 0) missing.push(word);
    for (const ref of refs) found.set(refKey(ref), ref);
  };
  for (const mention of parsed.mentions) note(ofMention(mention, index), mention.name);
  const loose = parsed.words.filter((word) => word !== namespace && !parsed.namespaces.includes(word));
  for (const [place, word] of loose.entries()) note(ofWord(word, loose[place + 1], index), word);
  const spelled = spelledOut(
    parsed.text,
    index.all().filter(({ kind }) => COMMON.has(kind)),
  );
  for (const ref of spelled) found.set(refKey(ref), ref);
  const refs = [...found.values()];
  const names = (kept: (ref: ObjectRef) => boolean): string[] => [...new Set(refs.filter(kept).map(({ name }) => name))];
  const workloads = names(({ kind }) => WORKLOADS.has(kind));
  return {
    namespace,
    pods: names(({ kind }) => kind === 'Pod'),
    workloads,
    services: names(({ kind }) => kind === 'Service'),
    nodes: names(({ kind }) => kind === 'Node'),
    others: [...new Set(refs.filter(({ kind }) => !COMMON.has(kind) && !WORKLOADS.has(kind)).map(({ kind, name }) => `${kind}/${name}`))],
    error_summary: parsed.errorSummary,
    time_window: parsed.timeWindow,
    unresolved: unresolved(
      missing.filter((word) => !spelled.some(({ name }) => partsOf(name).includes(word))),
      parsed,
      index,
    ),
  };
}

function ofMention({ name, kinds, namespace }: Mention, index: NameIndex): readonly ObjectRef[] {
  const here = (refs: readonly ObjectRef[]): ObjectRef[] =>
    refs.filter((ref) => namespace === undefined || ref.namespace === undefined || ref.namespace === namespace);
  for (const spelling of spellings(name, kinds)) {
    const named = here(index.named(spelling));
    const fitting = named.filter(({ kind }) => (kinds as readonly string[]).includes(kind));
    if (fitting.length > 0) return fitting;
    const common = named.filter(({ kind }) => COMMON.has(kind));
    if (common.length > 0) return common;
    if (named.length > 0 && kinds.length === 0) return named;
  }
  return here(ofPodName(name, index));
}

/** "the mail service" may be called mail-service or mailservice, "a thumbnail pod" one of thumbnails. */
function spellings(name: string, kinds: readonly Kind[]): string[] {
  const asService = kinds.includes('Service') ? [`${name}-service`, `${name}service`, `${name}-svc`] : [];
  return [name, ...asService, otherNumber(name)];
}

function otherNumber(word: string): string {
  return word.endsWith('s') ? word.slice(0, -1) : `${word}s`;
}

function ofWord(word: string, next: string | undefined, index: NameIndex): readonly ObjectRef[] {
  const named = index.named(word);
  const common = named.filter(({ kind }) => COMMON.has(kind));
  if (common.length > 0) return common;
  if (named.length > 0) return named;
  const joined = next === undefined ? [] : [...index.named(`${word}-${next}`), ...index.named(`${word}${next}`)].filter(({ kind }) => COMMON.has(kind));
  if (joined.length > 0) return joined;
  const inOtherNumber = index.named(otherNumber(word)).filter(({ kind }) => COMMON.has(kind));
  return inOtherNumber.length > 0 ? inOtherNumber : ofPodName(word, index);
}

/** A pod by the front of its name (kubectl cuts long ones), or the workload of a pod that is gone. */
function ofPodName(word: string, index: NameIndex): readonly ObjectRef[] {
  if (!word.includes('-') || word.length < 5) return [];
  const pods = [...index.startingWith(`${word}-`)].filter(({ kind }) => kind === 'Pod');
  if (pods.length > 0) return pods;
  for (let end = word.lastIndexOf('-'); end > 0; end = word.lastIndexOf('-', end - 1)) {
    if (!/^(?:-[a-z0-9]{1,10}){1,2}$/.test(word.slice(end))) return [];
    const owners = index.named(word.slice(0, end)).filter(({ kind }) => COMMON.has(kind) && WORKLOADS.has(kind));
    if (owners.length > 0 && /\d/.test(word.slice(end))) return owners;
  }
  return [];
}

/** Words that were meant as names: what the text is about, what is tied to a kind or a namespace, spelled like a generated name, or near to one. */
function unresolved(missing: readonly string[], parsed: ParsedDescription, index: NameIndex): Entities['unresolved'] {
  const all = [...index.names()];
  const tied = new Set(parsed.mentions.map(({ name }) => name));
  const asked = new Set(parsed.asked);
  const words = [...new Set(missing)]
    .filter((word) => kindsOf(word) === undefined)
    .map((word) => ({ word, near: nearNames(word, all), asked: asked.has(word) }));
  return words
    .filter(({ word, near }) => near.length > 0 || asked.has(word) || tied.has(word) || /[-\d]/.test(word))
    .toSorted((a, b) => Number(b.asked) - Number(a.asked))
    .slice(0, MAX_UNRESOLVED);
}
