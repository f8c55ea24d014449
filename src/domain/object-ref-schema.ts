import * as z from 'zod';

/**
 * Names one object, with kind and name spelled as Kubernetes spells them.
 * Three kinds are not in the API: `External` (a host outside the cluster), `ControlPlane` (a component no object stands for) and
 * `Component` (of the knowledge graph, when nothing in the cluster stands for it).
 */
export const objectRefSchema = z.object({
  kind: z.string(),
  namespace: z.string().optional(),
  name: z.string(),
});
