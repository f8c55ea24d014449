import type * as z from 'zod';
import type { entitiesSchema } from './entities-schema.ts';

export type Entities = z.infer<typeof entitiesSchema>;

/** What a description names of which nothing is known yet. */
export const NO_ENTITIES: Entities = {
  namespace: null,
  pods: [],
  workloads: [],
  services: [],
  nodes: [],
  others: [],
  error_summary: null,
  time_window: null,
  unresolved: [],
};
