import type { EvidenceDraft } from '../../domain/evidence.ts';
import type { Fact, FactText, TextSource } from '../../domain/fact.ts';
import { FACT_SCHEMAS } from '../../domain/facts/schemas.ts';
import type { ObjectRef } from '../../domain/object-ref.ts';
import { signalsOf } from '../../domain/signals.ts';
import type { Example, Rule } from '../rule.ts';
import { exampleDocument } from './document.ts';

/** The object that an example's fact is read from. */
const OBJECT: ObjectRef = { kind: 'Example', namespace: 'default', name: 'example' };

type ExampleParts = Pick<Fact, 'doc' | 'texts'>;

/** The fact that an example describes. */
export function exampleFact(rule: Pick<Rule, 'subject'>, example: Example): Fact {
  const doc = exampleDocument(FACT_SCHEMAS[rule.subject], example.given) as Record<string, unknown>;
  return factOf(rule, example, { doc, texts: example.texts.map(textOf) });
}

/** The example's fact with another document or other texts; its signals follow from them. */
export function factOf(rule: Pick<Rule, 'subject'>, example: Example, { doc, texts }: ExampleParts): Fact {
  return {
    subject: rule.subject,
    id: `${rule.subject}:example`,
    object: OBJECT,
    doc,
    texts,
    signals: signalsOf(doc, texts, example.signals),
    relations: { self: OBJECT, ...example.relations },
    since: null,
    origin: (path) => ({ object: OBJECT, fieldPath: path }),
  };
}

function textOf({ source, reason, text, stale, count, age_s }: Example['texts'][number]): FactText {
  const evidence: EvidenceDraft = { source: EVIDENCE_SOURCES[source], object: OBJECT, field_path: null, excerpt: text };
  return { source, reason, text, at: null, age_s, count, stale, evidence };
}

const EVIDENCE_SOURCES: Readonly<Record<TextSource, EvidenceDraft['source']>> = {
  event: 'event',
  waiting: 'object',
  terminated: 'object',
  condition: 'object',
  status: 'object',
  log: 'log',
  alert: 'alert',
  'node-service': 'node-service',
  connectivity: 'connectivity',
};
