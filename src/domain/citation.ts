import type { EvidenceDraft } from './evidence.ts';

/** Records a piece of evidence and returns its id. The same piece (object, path, container, excerpt) gets the same id. */
export type Cite = (draft: EvidenceDraft) => string;
