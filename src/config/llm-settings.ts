import * as z from 'zod/mini';
import { duration, optionalText, setting, truth } from './setting.ts';

const COUNT = { error: 'a whole number above 0 is needed' };
const count = z.coerce.number(COUNT).check(z.refine((value) => Number.isInteger(value) && value > 0, COUNT));
const amount = z.optional(z.coerce.number({ error: 'a number is needed' }).check(z.refine((value) => value >= 0, { error: 'a number is needed' })));
const HIDEABLE = ['ips', 'emails'];

/** What is known of the language model, where there is one. */
export const LLM_SETTINGS = {
  llmBaseUrl: setting({
    flag: '--llm-base-url <url>',
    env: 'LLM_BASE_URL',
    file: 'llm_base_url',
    schema: optionalText,
    fallback: undefined,
    help: 'endpoint of a language model that speaks the OpenAI API: https://api.example/v1, http://localhost:11434/v1',
  }),
  llmModel: setting({ flag: '--llm-model <name>', env: 'LLM_MODEL', file: 'llm_model', schema: optionalText, fallback: undefined, help: 'model to ask for' }),
  llmApiKey: setting({
    // No command takes it: a flag can be read by everybody on the machine.
    flag: '--llm-api-key <key>',
    env: 'LLM_API_KEY',
    file: 'llm_api_key',
    schema: optionalText,
    fallback: undefined,
    help: 'key for the endpoint; not as a flag, because those can be read by everybody on the machine',
    secret: true,
  }),
  llmEmbeddingModel: setting({
    flag: '--llm-embedding-model <name>',
    env: 'LLM_EMBEDDING_MODEL',
    file: 'llm_embedding_model',
    schema: optionalText,
    fallback: undefined,
    help: 'model of the same endpoint that turns texts into vectors, for finding runbooks by meaning',
  }),
  llmContext: setting({
    flag: '--llm-context <tokens>',
    env: 'LLM_CONTEXT_TOKENS',
    file: 'llm_context_tokens',
    schema: z.optional(count),
    fallback: undefined,
    help: 'tokens that the model reads at most (default: what the endpoint says, else 32768)',
  }),
  llmSteps: setting({
    flag: '--llm-steps <n>',
    env: 'LLM_MAX_STEPS',
    file: 'llm_max_steps',
    schema: count,
    fallback: 12,
    help: 'rounds of tool calls at most',
  }),
  llmTokens: setting({
    flag: '--llm-tokens <n>',
    env: 'LLM_MAX_TOKENS',
    file: 'llm_max_tokens',
    schema: count,
    fallback: 200_000,
    help: 'tokens that an investigation may spend, read and written',
  }),
  llmCost: setting({
    flag: '--llm-cost <amount>',
    env: 'LLM_MAX_COST',
    file: 'llm_max_cost',
    schema: amount,
    fallback: undefined,
    help: 'what an investigation may cost, by the prices given',
  }),
  llmPrices: setting({
    flag: '--llm-prices <read/written>',
    env: 'LLM_PRICES',
    file: 'llm_prices',
    schema: z.optional(
      z.string().check(z.refine((text) => parsePrices(text) !== undefined, { error: 'two prices of a million tokens are needed: 0.15/0.60' })),
    ),
    fallback: undefined,
    help: 'prices of a million tokens read and written: 0.15/0.60',
  }),
  llmTimeout: setting({
    flag: '--llm-timeout <duration>',
    env: 'LLM_TIMEOUT',
    file: 'llm_timeout',
    schema: duration,
    fallback: '90s',
    help: 'time that an investigation gives its model',
  }),
  llmHide: setting({
    flag: '--llm-hide <what>',
    env: 'LLM_HIDE',
    file: 'llm_hide',
    schema: z.optional(
      z
        .string()
        .check(z.refine((text) => text.split(',').every((each) => HIDEABLE.includes(each.trim())), { error: `${HIDEABLE.join(', ')} or both are needed` })),
    ),
    fallback: undefined,
    help: 'what the model sees as placeholders besides secrets: ips,emails',
  }),
  llmLog: setting({
    flag: '--llm-log <file>',
    env: 'LLM_LOG',
    file: 'llm_log',
    schema: optionalText,
    fallback: undefined,
    help: 'file to which each request to the model is appended as a line of JSON, with its time, tokens and outcome; off: none (default: llm-calls.jsonl in the data directory)',
  }),
  runbooks: setting({
    flag: '--runbooks <dir>',
    env: 'SRE_ORCH_RUNBOOKS',
    file: 'runbooks',
    schema: optionalText,
    fallback: undefined,
    help: 'folder of runbooks in Markdown that reports cite (default: runbooks beside the settings file)',
  }),
  offline: setting({
    flag: '--offline',
    env: 'SRE_ORCH_OFFLINE',
    file: 'offline',
    schema: truth,
    fallback: false,
    help: 'open no connection to anything outside this machine, private networks and the cluster',
  }),
  mcpConfig: setting({
    flag: '--mcp-config <file>',
    env: 'SRE_ORCH_MCP_CONFIG',
    file: 'mcp_config',
    schema: optionalText,
    fallback: undefined,
    help: 'MCP servers whose tools the model may use (default: mcp_config.yaml beside the settings file)',
  }),
} as const;

/** `0.15/0.60`: of a million tokens read, and written. */
export function parsePrices(text: string): { input: number; output: number } | undefined {
  const [input, output, ...rest] = text.split('/').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  return input === undefined || output === undefined || rest.length > 0 || !(input >= 0) || !(output >= 0) ? undefined : { input, output };
}
