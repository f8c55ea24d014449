import type { ObjectRef } from './object-ref.ts';

/** A cause that a model proposes: checked to be about something that exists, and to quote evidence of this run. How sure it is, is computed elsewhere. */
export interface Proposal {
  readonly title: string;
  /** At owner level. */
  readonly object: ObjectRef;
  readonly mechanism: string;
  readonly evidence_ids: readonly string[];
  /** The quoted evidence tells of trouble, and not only that something is there. */
  readonly showsTrouble: boolean;
}
