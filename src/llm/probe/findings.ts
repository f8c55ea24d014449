import { z } from 'zod';
import { dialectSchema } from '../endpoint/dialect.ts';

/** What was found out about an endpoint and a model; kept for both together. */
export const probeFindingsSchema = z.object({
  probed_at: z.string(),
  base_url: z.string(),
  model: z.string(),
  models: z.array(z.string()).describe('what the endpoint offers; empty where it does not tell'),
  chat: z.boolean(),
  streaming: z.boolean(),
  tools: z.enum(['native', 'in-text', 'none']),
  tools_flag: z.string().nullable().describe('the option that the server must be started with to take tools'),
  structured: z.enum(['strict', 'plain', 'tool', 'text', 'none']),
  context_tokens: z.number().nullable(),
  context_source: z.enum(['told', 'setting', 'assumed']),
  problem: z.string().nullable(),
  dialect: dialectSchema,
});
export type ProbeFindings = z.infer<typeof probeFindingsSchema>;

const STRUCTURED: Readonly<Record<ProbeFindings['structured'], string>> = {
  strict: 'structured output (strict)',
  plain: 'structured output (not strict)',
  tool: 'structured output by a tool',
  text: 'JSON as text only',
  none: 'no structured output',
};
const TOOLS: Readonly<Record<ProbeFindings['tools'], string>> = { native: 'tools', 'in-text': 'tools as text only', none: 'no tools' };

/** One sentence of what works. */
export function findingsSentence(found: ProbeFindings, label: string): string {
  if (!found.chat) return `${label} does not answer as ${found.model}: ${found.problem ?? 'no reason is known'}`;
  const flag = found.tools_flag === null ? '' : `; start it with ${found.tools_flag} for tools`;
  const window = found.context_tokens === null ? 'reads a number of tokens it does not tell' : `reads ${found.context_tokens} tokens`;
  const parts = [TOOLS[found.tools], STRUCTURED[found.structured], found.streaming ? 'streaming' : 'no streaming'];
  return `${label} answers as ${found.model}: ${parts.join(', ')}; it ${window}${found.context_source === 'setting' ? ' (by the settings)' : ''}${flag}.`;
}
