import type { Change } from '../domain/change.ts';
import { changeText } from '../domain/change-text.ts';
import type { Cite } from '../domain/citation.ts';
import { eventTime, type KubeEvent } from '../domain/kubernetes/event.ts';
import { isKind } from '../domain/kubernetes/resource-type.ts';
import { type ObjectRef, refKey, refLabel } from '../domain/object-ref.ts';
import type { TimelineEntry } from '../domain/report.ts';
import { distinct } from './candidate.ts';
import type { Known } from './known.ts';
import type { Spread } from './spread.ts';

const MAX_ENTRIES = 50;
const MAX_OBJECTS_FOR_EVENTS = 20;
const MAX_TEXT = 300;

/** Events that tell when something was changed or moved, whether or not a rule cites them. */
const KEY_REASONS: ReadonlySet<string> = new Set([
  'ScalingReplicaSet',
  'DeploymentRollback',
  'Killing',
  'Evicted',
  'Preempted',
  'TaintManagerEviction',
  'NodeNotReady',
  'NodeReady',
  'NodeNotSchedulable',
  'Rebooted',
  'SuccessfulRescale',
  'OOMKilling',
  'SystemOOM',
]);

/**
 * When what happened, in order of time, bounded. Where there is too much, the changes and the beginnings of the causes are kept before their
 * evidence, and that before other events.
 */
export function timelineOf(
  spreads: readonly Spread[],
  known: Known,
  { cite, changes = [], alerts = [] }: { readonly cite: Cite | undefined; readonly changes?: readonly Change[]; readonly alerts?: readonly TimelineEntry[] },
): TimelineEntry[] {
  const byImportance = [
    ...changes.map(changed),
    ...spreads.flatMap(beginnings),
    ...alerts,
    ...spreads.flatMap((spread) => observations(spread, known)),
    ...keyEvents(spreads, known, cite),
  ];
  const unique = new Map<string, TimelineEntry>();
  for (const entry of byImportance) {
    const key = `${entry.at} ${entry.object ? refKey(entry.object) : ''} ${entry.text}`;
    if (!Number.isNaN(Date.parse(entry.at)) && !unique.has(key)) unique.set(key, entry);
  }
  return [...unique.values()].slice(0, MAX_ENTRIES).toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

function changed(change: Change): TimelineEntry {
  const { at, object, evidence_ids } = change;
  return { at, text: oneLine(`${refLabel(object)} changed${changeText(change)}`), object, evidence_ids };
}

function beginnings({ explained }: Spread): TimelineEntry[] {
  return explained.flatMap(({ since, primary, object }) =>
    since === null ? [] : [{ at: since, text: `${refLabel(object)}: ${primary.title}`, object, evidence_ids: primary.evidence_ids }],
  );
}

function observations({ explained }: Spread, { evidence }: Known): TimelineEntry[] {
  return [...new Set(explained.flatMap(({ evidenceIds }) => evidenceIds))].flatMap((id) => {
    const { observed_at: at, source, object, excerpt } = evidence(id) ?? {};
    if (!at || !object || source === 'object' || excerpt === undefined) return [];
    return [{ at, text: oneLine(excerpt), object, evidence_ids: [id] }];
  });
}

function keyEvents(spreads: readonly Spread[], { inventory }: Known, cite: Cite | undefined): TimelineEntry[] {
  if (cite === undefined) return [];
  const objects = distinct(spreads.flatMap(({ root, explained }) => [root.object, ...root.subjects, ...explained.map(({ object }) => object)]));
  return objects.slice(0, MAX_OBJECTS_FOR_EVENTS).flatMap((object) => {
    const lookup = isKind(object.kind) ? inventory.lookup(object.kind, object.namespace, object.name) : undefined;
    const events = lookup?.status === 'found' ? inventory.eventsOf(lookup.value) : [];
    return events.filter(({ reason }) => KEY_REASONS.has(reason ?? '')).flatMap((event) => eventEntry(event, object, cite));
  });
}

function eventEntry(event: KubeEvent, object: ObjectRef, cite: Cite): TimelineEntry[] {
  const at = eventTime(event);
  if (at === undefined) return [];
  const excerpt = `${event.type ?? 'Normal'} ${event.reason ?? ''}: ${event.message ?? ''}`;
  const id = cite({ source: 'event', object, field_path: null, excerpt, observed_at: at });
  return [{ at, text: oneLine(excerpt), object, evidence_ids: [id] }];
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= MAX_TEXT ? line : `${line.slice(0, MAX_TEXT - 1)}…`;
}
