import type { FactText } from '../domain/fact.ts';
import { type KubeObject, refOf } from '../domain/kubernetes/object.ts';
import { ageSeconds, type FactContext } from './context.ts';

/** What the status of an add-on's object says, and when it did; `stale`: it has recovered since. */
export interface StatusWords {
  readonly reason: string;
  readonly text: string;
  readonly at: string | null;
  readonly path: string;
  readonly stale?: boolean;
}

export function statusText(context: FactContext, object: KubeObject, { reason, text, at, path, stale = false }: StatusWords): FactText {
  return {
    source: 'status',
    reason,
    text,
    at,
    age_s: ageSeconds(context, at),
    count: 1,
    stale,
    evidence: { source: 'object', object: refOf(object), field_path: path, excerpt: `${path} = ${text}`, observed_at: at },
  };
}
