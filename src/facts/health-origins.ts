import type { Origin } from '../domain/fact.ts';
import type { Measure, ServiceHealthDoc } from '../domain/facts/service-health.ts';
import type { ObjectRef } from '../domain/object-ref.ts';
import { MEASURE_NAMES } from './health-measures.ts';

/** What is measured is cited in its own words; what follows from several measures, in words that say from which. */
export function healthOrigins(object: ObjectRef, doc: ServiceHealthDoc): Record<string, Origin> {
  const said = (excerpt: string): Origin => ({ object, fieldPath: '', source: 'metric', excerpt });
  const measured = MEASURE_NAMES.flatMap((name): [string, Measure][] => (doc[name] === null ? [] : [[name, doc[name]]]));
  const all = said(measured.map(([, { text }]) => text).join('; ') || 'nothing is measured');
  const hosted = said(`${doc.hosted_degraded} of the ${doc.hosted} workloads measured on it are slower or fail more than usual`);
  return {
    ...Object.fromEntries(measured.map(([name, { text }]) => [name, said(text)])),
    of: all,
    degraded: all,
    deepest: said(
      doc.deepest ? 'nothing that it calls is slower or fails more than usual' : `it calls what is degraded too: ${doc.slow_dependencies.join(', ')}`,
    ),
    node_suspected: said(doc.node_suspected ? `most of what runs on node ${doc.node} is degraded` : 'what runs beside it on its node is not degraded as it is'),
    hosted,
    suspected: hosted,
    share: hosted,
    worst_latency: hosted,
  };
}
