import type { Fact, FactText } from '../domain/fact.ts';
import type { DependencyDoc } from '../domain/facts/dependency.ts';
import { type ObjectRef, refKey } from '../domain/object-ref.ts';
import { technologyOf } from '../topology/knowledge/technology.ts';
import type { Site } from '../topology/sites.ts';
import { logTexts } from './container-log.ts';
import type { FactContext } from './context.ts';
import { sinceFailing } from './dependency-caller.ts';
import { answererOf, type Dependency, dependenciesOf, imagesOf } from './dependency-calls.ts';
import { backendPart, type Run, technologyAt } from './dependency-doc.ts';
import { type Dialect, dialectOf, speaksAs, storeRefuses } from './dependency-stores.ts';
import { failureWords, toldWords } from './dependency-words.ts';
import { placeStore } from './hidden-stores.ts';
import type { Network } from './network.ts';
import { objectFact } from './object-fact.ts';

/** The lines of a workload's logs in which a store refuses it. */
export function refusalsOf(context: FactContext, network: Network, { ref }: Site): FactText[] {
  return network.livePodsOf(ref).flatMap(({ pod, ready }) =>
    (pod.spec?.containers ?? []).flatMap(({ name }) => {
      const logs = context.inventory.logsOf(pod.metadata.namespace ?? '', pod.metadata.name, name);
      return logTexts(context, logs, !ready).filter(({ text }) => storeRefuses(text));
    }),
  );
}

/** Error lines of this long ago still speak of now. */
const RECENT_S = 900;

/**
 * Once is what logs are for, but two workloads that lately hear the same sort of store say no did not both slip. A store that
 * writes down what it said to others does not hear it.
 */
export function heardTogether({ context, network }: Run, refusals: ReadonlyMap<Site, readonly FactText[]>): ReadonlyMap<Site, readonly FactText[]> {
  const isStore = ({ ref }: Site, { technologies }: Dialect): boolean =>
    technologies.test(technologyOf(context.knowledge, { images: imagesOf(network, ref) })?.name ?? '');
  const isLate = ({ age_s, stale }: FactText): boolean => !stale || (age_s !== null && age_s <= RECENT_S);
  const heard = (site: Site, text: string): Dialect | undefined => {
    const dialect = dialectOf(text);
    return dialect === undefined || isStore(site, dialect) ? undefined : dialect;
  };
  const late = [...refusals].flatMap(([site, texts]) => texts.filter(isLate).flatMap(({ text }) => ({ site, dialect: heard(site, text) })));
  const hearers = Map.groupBy(late, ({ dialect }) => dialect);
  const isShared = (dialect: Dialect | undefined): boolean => dialect !== undefined && new Set(hearers.get(dialect)?.map(({ site }) => site)).size > 1;
  const renewed = (site: Site, text: FactText): FactText => (text.stale && isLate(text) && isShared(heard(site, text.text)) ? { ...text, stale: false } : text);
  return new Map([...refusals].map(([site, texts]) => [site, texts.map((text) => renewed(site, text))]));
}

/** What of the refusals may be the words of this store. */
export function wordsOf(run: Run, dependency: Dependency, refusals: readonly FactText[]): readonly FactText[] {
  const technology = technologyAt(run, dependency);
  return technology === undefined ? [] : refusals.filter(({ text }) => speaksAs(technology, text));
}

/** How many other workloads are refused by a store too. */
export type Refused = (store: ObjectRef, except: ObjectRef) => number;

export function refusedByStore(run: Run, refusals: ReadonlyMap<Site, readonly FactText[]>): Refused {
  const bySite = [...refusals].flatMap(([site, texts]) => {
    const dialects = new Set(texts.flatMap(({ text, stale }) => (stale ? [] : (dialectOf(text) ?? []))));
    return [...dialects].flatMap((dialect) => {
      const placed = placeStore(run.context, run.network, site, dialect);
      return placed ? [{ site: refKey(site.ref), store: refKey(answererOf(run.network, placed).dependency) }] : [];
    });
  });
  const byStore = Map.groupBy(bySite, ({ store }) => store);
  return (store, except) => new Set((byStore.get(refKey(store)) ?? []).map(({ site }) => site).filter((site) => site !== refKey(except))).size;
}

/** A store refuses, and no setting that can be read says which: it is the one that is known to be used, or nobody knows. */
export function* unplacedRefusals(
  run: Run,
  site: Site,
  { caller, refusals, refused }: { caller: DependencyDoc['caller']; refusals: readonly FactText[]; refused: Refused },
): Iterable<Fact> {
  const own = dependenciesOf(run.network, site).flatMap((dependency) => technologyAt(run, dependency) ?? []);
  const texts = refusals.filter(({ text }) => !own.some((technology) => speaksAs(technology, text)));
  for (const [dialect, said] of Map.groupBy(texts, ({ text }) => dialectOf(text))) {
    const store = dialect && placeStore(run.context, run.network, site, dialect)?.target;
    const known = store?.kind === 'workload' ? store.ref : undefined;
    yield storeFact(run, site, { caller, said, store: known, others: known === undefined ? 0 : refused(known, site.ref) });
  }
}

function storeFact(
  run: Run,
  site: Site,
  { caller, said, store, others }: { caller: DependencyDoc['caller']; said: readonly FactText[]; store: ObjectRef | undefined; others: number },
): Fact {
  const technology = store && technologyOf(run.context.knowledge, { images: imagesOf(run.network, store) });
  const doc: DependencyDoc = {
    ...NOTHING_KNOWN,
    name: store?.name ?? 'its data store',
    caller,
    error_count: said.length,
    told: toldWords(said.length, 'log'),
    ongoing: said.some(({ stale }) => !stale),
    target: store === undefined ? 'unknown' : 'workload',
    backend: store === undefined ? null : backendPart(run.network, store),
    technology: technology?.name ?? null,
    is_database: technology?.type === 'database' || technology?.type === 'cache',
    is_queue: technology?.type === 'queue',
    dns_ready: run.dns.ready,
    others_failing: others,
  };
  return objectFact({
    subject: 'Dependency',
    object: site.ref,
    part: `store:${store?.name ?? ''}`,
    doc,
    texts: said,
    relations: { workload: site.ref, backend: store, dependency: store },
    since: sinceFailing(run.network, site.ref),
  });
}

const NOTHING_KNOWN: Omit<DependencyDoc, 'name' | 'caller' | 'error_count' | 'told' | 'ongoing' | 'target'> = {
  host: null,
  port: null,
  error: null,
  failure: failureWords(null),
  trouble: true,
  service: null,
  missing: null,
  backend: null,
  technology: null,
  is_database: false,
  is_queue: false,
  known_by: 'log',
  address_hidden: true,
  setting: null,
  blocked_by: null,
  mesh: null,
  dns_blocked_by: null,
  dns_override: null,
  dns_ready: null,
  others_unresolvable: 0,
  others_failing: 0,
};
