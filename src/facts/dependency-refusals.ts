import type { Fact, FactText } from '../domain/fact.ts';
import type { DependencyDoc } from '../domain/facts/dependency.ts';
import type { Site } from '../topology/sites.ts';
import { logTexts } from './container-log.ts';
import type { FactContext } from './context.ts';
import { sinceFailing } from './dependency-caller.ts';
import { type Dependency, dependenciesOf } from './dependency-calls.ts';
import { type Run, technologyAt } from './dependency-doc.ts';
import { speaksAs, storeRefuses } from './dependency-stores.ts';
import { failureWords, toldWords } from './dependency-words.ts';
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

/** What of the refusals may be the words of this store. */
export function wordsOf(run: Run, dependency: Dependency, refusals: readonly FactText[]): readonly FactText[] {
  const technology = technologyAt(run, dependency);
  return technology === undefined ? [] : refusals.filter(({ text }) => speaksAs(technology, text));
}

/** A store refuses, and no setting that can be read says which: the address may stand in a Secret. */
export function* unplacedRefusals(
  run: Run,
  site: Site,
  { caller, refusals }: { caller: DependencyDoc['caller']; refusals: readonly FactText[] },
): Iterable<Fact> {
  const own = dependenciesOf(run.network, site).flatMap((dependency) => technologyAt(run, dependency) ?? []);
  const texts = refusals.filter(({ text }) => !own.some((technology) => speaksAs(technology, text)));
  if (texts.length === 0) return;
  const doc: DependencyDoc = {
    name: 'its data store',
    host: null,
    port: null,
    caller,
    error: null,
    failure: failureWords(null),
    error_count: texts.length,
    told: toldWords(texts.length, 'log'),
    ongoing: texts.some(({ stale }) => !stale),
    trouble: true,
    target: 'unknown',
    service: null,
    missing: null,
    backend: null,
    technology: null,
    is_database: false,
    is_queue: false,
    known_by: 'log',
    setting: null,
    blocked_by: null,
    mesh: null,
    dns_blocked_by: null,
    dns_ready: run.dns.ready,
    others_unresolvable: 0,
    others_failing: 0,
  };
  yield objectFact({
    subject: 'Dependency',
    object: site.ref,
    part: 'store',
    doc,
    texts,
    relations: { workload: site.ref },
    since: sinceFailing(run.network, site.ref),
  });
}
