import { endpointIn } from '../domain/endpoint-in.ts';
import { eventCount } from '../domain/kubernetes/event.ts';
import type { Pod } from '../domain/kubernetes/pod.ts';
import type { LogEndpoint } from '../domain/log-excerpt.ts';
import { probeOf } from './container-events.ts';
import type { FactContext } from './context.ts';
import type { Said } from './network.ts';
import { eventTexts } from './texts.ts';

/** A host that the command of a probe could not talk to: what it printed stands in the event. */
export interface ProbeCall {
  readonly container: string;
  readonly endpoint: LogEndpoint;
  readonly said: Said;
}

/** Calls that probe commands make and fail in. Probes of the kubelet itself ask the pod, and are none. */
export function probeCalls(context: FactContext, pod: Pod): ProbeCall[] {
  const commands = (pod.spec?.containers ?? []).flatMap((spec) =>
    [spec.readinessProbe, spec.livenessProbe, spec.startupProbe].some((probe) => probe?.exec !== undefined) ? [spec] : [],
  );
  if (commands.length === 0) return [];
  const events = context.inventory.eventsOf(pod).filter(({ reason }) => reason === 'Unhealthy');
  const texts = eventTexts(context, events, null);
  return events.flatMap((event, index): ProbeCall[] => {
    const probe = probeOf(event.message ?? '');
    const spec = commands.find((one) => probe !== undefined && one[`${probe}Probe`]?.exec !== undefined);
    const text = texts[index];
    const named = spec && endpointIn(event.message ?? '');
    if (spec === undefined || named === undefined || text === undefined) return [];
    const endpoint = { ...named, count: eventCount(event), lastLine: 0, example: text.text, recovered: false };
    return [{ container: spec.name, endpoint, said: { source: 'event', at: text.at, evidence: text.evidence } }];
  });
}
