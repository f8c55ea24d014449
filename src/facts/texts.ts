import type { FactText, Origin } from '../domain/fact.ts';
import { eventCount, eventTime, type KubeEvent } from '../domain/kubernetes/event.ts';
import { type Condition, type KubeObject, refOf } from '../domain/kubernetes/object.ts';
import { ageSeconds, type FactContext } from './context.ts';

/** Events as texts, in the order given (the inventory gives newest first). What lies before `recoveredAt` is stale. */
export function eventTexts(context: FactContext, events: readonly KubeEvent[], recoveredAt: string | null): FactText[] {
  return events.map((event) => {
    const at = eventTime(event) ?? null;
    const { kind = 'Unknown', namespace, name = '' } = event.involvedObject ?? {};
    return {
      source: 'event',
      reason: event.reason ?? null,
      // The API server's note on a series is no part of what was said.
      text: (event.message ?? '').replace(/^\(combined from similar events\): /, ''),
      at,
      age_s: ageSeconds(context, at),
      count: eventCount(event),
      stale: isBefore(at, recoveredAt),
      evidence: {
        source: 'event',
        object: namespace ? { kind, namespace, name } : { kind, name },
        field_path: null,
        excerpt: `${event.type ?? 'Normal'} ${event.reason ?? ''} (x${eventCount(event)}): ${event.message ?? ''}`,
        observed_at: at,
      },
    };
  });
}

/** Conditions with a message as texts; reason is the condition's reason, and `path` its place in the object. */
export function conditionTexts(context: FactContext, object: KubeObject, conditions: readonly Condition[] | undefined): FactText[] {
  return (conditions ?? []).map((condition) => ({
    source: 'condition',
    reason: condition.reason ?? condition.type,
    text: condition.message ?? '',
    at: condition.lastTransitionTime ?? null,
    age_s: ageSeconds(context, condition.lastTransitionTime),
    count: 1,
    stale: false,
    evidence: {
      source: 'object',
      object: refOf(object),
      field_path: `status.conditions[type=${condition.type}]`,
      excerpt: `${condition.type}=${condition.status} ${condition.reason ?? ''}: ${condition.message ?? ''}`,
      observed_at: condition.lastTransitionTime ?? null,
    },
  }));
}

/** What a field of an object says. */
export interface FieldWords {
  readonly source: FactText['source'];
  readonly reason: string | null;
  readonly text: string;
  readonly path: string;
}

/** A field's words as a text, true as of now. */
export function fieldText(object: KubeObject, { source, reason, text, path }: FieldWords): FactText {
  const excerpt = [reason, text].filter((part) => part).join(': ');
  return {
    source,
    reason,
    text,
    at: null,
    age_s: null,
    count: 1,
    stale: false,
    evidence: { source: 'object', object: refOf(object), field_path: path, excerpt },
  };
}

/** Where a value that is derived from a text was read: the text itself is the proof, and is cited once. */
export function originOfText({ evidence }: FactText): Origin {
  const { object, field_path: path, source, excerpt, observed_at: observedAt } = evidence;
  return { object, fieldPath: path ?? '', source, excerpt, ...(observedAt === undefined ? {} : { observedAt }) };
}

function isBefore(at: string | null, limit: string | null): boolean {
  return at !== null && limit !== null && Date.parse(at) < Date.parse(limit);
}
