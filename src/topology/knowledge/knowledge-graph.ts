import * as z from 'zod';

const COMPONENT_TYPES = ['service', 'database', 'cache', 'queue', 'gateway', 'job', 'external'] as const;

const port = z.number().int().min(1).max(65535);

const componentSchema = z.strictObject({
  name: z.string().min(1),
  type: z.enum(COMPONENT_TYPES).default('service'),
  description: z.string().optional(),
  match: z
    .strictObject({
      namespace: z.string().optional().describe('only in this namespace; without it, in any'),
      workload: z.string().optional().describe("the workload's name, of any kind"),
      service: z.string().optional().describe("the Service's name"),
      host: z.string().optional().describe('a host name outside the cluster'),
      port: port.optional().describe('with host: the port it is called on'),
    })
    .optional()
    .describe('what stands for it in a cluster; without it, the workload or Service of the same name'),
});

const relationshipSchema = z.strictObject({ from: z.string().min(1), to: z.string().min(1), type: z.literal('depends_on').default('depends_on') });

const technologySchema = z.strictObject({
  name: z.string().min(1),
  type: z.enum(['database', 'cache', 'queue']),
  images: z.array(z.string()).default([]).describe('repository names; * stands for any letters'),
  ports: z.array(port).default([]),
  schemes: z.array(z.string()).default([]).describe('of URLs and JDBC strings'),
  words: z.array(z.string()).default([]).describe('words of a host or Service name, split at - and .'),
});

/** knowledge_graph.yaml as it is written. */
export const knowledgeGraphSchema = z.strictObject({
  components: z.array(componentSchema).default([]),
  relationships: z.array(relationshipSchema).default([]),
  technologies: z.array(technologySchema).default([]),
});

export type Component = z.infer<typeof componentSchema>;
export type Relationship = z.infer<typeof relationshipSchema>;
export type Technology = z.infer<typeof technologySchema>;

/** What people know about their systems and no object says. `file` is named in evidence. */
export interface KnowledgeGraph extends z.infer<typeof knowledgeGraphSchema> {
  readonly file: string;
}

export const NO_KNOWLEDGE: KnowledgeGraph = { file: '', components: [], relationships: [], technologies: [] };

/** A user's own graph beside the shipped one: own components only, own technologies first, the shipped ones behind. */
export function withShippedTechnologies(own: KnowledgeGraph, shipped: KnowledgeGraph): KnowledgeGraph {
  return { ...own, technologies: [...own.technologies, ...shipped.technologies] };
}
