import * as z from 'zod';

export const healthSchema = z.object({
  status: z.enum(['ok', 'degraded']),
  components: z
    .record(z.string(), z.object({ status: z.enum(['ok', 'degraded', 'unknown']), detail: z.string().optional() }))
    .optional()
    .describe('store, queue, cluster or agent, llm, mcp'),
  mcp_tools: z.array(z.string()).optional().describe('those of the MCP servers that answer, as a language model is offered them'),
  version: z.string().optional(),
});
