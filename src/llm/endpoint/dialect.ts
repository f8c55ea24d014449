import { z } from 'zod';

/** How to ask for an answer of a certain shape, best first. */
export const STRUCTURED_LEVELS = ['strict', 'plain', 'tool', 'text'] as const;

/** What a server was found to take. It begins with what most take, and is changed by what is refused. */
export const dialectSchema = z.object({
  structured: z.enum(STRUCTURED_LEVELS),
  /** false: tools are told in the prompt, and calls are read from the text. */
  tools: z.boolean(),
  /** The option the server must be started with before it takes tools. */
  tools_flag: z.string().nullable(),
  streams: z.boolean(),
  streams_tools: z.boolean(),
  usage_in_stream: z.boolean(),
  limit_field: z.enum(['max_tokens', 'max_completion_tokens']),
  temperature: z.boolean(),
  strict_tools: z.boolean(),
  parallel_tool_calls: z.boolean(),
  tool_choice: z.boolean(),
  /** Whether the model's own reasoning is sent back with what it said. */
  echoes_reasoning: z.boolean(),
  /** It was turned around once; twice would be for ever. */
  reasoning_flipped: z.boolean(),
});
export type Dialect = z.infer<typeof dialectSchema>;

const REASONING_MODEL = /(?:^|\/)(?:o\d|gpt-5)/i;

export function firstDialect(model: string): Dialect {
  const reasons = REASONING_MODEL.test(model);
  return {
    structured: 'strict',
    tools: true,
    tools_flag: null,
    streams: true,
    streams_tools: true,
    usage_in_stream: true,
    limit_field: reasons ? 'max_completion_tokens' : 'max_tokens',
    temperature: !reasons,
    strict_tools: false,
    parallel_tool_calls: true,
    tool_choice: true,
    echoes_reasoning: false,
    reasoning_flipped: false,
  };
}
