import type { Effect } from '../domain/effect.ts';
import type { Finding, Strength } from '../domain/finding.ts';
import { type ObjectRef, refKey, sameObject } from '../domain/object-ref.ts';
import type { Graph } from '../topology/graph.ts';

/** All findings that say the same of the same object: one cause id, one blamed object. Fifty pods of a bad release are one candidate. */
export interface Candidate {
  readonly key: string;
  /** An observation only supersedes: it says that what looks like a fault is none. */
  readonly role: Finding['role'];
  readonly causeId: string;
  readonly object: ObjectRef;
  readonly effect: Effect;
  readonly strength: Strength;
  /** The strongest finding: its words are used. */
  readonly primary: Finding;
  readonly findings: readonly Finding[];
  readonly subjects: readonly ObjectRef[];
  readonly victims: readonly ObjectRef[];
  readonly via: readonly ObjectRef[];
  readonly containers: ReadonlySet<string>;
  /** The earliest time that a finding gives; ISO 8601. */
  readonly since: string | null;
  readonly evidenceIds: readonly string[];
  /** Subjects and their owners. */
  readonly felt: readonly ObjectRef[];
  /** The blamed object is not among those that suffer: a Node, a claim, a dependency. */
  readonly foreign: boolean;
}

const STRENGTH_ORDER: Readonly<Record<Strength, number>> = { decisive: 2, strong: 1, weak: 0 };

/** Positive where `a` proves more than `b`. */
export function compareStrength(a: Strength, b: Strength): number {
  return STRENGTH_ORDER[a] - STRENGTH_ORDER[b];
}

/** Groups findings, in the order in which they were made. */
export function candidatesOf(findings: readonly Finding[], graph: Graph): Candidate[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = `${finding.role} ${finding.cause_id} ${refKey(finding.object)}`;
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups].flatMap(([key, group]) => candidate(key, group, graph));
}

function candidate(key: string, group: readonly Finding[], graph: Graph): Candidate[] {
  const strongest = group.toSorted((a, b) => compareStrength(b.strength, a.strength));
  const [primary] = strongest;
  if (primary === undefined) return [];
  const subjects = distinct(group.flatMap((finding) => finding.subjects));
  const seen = subjects.length > 0 ? subjects : [primary.object];
  const felt = distinct([...seen, ...seen.map((subject) => graph.ownerOf(subject))]);
  return [
    {
      key,
      role: primary.role,
      causeId: primary.cause_id,
      object: primary.object,
      effect: primary.effect,
      strength: primary.strength,
      primary,
      findings: strongest,
      subjects: seen,
      victims: distinct(group.flatMap(({ victims }) => victims)),
      via: distinct(group.flatMap(({ via }) => via)),
      containers: new Set(group.flatMap(({ container }) => container ?? [])),
      since: earliest(group.map(({ since }) => since)),
      evidenceIds: [...new Set(strongest.flatMap(({ evidence_ids }) => evidence_ids))],
      felt,
      foreign: !felt.some((ref) => sameObject(ref, primary.object)),
    },
  ];
}

/** Each object once, in order of first mention. */
export function distinct(refs: readonly ObjectRef[]): ObjectRef[] {
  return [...new Map(refs.map((ref) => [refKey(ref), ref] as const).toReversed()).values()].toReversed();
}

/** The earliest valid time among ISO times. */
export function earliest(times: readonly (string | null | undefined)[]): string | null {
  const valid = times.filter((time): time is string => typeof time === 'string' && !Number.isNaN(Date.parse(time)));
  return valid.toSorted((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null;
}

/** Candidates by each of their keys. */
export function indexBy(candidates: readonly Candidate[], keysOf: (candidate: Candidate) => Iterable<string>): Map<string, Candidate[]> {
  const found = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    for (const key of keysOf(candidate)) {
      const list = found.get(key);
      if (list) list.push(candidate);
      else found.set(key, [candidate]);
    }
  }
  return found;
}
