import type { Finding } from '../../domain/finding.ts';
import type { InvestigationEvent } from '../../domain/investigation-event.ts';
import { refLabel } from '../../domain/object-ref.ts';
import { printableLine } from '../../report/printable.ts';

type Mark = 'start' | 'done' | 'finding' | 'gap' | 'failed';

/** A line that will not change any more: it goes to the scrollback once. */
export interface FinishedLine {
  readonly id: number;
  readonly mark: Mark;
  readonly text: string;
  /** What is worth less attention, behind the text. */
  readonly detail: string;
}

/** What a person sees of a run: finished lines above, what is being done below. */
export interface LiveView {
  readonly finished: readonly FinishedLine[];
  /** The step that is under way, in words; undefined before the first. */
  readonly doing: string | undefined;
  /** The last reads of this step, the newest last. */
  readonly reads: readonly string[];
  readonly readCount: number;
  readonly findingCount: number;
  readonly gapCount: number;
}

export const EMPTY_VIEW: LiveView = { finished: [], doing: undefined, reads: [], readCount: 0, findingCount: 0, gapCount: 0 };

/** Lines that are told as they come up; a cluster in flames would bury the report below them, and the report has them all. */
const MOST: Readonly<Partial<Record<Mark, number>>> = { finding: 12, gap: 5 };
const KEPT_READS = 8;

const STEPS: Readonly<Record<string, string>> = {
  entities: 'reading the question',
  scope: 'finding what it is about',
  evidence: 'reading the cluster',
  'follow-up': 'reading what turned out to matter',
  topology: 'following what depends on what',
  findings: 'looking for faults',
  correlate: 'finding what explains what',
  analysis: 'asking the language model',
};

/** The view after one more event. Pure: the same events give the same view. */
export function withEvent(view: LiveView, event: InvestigationEvent): LiveView {
  switch (event.type) {
    case 'investigation-started':
      return finish(view, 'start', `incident ${event.incident_id}`, targetText(event.target));
    case 'stage-started':
      return { ...view, doing: STEPS[event.stage] ?? event.stage };
    case 'stage-completed':
      return { ...view, reads: [] };
    case 'stage-failed':
      return finish(view, 'failed', event.gap.what, event.gap.detail ?? event.gap.why);
    case 'scope-resolved':
      return finish(view, 'done', `looking at ${scopeText(event.scope)}`, '');
    case 'read-completed':
      return { ...view, readCount: view.readCount + 1, reads: [...view.reads, printableLine(event.text)].slice(-KEPT_READS) };
    case 'model-stepped':
      return { ...view, reads: [...view.reads, printableLine(`model: ${event.text}`)].slice(-KEPT_READS) };
    case 'gap-found':
      return { ...finish(view, 'gap', `not seen: ${event.gap.what}`, event.gap.needs ?? event.gap.why), gapCount: view.gapCount + 1 };
    case 'finding-added':
      return withFinding(view, event.finding);
    case 'entities-extracted':
    case 'evidence-collected':
    case 'report-completed':
      return view;
  }
}

/** The view after something that is no event of the run: the store cannot be written. */
export function withWarning(view: LiveView, text: string): LiveView {
  return finish(view, 'failed', text, '');
}

/** Only what may be a cause is told: its symptoms are what the person came with. Found on several pods of one owner it is one line. */
function withFinding(view: LiveView, { role, title, object }: Finding): LiveView {
  const counted = { ...view, findingCount: view.findingCount + 1 };
  const detail = refLabel(object);
  const told = view.finished.some((line) => line.mark === 'finding' && line.text === title && line.detail === detail);
  return role !== 'cause' || told ? counted : finish(counted, 'finding', title, detail);
}

function finish(view: LiveView, mark: Mark, text: string, detail: string): LiveView {
  if (view.finished.filter((line) => line.mark === mark).length >= (MOST[mark] ?? Number.POSITIVE_INFINITY)) return view;
  return { ...view, finished: [...view.finished, { id: view.finished.length, mark, text: printableLine(text), detail: printableLine(detail) }] };
}

function targetText({ reader, cluster, context }: { reader: string; cluster?: string | null; context?: string | null }): string {
  const name = context ?? cluster;
  return reader === 'snapshot' ? `a dump${name ? ` of ${name}` : ''}` : (name ?? '');
}

const NAMED_OBJECTS = 3;

function scopeText({ namespaces, objects }: Extract<InvestigationEvent, { type: 'scope-resolved' }>['scope']): string {
  const where = namespaces.length === 0 ? 'all namespaces' : `namespace ${namespaces.join(', ')}`;
  if (objects.length === 0) return where;
  const more = objects.length - NAMED_OBJECTS;
  return `${objects.slice(0, NAMED_OBJECTS).map(refLabel).join(', ')}${more > 0 ? ` and ${more} more` : ''} in ${where}`;
}
