import * as z from 'zod';

export const healthSchema = z.object({
  status: z.enum(['ok', 'degraded']),
  components: z.record(z.string(), z.object({ status: z.enum(['ok', 'degraded']), detail: z.string().optional() })).optional(),
  mcp_tools: z.array(z.string()).optional(),
  version: z.string().optional(),
});
