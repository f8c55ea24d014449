import type { InvestigationEvent } from '../domain/investigation-event.ts';
import { refLabel } from '../domain/object-ref.ts';
import { printableLine } from './printable.ts';

/** One plain line of progress; undefined for events that say nothing to a person who watches. Verbose tells stages, evidence and findings too. */
export function renderEventLine(event: InvestigationEvent, { verbose = false }: { verbose?: boolean } = {}): string | undefined {
  const line = lineOf(event, verbose);
  return line === undefined ? undefined : printableLine(line);
}

function lineOf(event: InvestigationEvent, verbose: boolean): string | undefined {
  switch (event.type) {
    case 'investigation-started':
      return `incident ${event.incident_id}`;
    case 'scope-resolved':
      return `scope: ${scopeText(event.scope)}`;
    case 'read-completed':
      return verbose ? `${event.text} (${Math.round(event.duration_ms)} ms)` : event.text;
    case 'model-stepped':
      return `model: ${event.text}`;
    case 'gap-found':
      return `not seen: ${event.gap.what} (${event.gap.why.replaceAll('-', ' ')})`;
    case 'stage-failed':
      return `failed: ${event.gap.what} (${event.gap.detail ?? event.gap.why.replaceAll('-', ' ')})`;
    case 'stage-completed':
      return verbose ? `${event.stage}: ${event.summary} (${Math.round(event.duration_ms)} ms)` : undefined;
    case 'finding-added':
      return verbose ? `finding: ${event.finding.title} on ${refLabel(event.finding.object)} (${event.finding.rule_id})` : undefined;
    case 'evidence-collected':
      return verbose ? `evidence ${event.evidence.id}: ${refLabel(event.evidence.object)}` : undefined;
    case 'stage-started':
    case 'entities-extracted':
    case 'report-completed':
      return undefined;
  }
}

function scopeText({
  namespaces,
  objects,
}: {
  namespaces: readonly string[];
  objects: readonly { kind: string; namespace?: string | undefined; name: string }[];
}): string {
  const where = namespaces.length === 0 ? 'all namespaces' : namespaces.join(', ');
  return objects.length === 0
    ? where
    : `${where}; ${objects.slice(0, 5).map(refLabel).join(', ')}${objects.length > 5 ? ` and ${objects.length - 5} more` : ''}`;
}
