import type { EvidenceDraft } from '../../domain/evidence.ts';
import type { ObjectRef } from '../../domain/object-ref.ts';

/** Evidence out of a field of an object; made only when the edge is cited. */
export function field(object: ObjectRef, path: string, excerpt: string): () => EvidenceDraft {
  return () => ({ source: 'object', object, field_path: path, excerpt });
}
