import type { Cite } from '../domain/citation.ts';
import type { EvidenceDraft } from '../domain/evidence.ts';
import type { Finding } from '../domain/finding.ts';
import { type ObjectRef, refKey } from '../domain/object-ref.ts';
import type { Firing } from './firing.ts';
import { renderValue } from './template.ts';
import { valueAt } from './value-at.ts';

/** Of a fault that many pods show, so many are cited; the rest are counted. */
const CITED_SUBJECTS = 5;
const EXCERPT_LIMIT = 500;

/** One finding of all firings of one rule that blame one object. `firings` is not empty. */
export function findingOf(firings: readonly [Firing, ...Firing[]], id: string, cite: Cite): Finding {
  const [first] = firings;
  const { rule, fact } = first;
  const subjects = distinct(firings.map((firing) => firing.fact.object));
  const evidence = firings.slice(0, CITED_SUBJECTS).flatMap(draftsOf).map(cite);
  return {
    id,
    rule_id: rule.id,
    cause_id: rule.cause,
    title: rule.title,
    role: rule.role,
    effect: rule.effect,
    strength: rule.strength,
    object: first.object,
    subjects: [...subjects],
    ...(fact.container === undefined ? {} : { container: fact.container }),
    via: [...distinct(firings.flatMap((firing) => firing.via))],
    victims: [...distinct(firings.flatMap((firing) => firing.victims))],
    mechanism: first.statement.trim(),
    since: earliest(firings.map((firing) => firing.fact.since)),
    evidence_ids: [...new Set(evidence)],
    supersedes: rule.supersedes,
    remediation: rule.remediation.map((step) => ({ ...step, text: first.fill(step.text), command: step.command === null ? null : first.fill(step.command) })),
    references: rule.references,
  };
}

/** What decided, ready to be cited: every path that the rule cites, then every text that it matched. */
function draftsOf({ rule, fact, matched }: Firing): readonly EvidenceDraft[] {
  const fields = rule.cites.map((path): EvidenceDraft => {
    const origin = fact.origin(path);
    const value = renderValue(valueAt(fact.doc, path.split('.'))) ?? 'not set';
    return {
      source: origin.source ?? 'object',
      object: origin.object,
      field_path: origin.fieldPath === '' ? null : origin.fieldPath,
      ...(fact.container === undefined || origin.source === 'event' || origin.source === 'lookup' || origin.source === 'knowledge-graph'
        ? {}
        : { container: fact.container }),
      excerpt: origin.excerpt ?? shorten(`${origin.fieldPath} = ${value}`),
      ...(origin.observedAt === undefined ? {} : { observed_at: origin.observedAt }),
    };
  });
  return [...fields, ...matched.map(({ text }) => text.evidence)];
}

function shorten(text: string): string {
  return text.length > EXCERPT_LIMIT ? `${text.slice(0, EXCERPT_LIMIT)} …` : text;
}

function distinct(objects: readonly ObjectRef[]): readonly ObjectRef[] {
  return [...new Map(objects.map((object) => [refKey(object), object])).values()];
}

function earliest(times: readonly (string | null)[]): string | null {
  return times.reduce((least, time) => (time !== null && (least === null || Date.parse(time) < Date.parse(least)) ? time : least), null);
}
