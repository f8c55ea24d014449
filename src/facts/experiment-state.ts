import type { ExperimentDoc } from '../domain/facts/experiment.ts';
import type { ChaosEngine, ChaosExperiment } from '../domain/kubernetes/chaos.ts';
import type { KubeObject } from '../domain/kubernetes/object.ts';
import { chaosSpecOf } from '../topology/experiments.ts';

type State = ExperimentDoc['state'];

/** What is done once is felt this long; only a Schedule does it again. */
const FELT_MS = 15 * 60_000;
const ONCE: ReadonlySet<string> = new Set(['pod-kill', 'container-kill']);

/** Whether an experiment is at work, as far as its controller says. */
export function experimentState(object: KubeObject, now: number): State {
  if (object.kind === 'ChaosEngine') return engineState(object as ChaosEngine);
  return object.kind === 'Schedule' ? (conditionOf(object, 'Paused') === 'True' ? 'paused' : 'active') : chaosState(object as ChaosExperiment, now);
}

function engineState({ spec, status }: ChaosEngine): State {
  const said = (status?.engineStatus ?? '').toLowerCase();
  if (said === 'completed' || said === 'stopped' || spec?.engineState === 'stop') return 'over';
  return said === '' ? 'unknown' : 'active';
}

function chaosState(object: ChaosExperiment, now: number): State {
  const { metadata, status } = object;
  const { spec } = chaosSpecOf(object);
  const made = Date.parse(metadata.creationTimestamp ?? '');
  if (ONCE.has(spec.action ?? '') && now - made > FELT_MS) return 'over';
  if (conditionOf(object, 'Paused') === 'True') return 'paused';
  const records = status?.experiment?.containerRecords ?? [];
  if (records.some(({ phase }) => phase === 'Injected')) return 'active';
  if (status?.experiment?.desiredPhase === 'Stop' || conditionOf(object, 'AllRecovered') === 'True') return 'over';
  if (conditionOf(object, 'AllInjected') === 'True') return 'active';
  const lasts = durationMs(spec.duration);
  return lasts !== undefined && now - made > lasts ? 'over' : 'unknown';
}

function conditionOf(object: KubeObject, wanted: string): string | undefined {
  return (object as ChaosExperiment).status?.conditions?.find(({ type }) => type === wanted)?.status;
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** As Go writes durations: `90s`, `1h30m`. */
function durationMs(text: string | undefined): number | undefined {
  const parts = [...(text ?? '').matchAll(/([\d.]+)(ms|s|m|h)/g)];
  return parts.length === 0 ? undefined : parts.reduce((sum, [, amount, unit = 's']) => sum + Number(amount) * (UNITS[unit] ?? 0), 0);
}
