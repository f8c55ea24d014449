import type { ChainLink } from '../domain/cause.ts';
import type { Cite } from '../domain/citation.ts';
import type { Finding } from '../domain/finding.ts';
import { type ObjectRef, refKey, sameObject } from '../domain/object-ref.ts';
import type { Edge, Graph } from '../topology/graph.ts';
import type { Candidate } from './candidate.ts';
import { isComplaint } from './echo.ts';
import type { Explanation } from './explains.ts';
import type { Explanations } from './explanations.ts';
import { edgeSentence, hurtSentence, mechanismOf, sameTroubleSentence, troubleSentence } from './sentences.ts';

/** One object that a root cause reaches, and the link by which it was reached first. */
export interface Branch {
  readonly object: ObjectRef;
  readonly parent: Branch | undefined;
  readonly link: ChainLink | undefined;
  readonly depth: number;
  /** A finding says that it is in trouble; without one it only stands in the way of the trouble. */
  readonly troubled: boolean;
}

/** How a root cause spreads: a tree of objects at owner level, nearest first, the root's object at its head. */
export interface Spread {
  readonly root: Candidate;
  readonly branches: readonly Branch[];
  /** The findings that the root explains, itself included. */
  readonly explained: readonly Candidate[];
  /** What the question names is no part of it by itself, and only calls a part of it. */
  readonly approached?: boolean;
}

interface SpreadOptions {
  readonly graph: Graph;
  readonly explanations: Explanations;
  readonly cite: Cite | undefined;
}

export function spreadOf(root: Candidate, options: SpreadOptions): Spread {
  const growing = new Growing(root, options);
  const explained = new Set<Candidate>([root]);
  for (const candidate of explained) {
    growing.extend(candidate, ({ subjects }) => subjects.filter(({ kind }) => !ONLY_PLACES.has(kind)));
    for (const explanation of options.explanations.byCause.get(candidate) ?? []) {
      if (explained.has(explanation.effect)) continue;
      explained.add(explanation.effect);
      growing.follow(explanation);
    }
  }
  // What a victim says of its trouble itself tells more than that it is one.
  for (const candidate of explained) growing.extend(candidate, ({ victims }) => victims);
  growing.expose();
  return { root, branches: [...growing.branches.values()].toSorted((a, b) => a.depth - b.depth), explained: [...explained] };
}

/** The Node on which a component was seen is its place, the quota that refused a pod the one that told: neither is a victim. */
const ONLY_PLACES: ReadonlySet<string> = new Set(['Node', 'ResourceQuota', 'LimitRange']);

interface LinkText {
  readonly mechanism: string;
  readonly evidenceIds: readonly string[];
}

class Growing {
  readonly branches = new Map<string, Branch>();
  readonly #cause: Candidate;
  readonly #root: Branch;
  readonly #graph: Graph;
  readonly #cite: Cite | undefined;

  constructor(root: Candidate, { graph, cite }: SpreadOptions) {
    this.#cause = root;
    this.#graph = graph;
    this.#cite = cite;
    this.#root = { object: this.#place(root.object), parent: undefined, link: undefined, depth: 0, troubled: true };
    this.branches.set(refKey(this.#root.object), this.#root);
  }

  /** From a blamed object to those on which its trouble was seen, or that it is said to hurt. */
  extend(candidate: Candidate, hurtBy: (finding: Finding) => readonly ObjectRef[]): void {
    const from = this.#place(candidate.object);
    for (const finding of candidate.findings) {
      for (const hurt of hurtBy(finding).map((ref) => this.#place(ref))) {
        if (!sameObject(from, hurt)) this.#grow({ from, to: hurt, ...this.#hurtLink({ candidate, finding, from, hurt }), troubled: true });
      }
    }
  }

  /** From a cause along the way of need, backwards, to the finding that it explains. */
  follow({ cause, effect, relation }: Explanation): void {
    const target = this.#place(effect.object);
    const mechanism = mechanismOf(effect.primary);
    const { evidence_ids: evidenceIds } = effect.primary;
    let from = this.#place(relation.path.at(-1)?.to ?? cause.object);
    if (!this.branches.has(refKey(from))) from = this.#place(cause.object);
    for (const edge of relation.path.toReversed()) {
      const to = this.#place(edge.from);
      const isLast = sameObject(to, target);
      const link = isLast ? { mechanism, evidenceIds } : this.#linkOf(edge, cause);
      this.#grow({ from, to, ...link, troubled: isLast });
      from = to;
    }
    // A way that began at what the finding waits for ends there, one step before the one that waits.
    if (!effect.foreign && !sameObject(from, target)) this.#grow({ from, to: target, mechanism, evidenceIds, troubled: true });
  }

  /** Services that send traffic to what is in trouble, and Ingresses in front of them; what a blind autoscaler should scale. */
  expose(): void {
    for (const branch of this.branches.values()) {
      for (const edge of branch.object.kind === 'HorizontalPodAutoscaler' ? this.#graph.needs(branch.object) : []) {
        if (edge.type === 'scales') this.#grow({ from: branch.object, to: this.#place(edge.to), ...this.#linkOf(edge, this.#cause), troubled: false });
      }
      for (const edge of this.#graph.neededBy(branch.object)) {
        if (!exposes(edge) || !(branch.troubled || branch.object.kind === 'Service')) continue;
        this.#grow({ from: branch.object, to: this.#place(edge.from), ...this.#linkOf(edge, this.#cause), troubled: false });
      }
    }
  }

  #hurtLink({ candidate, finding, from, hurt }: { candidate: Candidate; finding: Finding; from: ObjectRef; hurt: ObjectRef }): LinkText {
    const evidenceIds = finding.evidence_ids;
    if (isComplaint(candidate)) {
      const [first = finding.object] = finding.subjects;
      return { mechanism: sameObject(this.#place(first), hurt) ? finding.mechanism : sameTroubleSentence(from, hurt), evidenceIds };
    }
    const sentence = hurtSentence(candidate.effect, from, hurt);
    const edge = sentence === undefined ? this.#graph.needs(hurt).find(({ to }) => sameObject(to, from)) : undefined;
    if (edge !== undefined) return this.#linkOf(edge, candidate);
    return { mechanism: sentence ?? troubleSentence(from, hurt), evidenceIds };
  }

  #linkOf(edge: Edge, cause: Candidate): LinkText {
    const cited = edge.evidence && this.#cite ? [this.#cite(edge.evidence)] : [];
    const sentence = edgeSentence(edge.type, this.#place(edge.from), this.#place(edge.to));
    return { mechanism: sentence, evidenceIds: cited.length > 0 ? cited : cause.primary.evidence_ids };
  }

  #grow(step: { from: ObjectRef; to: ObjectRef; mechanism: string; evidenceIds: readonly string[]; troubled: boolean }): void {
    const parent = this.branches.get(refKey(step.from)) ?? this.#root;
    const key = refKey(step.to);
    const known = this.branches.get(key);
    if (known === undefined) {
      const link: ChainLink = { from: parent.object, to: step.to, mechanism: step.mechanism, evidence_ids: [...step.evidenceIds] };
      this.branches.set(key, { object: step.to, parent, link, depth: parent.depth + 1, troubled: step.troubled });
    }
  }

  #place(ref: ObjectRef): ObjectRef {
    return this.#graph.ownerOf(ref);
  }
}

/** A disruption budget selects too; it carries no traffic. */
function exposes({ type, from }: Edge): boolean {
  return type === 'routes-to' || (type === 'selects' && from.kind === 'Service');
}
