import type { Fact, FactText } from '../domain/fact.ts';
import type { Measure, ServiceHealthDoc } from '../domain/facts/service-health.ts';
import { podTemplateOf, type Workload } from '../domain/kubernetes/workload.ts';
import { type ObjectRef, objectRef, refKey, refLabel } from '../domain/object-ref.ts';
import type { Alert } from '../domain/telemetry.ts';
import type { FactContext } from './context.ts';
import { alertFactText, alertMeasure, alertText, type MeasureName, measureOfAlert, strongerMeasure } from './health-measures.ts';
import { healthOrigins } from './health-origins.ts';
import { calledWorkloads, healthSubject, nodeOfWorkloads } from './health-subjects.ts';
import { deviations, type SeriesOf } from './metrics/deviations.ts';
import { objectFact } from './object-fact.ts';

const ENDED_S = 900;
type Measures = Partial<Record<MeasureName, Measure>>;

/** What is measured of one workload or node. */
interface Health {
  readonly ref: ObjectRef;
  readonly measures: Measures;
  readonly texts: FactText[];
  since: string | null;
}

/** Facts of the workloads and nodes that alerts or metrics show to be out of the ordinary. */
export function* serviceHealthFacts(context: FactContext): Iterable<Fact> {
  const health = measureAll(context);
  if (health.size === 0) return;
  const view = new HealthView(context, health);
  for (const one of health.values()) {
    if (one.ref.kind !== 'Node') yield healthFact(one, view.workloadDoc(one));
  }
  for (const node of view.nodes()) {
    const one = health.get(refKey(node)) ?? { ref: node, measures: {}, texts: [], since: null };
    yield healthFact({ ...one, texts: [...one.texts, ...view.textsOn(node.name)] }, view.nodeDoc(one));
  }
}

/** Alerts are preferred: whoever wrote them knows what is unusual here. Series say more of the same objects, and speak alone where there are none. */
function measureAll(context: FactContext): Map<string, Health> {
  const health = new Map<string, Health>();
  const of = (ref: ObjectRef): Health => {
    const known = health.get(refKey(ref)) ?? { ref, measures: {}, texts: [], since: null };
    health.set(refKey(ref), known);
    return known;
  };
  const note = (one: Health, name: MeasureName, measure: Measure | null): void => {
    const stronger = strongerMeasure(one.measures[name] ?? null, measure);
    if (stronger !== null) one.measures[name] = stronger;
  };
  for (const alert of context.inventory.telemetry.alerts.filter((candidate) => isCurrent(context, candidate))) {
    const ref = healthSubject(context, alert.labels);
    const name = alertMeasure(alert);
    if (ref === undefined || name === undefined) continue;
    const one = of(ref);
    note(one, name, measureOfAlert(name, alertText(alert)));
    one.texts.push(alertFactText(alert, ref));
    if (one.since === null || alert.startsAt < one.since) one.since = alert.startsAt;
  }
  const alerted = new Set(health.keys());
  for (const { ref, name, measure, excursion } of deviations(seriesByObject(context))) {
    if (isOver(context, excursion.until) || (alerted.size > 0 && !alerted.has(refKey(ref)))) continue;
    const one = of(ref);
    note(one, name, measure);
    if (one.since === null || excursion.since < one.since) one.since = excursion.since;
  }
  return health;
}

function seriesByObject(context: FactContext): readonly SeriesOf[] {
  const placed = context.inventory.telemetry.series.flatMap((series) => {
    const ref = healthSubject(context, series.labels);
    return ref === undefined ? [] : [{ ref, series }];
  });
  return [...Map.groupBy(placed, ({ ref }) => refKey(ref)).values()].flatMap((of) => {
    const [first] = of;
    return first === undefined ? [] : [{ ref: first.ref, series: of.map(({ series }) => series) }];
  });
}

function isCurrent(context: FactContext, alert: Alert): boolean {
  if (alert.state === 'resolved' || alert.state === 'suppressed') return false;
  return !isOver(context, alert.endsAt ?? '');
}

function isOver(context: FactContext, end: string): boolean {
  return context.now - Date.parse(end) >= ENDED_S * 1000;
}

/** Compares the measured workloads with each other: along calls, and by the node they share. */
class HealthView {
  readonly #context: FactContext;
  readonly #health: ReadonlyMap<string, Health>;
  readonly #nodeOf: ReadonlyMap<string, string>;
  readonly #nodeCount: number;
  readonly #calls = new Map<string, readonly ObjectRef[]>();

  constructor(context: FactContext, health: ReadonlyMap<string, Health>) {
    this.#context = context;
    this.#health = health;
    this.#nodeOf = nodeOfWorkloads(context);
    this.#nodeCount = context.inventory.list('Node').length;
  }

  nodes(): ObjectRef[] {
    const measured = [...this.#health.values()].filter(({ ref }) => ref.kind === 'Node').map(({ ref }) => ref);
    const hosting = [...this.#health.keys()].flatMap((key) => this.#nodeOf.get(key) ?? []).map((name) => objectRef('Node', undefined, name));
    return [...new Map([...measured, ...hosting].map((ref) => [ref.name, ref])).values()].sort((a, b) => a.name.localeCompare(b.name));
  }

  textsOn(node: string): FactText[] {
    return this.#degradedOn(node).flatMap(({ texts }) => texts.slice(0, 1));
  }

  workloadDoc(one: Health): ServiceHealthDoc {
    const slow = this.#callsOf(one.ref).filter((ref) => this.#isDegraded(ref));
    const node = this.#nodeOf.get(refKey(one.ref)) ?? null;
    const near = [node, ...this.#callsOf(one.ref).map((ref) => this.#nodeOf.get(refKey(ref)) ?? null)].filter((name) => name !== null);
    const degraded = this.#isDegraded(one.ref);
    return {
      ...emptyDoc(one, this.#alerted()),
      cpu_limit: cpuLimit(this.#context, one.ref),
      degraded,
      slow_dependencies: slow.map(({ name }) => name),
      deepest: degraded && slow.length === 0,
      node,
      node_suspected: near.some((name) => this.#isSuspected(name)),
    };
  }

  nodeDoc(one: Health): ServiceHealthDoc {
    const name = one.ref.name;
    const hosted = this.#hostedOn(name);
    const degraded = this.#degradedOn(name);
    const factors = degraded.flatMap(({ measures }) => measures.latency?.factor ?? []);
    return {
      ...emptyDoc(one, this.#alerted()),
      node: name,
      hosted,
      hosted_degraded: degraded.length,
      hosted_deepest: degraded.filter(({ ref }) => this.#isDeepest(ref)).length,
      share: this.#share(name),
      highest_share: this.#hasHighestShare(name),
      suspected: this.#isSuspected(name),
      worst_latency: factors.length === 0 ? null : Math.max(...factors),
      workloads:
        degraded.length === 0
          ? null
          : degraded
              .slice(0, 6)
              .map(({ ref }) => refLabel(ref))
              .join(', '),
    };
  }

  /** A node that retransmits or loses packets by its own measure, or that hosts most of what is slow while others host little of it. */
  #isSuspected(node: string): boolean {
    const noisy = this.#noisyNodes();
    if (noisy.has(node)) return noisy.size * 2 <= Math.max(2, this.#nodeCount);
    if (noisy.size > 0) return false;
    const degraded = this.#degradedOn(node);
    const deepest = degraded.filter(({ ref }) => this.#isDeepest(ref)).length;
    const busy = degraded.some(({ measures }) => measures.throttling !== undefined);
    return !busy && degraded.length >= 2 && deepest >= 2 && this.#share(node) >= 0.5 && this.#hasHighestShare(node);
  }

  /**
   * Nodes that lose packets, without those that lose few beside the worst: the peers of a bad node send again too. Where something is
   * slow, a node on which nothing is slow by itself only talks to the bad one.
   */
  #noisyNodes(): ReadonlySet<string> {
    const slow = this.nodes().filter(({ name }) => this.#degradedOn(name).some(({ ref }) => this.#isDeepest(ref)));
    const noise = [...this.#health.values()]
      .filter(({ ref }) => ref.kind === 'Node' && (slow.length === 0 || slow.some(({ name }) => name === ref.name)))
      .flatMap(({ ref, measures }) => {
        const loss = measures.packet_loss ?? measures.retransmissions;
        return loss === undefined ? [] : [{ name: ref.name, level: loss.current ?? 1 }];
      });
    const worst = Math.max(...noise.map(({ level }) => level));
    return new Set(noise.filter(({ level }) => level * 2 >= worst).map(({ name }) => name));
  }

  #share(node: string): number {
    const hosted = this.#hostedOn(node);
    return hosted === 0 ? 0 : this.#degradedOn(node).length / hosted;
  }

  #hasHighestShare(node: string): boolean {
    return [...new Set(this.#nodeOf.values())].every((other) => other === node || this.#share(other) < this.#share(node));
  }

  #hostedOn(node: string): number {
    const namespaces = new Set([...this.#health.values()].map(({ ref }) => ref.namespace));
    return [...this.#nodeOf].filter(([key, name]) => name === node && namespaces.has(key.split('/')[1])).length;
  }

  #degradedOn(node: string): Health[] {
    return [...this.#health.values()].filter(({ ref }) => this.#nodeOf.get(refKey(ref)) === node && this.#isDegraded(ref));
  }

  #isDegraded(ref: ObjectRef): boolean {
    const measures = this.#health.get(refKey(ref))?.measures;
    return measures?.latency !== undefined || measures?.errors !== undefined;
  }

  #isDeepest(ref: ObjectRef): boolean {
    return this.#isDegraded(ref) && !this.#callsOf(ref).some((called) => this.#isDegraded(called));
  }

  #callsOf(ref: ObjectRef): readonly ObjectRef[] {
    const known = this.#calls.get(refKey(ref)) ?? calledWorkloads(this.#context, ref);
    this.#calls.set(refKey(ref), known);
    return known;
  }

  #alerted(): boolean {
    return [...this.#health.values()].some(({ texts }) => texts.length > 0);
  }
}

function emptyDoc({ ref, measures }: Health, alerted: boolean): ServiceHealthDoc {
  const of = (name: MeasureName): Measure | null => measures[name] ?? null;
  return {
    name: ref.name,
    namespace: ref.namespace ?? null,
    of: ref.kind === 'Node' ? 'node' : 'workload',
    subject: refLabel(ref),
    latency: of('latency'),
    errors: of('errors'),
    cpu: of('cpu'),
    throttling: of('throttling'),
    memory: of('memory'),
    memory_share: of('memory_share'),
    pool_share: of('pool_share'),
    requests: of('requests'),
    traffic: of('traffic'),
    surge: of('surge'),
    retransmissions: of('retransmissions'),
    packet_loss: of('packet_loss'),
    cpu_limit: null,
    degraded: false,
    alerted_anywhere: alerted,
    slow_dependencies: [],
    deepest: false,
    node: null,
    node_suspected: false,
    hosted: 0,
    hosted_degraded: 0,
    hosted_deepest: 0,
    share: 0,
    highest_share: false,
    suspected: false,
    worst_latency: null,
    workloads: null,
  };
}

function healthFact({ ref, texts, since }: Health, doc: ServiceHealthDoc): Fact {
  return objectFact({
    subject: 'ServiceHealth',
    object: ref,
    doc,
    texts,
    relations: { workload: ref.kind === 'Node' ? undefined : ref, node: doc.node === null ? undefined : objectRef('Node', undefined, doc.node) },
    since,
    origins: healthOrigins(ref, doc),
  });
}

function cpuLimit(context: FactContext, ref: ObjectRef): string | null {
  const workload = context.inventory.lookup<Workload>(ref.kind as 'Deployment', ref.namespace, ref.name);
  const limits =
    workload.status === 'found' ? (podTemplateOf(workload.value)?.spec.containers ?? []).flatMap(({ resources }) => resources?.limits?.['cpu'] ?? []) : [];
  return limits.length === 0 ? null : limits.join(', ');
}
