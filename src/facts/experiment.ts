import type { Fact } from '../domain/fact.ts';
import type { ExperimentDoc } from '../domain/facts/experiment.ts';
import { type ChaosEngine, EXPERIMENT_KINDS } from '../domain/kubernetes/chaos.ts';
import { type KubeObject, refOf } from '../domain/kubernetes/object.ts';
import { refLabel } from '../domain/object-ref.ts';
import { chaosSpecOf, experimentTargets } from '../topology/experiments.ts';
import { ageSeconds, type FactContext } from './context.ts';
import { experimentState } from './experiment-state.ts';
import { networkOf } from './network.ts';
import { objectFact } from './object-fact.ts';

const MAX_NAMED = 5;

/** A fact of every chaos experiment. One that a Schedule has made tells more than the Schedule. */
export function* experimentFacts(context: FactContext): Iterable<Fact> {
  const experiments = EXPERIMENT_KINDS.flatMap((kind) => context.inventory.list<KubeObject>(kind));
  const made = new Set(
    experiments.flatMap(({ metadata }) => (metadata.ownerReferences ?? []).map(({ kind, name }) => `${kind}/${metadata.namespace}/${name}`)),
  );
  for (const experiment of experiments) {
    const { kind, metadata } = experiment;
    if (!made.has(`${kind}/${metadata.namespace}/${metadata.name}`)) yield experimentFact(context, experiment);
  }
}

function experimentFact(context: FactContext, experiment: KubeObject): Fact {
  const self = refOf(experiment);
  const targets = experimentTargets(experiment, networkOf(context).sites);
  const names = targets.slice(0, MAX_NAMED).map((ref) => refLabel(ref));
  const { does, sort } = experiment.kind === 'ChaosEngine' ? engineWork(experiment as ChaosEngine) : chaosWork(experiment);
  const doc: ExperimentDoc = {
    name: experiment.metadata.name,
    kind: experiment.kind,
    engine: experiment.kind === 'ChaosEngine' ? 'Litmus' : 'Chaos Mesh',
    does,
    sort,
    state: experimentState(experiment, context.now),
    targets: targets.length,
    workloads: names.length === 0 ? null : `${names.join(', ')}${targets.length > MAX_NAMED ? ` and ${targets.length - MAX_NAMED} more` : ''}`,
    since_s: ageSeconds(context, experiment.metadata.creationTimestamp),
  };
  return objectFact({
    subject: 'Experiment',
    object: self,
    doc,
    groups: { workloads: targets },
    since: experiment.metadata.creationTimestamp ?? null,
    origins: { does: 'spec', sort: 'spec', state: 'status', targets: 'spec.selector', workloads: 'spec.selector' },
  });
}

type Work = Pick<ExperimentDoc, 'does' | 'sort'>;

const OF_NETWORK = /network|dns|http|latency|packet|partition/i;

function engineWork({ spec }: ChaosEngine): Work {
  const names = (spec?.experiments ?? []).flatMap(({ name }) => name ?? []);
  return { does: names.join(', ') || 'an experiment', sort: names.some((name) => OF_NETWORK.test(name)) ? 'network' : 'process' };
}

/** Where the amounts stand: delay, loss, stressors and so on, by the action's own name. */
function chaosWork(experiment: KubeObject): Work {
  const { kind, spec } = chaosSpecOf(experiment);
  const sort = OF_NETWORK.test(kind) ? 'network' : 'process';
  const word = (spec.action ?? (Object.keys((spec['stressors'] as object | undefined) ?? {}).join(' and ') || kind)).replaceAll('-', ' ');
  const amount = amountOf(spec[spec.action ?? ''] ?? spec['stressors'] ?? spec['delay']);
  return { does: `${kind === 'StressChaos' ? 'stress of ' : ''}${word}${amount === '' ? '' : ` (${amount})`}`, sort };
}

/** Numbers and words of a setting, two levels deep: `latency 2s, jitter 0ms`. */
function amountOf(value: unknown, depth = 0): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value) || depth > 1) return '';
  return Object.entries(value)
    .flatMap(([key, inner]) => {
      const text = amountOf(inner, depth + 1);
      return text === '' ? [] : [`${key} ${text}`];
    })
    .slice(0, 4)
    .join(', ');
}
