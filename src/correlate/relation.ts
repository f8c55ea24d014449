import { type ObjectRef, refKey, sameObject } from '../domain/object-ref.ts';
import type { Edge, Graph } from '../topology/graph.ts';
import { type Candidate, distinct } from './candidate.ts';
import { WAYS, type Way, type Where } from './mechanisms.ts';
import { type Arrival, walk } from './walk.ts';

/** How two candidates hang together: the way of need from the one that suffers to the cause. `path` is empty on the same object. */
export interface Relation {
  readonly where: Where;
  readonly path: readonly Edge[];
  readonly calls: number;
}

/** Finds relations in one graph; walks are kept, so that many pairs cost little. */
export class Relations {
  readonly #graph: Graph;
  readonly #walks = new Map<string, Map<string, Arrival>>();

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  /** A relation of one of the kinds asked for, in their order; undefined where the two have nothing to do with each other. */
  between(cause: Candidate, effect: Candidate, wheres: readonly Where[]): Relation | undefined {
    for (const where of wheres) {
      const relation = this.#relation(cause, effect, where);
      if (relation !== undefined) return relation;
    }
    return undefined;
  }

  /** True when both were seen on the same object. Two pods of one workload are two objects; a pod and its workload are one. */
  meet(a: readonly ObjectRef[], b: readonly ObjectRef[]): boolean {
    return a.some((one) => b.some((other) => this.#isSame(one, other)));
  }

  #isSame(a: ObjectRef, b: ObjectRef): boolean {
    if (sameObject(a, b)) return true;
    if (a.kind === 'Pod' && b.kind === 'Pod') return false;
    return sameObject(this.#graph.ownerOf(a), this.#graph.ownerOf(b));
  }

  #relation(cause: Candidate, effect: Candidate, where: Where): Relation | undefined {
    const hurt = [...cause.subjects, ...cause.victims];
    const seen = effect.foreign ? [...effect.subjects, effect.object] : effect.subjects;
    if (where === 'same') return this.meet(hurt, seen) ? { where, path: [], calls: 0 } : undefined;
    if (where === 'anywhere') return { where, path: [], calls: 0 };
    // What was seen on the sufferer itself, or is said to hurt it, needs no way to it.
    if (LOCAL_WAYS.has(where) && cause.foreign && this.meet(hurt, effect.subjects)) return { where, path: [], calls: 0 };
    if (LOCAL_WAYS.has(where) && this.meet(cause.victims, effect.subjects)) return { where, path: [], calls: 0 };
    return this.#byWay(cause, effect, where);
  }

  #byWay(cause: Candidate, effect: Candidate, way: Way): Relation | undefined {
    // One object's own troubles follow from each other by `same` only, not around a loop of calls.
    if (!cause.foreign && !effect.foreign && sameObject(cause.object, effect.object)) return undefined;
    const { named, starts } = this.#starts(effect, way);
    const arrivals = this.#walk(`${effect.key} ${way}`, starts, way);
    const anchors = anchorsOf(cause).flatMap((anchor) => arrivals.get(refKey(anchor)) ?? []);
    const reached = anchors.filter(({ path }) => named || path.some(({ type }) => type !== 'runs-as')).toSorted((a, b) => a.path.length - b.path.length);
    const [nearest] = reached;
    return nearest && { where: way, path: nearest.path, calls: nearest.calls + (named ? 1 : 0) };
  }

  #walk(key: string, starts: readonly ObjectRef[], way: Way): Map<string, Arrival> {
    const known = this.#walks.get(key) ?? walk(this.#graph, starts, WAYS[way]);
    this.#walks.set(key, known);
    return known;
  }

  /** Where the way begins: at the dependency that the finding names, when it names one; else at those who suffer. */
  #starts(effect: Candidate, way: Way): { named: boolean; starts: readonly ObjectRef[] } {
    const kinds = NAMEABLE[way];
    const named = kinds && [...(effect.foreign ? [effect.object] : []), ...effect.via].filter(({ kind }) => kinds.has(kind));
    if (named === undefined || named.length === 0) return { named: false, starts: OF_PODS.has(way) ? effect.subjects : effect.felt };
    return { named: true, starts: distinct([...named, ...named.flatMap((target) => this.#doorsOf(target, effect))]) };
  }

  /** Other names of a dependency: Services that select it, and what the sufferer calls by the same name. */
  #doorsOf(target: ObjectRef, effect: Candidate): ObjectRef[] {
    const services = this.#graph.neededBy(target).flatMap(({ type, from }) => (type === 'selects' && from.kind === 'Service' ? [from] : []));
    const namesakes = effect.felt
      .flatMap((ref) => this.#graph.needs(ref))
      .flatMap(({ type, to }) => ((type === 'calls' || type === 'depends-on') && to.name === target.name && to.namespace === target.namespace ? [to] : []));
    return [...services, ...namesakes];
  }
}

/** Ways on which a cause that was seen on the sufferer needs no edge. */
const LOCAL_WAYS: ReadonlySet<Where> = new Set<Where>(['host', 'storage', 'configuration', 'admission', 'policy']);

/** Ways that each pod has for itself: its siblings' nodes and claims are not its own. */
const OF_PODS: ReadonlySet<Way> = new Set<Way>(['host', 'storage']);

const CALLABLE = new Set([
  'Service',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
  'ReplicaSet',
  'ReplicationController',
  'Pod',
  'External',
  'Component',
]);

/** Kinds that a finding may name as the thing it waits for, by way. */
const NAMEABLE: Readonly<Partial<Record<Way, ReadonlySet<string>>>> = {
  traffic: CALLABLE,
  'host-of-dependency': CALLABLE,
  storage: new Set(['PersistentVolumeClaim', 'PersistentVolume', 'StorageClass']),
  configuration: new Set(['ConfigMap', 'Secret', 'ServiceAccount']),
};

/** The objects whose trouble the cause is. A failing dependency is the caller's trouble, not the dependency's. */
function anchorsOf(cause: Candidate): readonly ObjectRef[] {
  const ofCaller = cause.foreign && (cause.effect === 'dependency-failing' || cause.effect === 'name-unresolvable');
  return ofCaller ? cause.felt : distinct([cause.object, ...cause.felt, ...cause.victims]);
}
