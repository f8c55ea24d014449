import type { EvidenceDraft } from '../domain/evidence.ts';
import type { Inventory } from '../domain/inventory.ts';
import { isKind } from '../domain/kubernetes/resource-type.ts';
import { type FieldValue, readField } from './read-field.ts';
import { valueText } from './value-text.ts';

/** What may follow from a field that is not there: no name, no number, only that it is so. */
const EMPTY = new Set(['0', 'false', 'true', 'not set', '', 'none']);

/**
 * Evidence of an object as it was read: rules speak of what follows from a field ("failures = 9"), the evidence quotes the
 * field. What a fact quotes itself is left as it is. `redact` sees whole objects, where a value stands beside its name.
 */
export function quoteEvidence(draft: EvidenceDraft, inventory: Inventory, redact: <T>(value: T) => T): EvidenceDraft {
  const { object, field_path: path, source, excerpt } = draft;
  if (path === null || (source !== 'object' && source !== 'lookup') || !excerpt.startsWith(`${path} = `) || !isKind(object.kind)) return draft;
  const lookup = inventory.lookup(object.kind, object.namespace, object.name);
  if (source === 'lookup') return path === 'metadata.name' ? quoteLookup(draft, lookup.status) : draft;
  if (lookup.status !== 'found') return draft;
  const field = readField(lookup.value, path, redact);
  const derived = excerpt.slice(path.length + 3);
  if (field.complete) return { ...draft, field_path: field.path, excerpt: quote(field) };
  if (EMPTY.has(derived) && !/_/.test(path)) return { ...draft, excerpt: `${path} is not set` };
  if (field.path === '') return { ...draft, field_path: null, excerpt: `${path.replaceAll('_', ' ')}: ${derived}` };
  return { ...draft, field_path: field.path, excerpt: quote(field) };
}

/** Only two answers are certain; what follows from the others stays as the rule has it. */
function quoteLookup(draft: EvidenceDraft, status: string): EvidenceDraft {
  if (status !== 'found' && status !== 'not-found') return draft;
  return { ...draft, field_path: null, excerpt: status === 'found' ? 'it exists' : 'not found' };
}

function quote({ path, value }: FieldValue): string {
  return `${path} = ${valueText(value)}`;
}
