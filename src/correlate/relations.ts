import { type ObjectRef, refKey, sameObject } from '../domain/object-ref.ts';
import type { Graph } from '../topology/graph.ts';
import { type Candidate, distinct } from './candidate.ts';
import { echoOf, isComplaint } from './echo.ts';
import { WAYS, type Way, type Where } from './mechanisms.ts';
import type { Relation } from './relation.ts';
import { type Arrival, pathTo, walk } from './walk.ts';
import { meet, type Whereabouts, whereaboutsOf } from './whereabouts.ts';

/** Where a candidate was seen, whom it hurts, and whose trouble it is. */
interface Places {
  readonly seen: Whereabouts;
  /** Seen, and the victims. */
  readonly hurt: Whereabouts;
  readonly victims: Whereabouts;
  /** Seen, and the blamed object where it is another. */
  readonly all: Whereabouts;
  readonly anchors: readonly string[];
}

/** Finds relations in one graph; what is worked out is kept, so that many pairs cost little. */
export class Relations {
  readonly #graph: Graph;
  readonly #places = new Map<Candidate, Places>();
  readonly #starts = new Map<string, { named: boolean; arrivals: ReadonlyMap<string, Arrival> }>();

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

  /** The way by which `effect` only repeats what `cause` complains of. */
  echo(cause: Candidate, effect: Candidate): Relation | undefined {
    return echoOf(cause, effect, this.#graph);
  }

  /** True when both were seen on the same object. */
  meet(a: Candidate, b: Candidate): boolean {
    return meet(this.#of(a).seen, this.#of(b).seen);
  }

  /** Keys of the owners of all that the candidate was seen on, blames or hurts: two that share none are related only by a way. */
  keysOf(candidate: Candidate): ReadonlySet<string> {
    const { hurt, all } = this.#of(candidate);
    return hurt.others.union(hurt.ownersOfPods).union(all.others).union(all.ownersOfPods);
  }

  /** Keys of the objects whose trouble the candidate is: where ways to it end. */
  anchorsOf(candidate: Candidate): readonly string[] {
    return this.#of(candidate).anchors;
  }

  /** Keys of all objects that the way leads to from those who suffer. */
  reachOf(effect: Candidate, way: Way): Iterable<string> {
    return this.#arrivals(effect, way).arrivals.keys();
  }

  #relation(cause: Candidate, effect: Candidate, where: Where): Relation | undefined {
    const [from, to] = [this.#of(cause), this.#of(effect)];
    if (where === 'same') return meet(from.hurt, to.all) ? { where, path: [], calls: 0 } : undefined;
    if (where === 'anywhere') return { where, path: [], calls: 0 };
    if (where === 'store') return this.#sharesStore(cause, effect) ? { where, path: [], calls: 0 } : undefined;
    // What was seen on the sufferer itself, or is said to hurt it, needs no way to it.
    if (LOCAL_WAYS.has(where) && meet(cause.foreign ? from.hurt : from.victims, to.seen)) return { where, path: [], calls: 0 };
    return this.#byWay(cause, effect, where);
  }

  /** True when the cause lies in a Job that calls what the sufferer calls. */
  #sharesStore(cause: Candidate, effect: Candidate): boolean {
    const jobs = cause.felt.filter(({ kind }) => kind === 'Job' || kind === 'CronJob');
    const called = new Set(jobs.flatMap((job) => this.#calledBy(job)));
    return called.size > 0 && effect.felt.some((ref) => this.#calledBy(ref).some((key) => called.has(key)));
  }

  #calledBy(ref: ObjectRef): string[] {
    return this.#graph.needs(ref).flatMap(({ type, to }) => (type === 'calls' || type === 'depends-on' ? [refKey(to)] : []));
  }

  #byWay(cause: Candidate, effect: Candidate, way: Way): Relation | undefined {
    // One object's own troubles follow from each other by `same` only, not around a loop of calls.
    if (!cause.foreign && !effect.foreign && sameObject(cause.object, effect.object)) return undefined;
    const { named, arrivals } = this.#arrivals(effect, way);
    let nearest: Arrival | undefined;
    for (const anchor of this.#of(cause).anchors) {
      const arrival = arrivals.get(anchor);
      if (arrival === undefined || !(named || arrival.left)) continue;
      if (nearest === undefined || arrival.length < nearest.length) nearest = arrival;
    }
    return nearest && { where: way, path: pathTo(nearest), calls: nearest.calls + (named ? 1 : 0) };
  }

  #of(candidate: Candidate): Places {
    const known = this.#places.get(candidate) ?? placesOf(candidate, this.#graph);
    this.#places.set(candidate, known);
    return known;
  }

  #arrivals(effect: Candidate, way: Way): { named: boolean; arrivals: ReadonlyMap<string, Arrival> } {
    const key = `${effect.key} ${way}`;
    const known = this.#starts.get(key);
    if (known !== undefined) return known;
    const { named, starts } = this.#startsOf(effect, way);
    const result = { named, arrivals: walk(this.#graph, starts, WAYS[way]) };
    this.#starts.set(key, result);
    return result;
  }

  /** Where the way begins: at the dependency that the finding names, when it names one; else at those who suffer. */
  #startsOf(effect: Candidate, way: Way): { named: boolean; starts: readonly ObjectRef[] } {
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
const LOCAL_WAYS: ReadonlySet<Where> = new Set<Where>(['host', 'storage', 'configuration', 'admission', 'policy', 'disturbance']);

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
  disturbance: CALLABLE,
  storage: new Set(['PersistentVolumeClaim', 'PersistentVolume', 'StorageClass']),
  configuration: new Set(['ConfigMap', 'Secret', 'ServiceAccount', 'Certificate']),
};

function placesOf(candidate: Candidate, graph: Graph): Places {
  const { subjects, victims, object, felt, foreign } = candidate;
  // A failing dependency is the caller's trouble, not the dependency's.
  const ofCaller = foreign && isComplaint(candidate);
  return {
    seen: whereaboutsOf(subjects, graph),
    hurt: whereaboutsOf([...subjects, ...victims], graph),
    victims: whereaboutsOf(victims, graph),
    all: whereaboutsOf(foreign ? [...subjects, object] : subjects, graph),
    anchors: distinct(ofCaller ? felt : [object, ...felt, ...victims]).map(refKey),
  };
}
