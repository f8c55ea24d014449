import type { KubeObject } from './kubernetes/object.ts';

/** What was seen when an alert came in. Events die after an hour; an investigation that waited for longer still has these. */
export interface Moment {
  readonly taken_at: string;
  readonly events: readonly KubeObject[];
}
