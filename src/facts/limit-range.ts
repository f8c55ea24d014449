import type { Fact } from '../domain/fact.ts';
import type { LimitRangeDoc } from '../domain/facts/limit-range.ts';
import { refOf } from '../domain/kubernetes/object.ts';
import type { LimitRange } from '../domain/kubernetes/policy.ts';
import { parseQuantity } from '../domain/kubernetes/quantity.ts';
import { refKey, shortLabel } from '../domain/object-ref.ts';
import type { FactContext } from './context.ts';
import { objectFact } from './object-fact.ts';
import { writtenPart } from './policy-age.ts';
import { type Refusal, refusals } from './refusals.ts';

type Refused = NonNullable<LimitRangeDoc['refused']>;

export function* limitRangeFacts(context: FactContext): Iterable<Fact> {
  const ranges = context.inventory.list<LimitRange>('LimitRange');
  if (ranges.length === 0) return;
  const all = refusals(context).filter(({ text }) => parseLimitRefusal(text.text) !== undefined);
  for (const range of ranges) {
    const own = all.filter(({ workload, text }) => workload.namespace === range.metadata.namespace && sets(range, parseLimitRefusal(text.text)));
    for (const group of Map.groupBy(own, ({ workload }) => refKey(workload)).values()) yield limitRangeFact(context, range, group);
  }
}

function limitRangeFact(context: FactContext, range: LimitRange, own: readonly Refusal[]): Fact {
  const current = own.find(({ text }) => !text.stale);
  const workload = own[0]?.workload;
  const doc: LimitRangeDoc = {
    name: range.metadata.name,
    namespace: range.metadata.namespace ?? '',
    ...writtenPart(context, range, own[0]?.set),
    workload: workload === undefined ? null : shortLabel(workload),
    refused: current === undefined ? null : (parseLimitRefusal(current.text.text) ?? null),
  };
  return objectFact({
    subject: 'LimitRange',
    object: refOf(range),
    ...(workload === undefined ? {} : { part: refKey(workload) }),
    doc,
    texts: own.map(({ text }) => text),
    relations: { limit_range: refOf(range), workload, set: own[0] === undefined ? undefined : refOf(own[0].set) },
    since: own.at(-1)?.text.at ?? null,
    origins: { refused: 'spec.limits', written_s: 'metadata.managedFields' },
  });
}

/** "maximum cpu usage per Container is 500m, but limit is 1" (plugin/pkg/admission/limitranger/admission.go). */
function parseLimitRefusal(message: string): Refused | undefined {
  const bound = /(maximum|minimum) (\S+) usage per (\w+) is ([^,]+?)(?:, but (?:request|limit) is ([^,.]+)|[,.]|$)/.exec(message);
  if (bound !== null) {
    const [, which, resource = '', per = '', allowed = '', asked] = bound;
    return { bound: which === 'minimum' ? 'minimum' : 'maximum', resource, per, allowed: allowed.trim(), asked: asked?.trim() ?? 'no stated amount' };
  }
  const [, resource, per = '', allowed = '', asked] =
    /(\S+) max limit to request ratio per (\w+) is ([^,]+), but provided ratio is ([\d.]+)/.exec(message) ?? [];
  return resource === undefined ? undefined : { bound: 'ratio', resource, per, allowed, asked: asked ?? 'no stated amount' };
}

/** The message does not name the LimitRange: it is one that sets this very bound. */
function sets(range: LimitRange, refused: Refused | undefined): boolean {
  return (range.spec?.limits ?? []).some(({ type, max = {}, min = {} }) => {
    if (refused === undefined || type !== refused.per) return false;
    if (refused.bound === 'ratio') return true;
    const bound = refused.bound === 'maximum' ? max : min;
    return parseQuantity(bound[refused.resource]) === parseQuantity(refused.allowed);
  });
}
