import { coded } from '../errors/coded-error.ts';
import { serverUrlProblem } from '../net/server-url.ts';
import { createRedactor, type Redactor } from '../redact/redactor.ts';
import type { BudgetLimits, Prices } from './budget.ts';
import { OpenAiEndpoint } from './endpoint/openai-endpoint.ts';
import type { ProbeFindings } from './probe/findings.ts';
import { readProbe } from './probe/probe-cache.ts';

export interface ModelSettings {
  readonly baseUrl: string | undefined;
  readonly model: string | undefined;
  readonly apiKey: string | undefined;
  readonly contextTokens: number | undefined;
  readonly limits: BudgetLimits;
  readonly prices: Prices | undefined;
  readonly hide: { readonly ips: boolean; readonly emails: boolean };
  readonly insecureHosts: readonly string[];
  /** Where what is known of endpoints is kept; undefined: nowhere. */
  readonly cacheFile: string | undefined;
  /** Told of each call, for the log. */
  readonly onCall?: (text: string) => void;
}

/** A model that is ready to be asked; nothing was sent yet. */
export interface Model {
  readonly endpoint: OpenAiEndpoint;
  readonly redactor: Redactor;
  readonly baseUrl: string;
  readonly apiKey: string | undefined;
  readonly contextTokens: number;
  readonly limits: BudgetLimits;
  readonly prices: Prices | undefined;
  readonly known: ProbeFindings | undefined;
}

const ASSUMED_CONTEXT = 32_768;

/** Throws LLM_NOT_CONFIGURED and SETTINGS_INVALID. */
export async function openModel(settings: ModelSettings): Promise<Model> {
  const { baseUrl, model, apiKey, insecureHosts, cacheFile, onCall } = settings;
  if (baseUrl === undefined || model === undefined) throw coded('LLM_NOT_CONFIGURED', { missing: baseUrl === undefined ? 'LLM_BASE_URL' : 'LLM_MODEL' });
  const problem = serverUrlProblem(baseUrl, insecureHosts);
  if (problem !== undefined) throw coded('SETTINGS_INVALID', { problems: [`LLM_BASE_URL: ${problem}`] });
  const known = cacheFile === undefined ? undefined : await readProbe(cacheFile, baseUrl, model);
  const contextTokens = settings.contextTokens ?? known?.context_tokens ?? undefined;
  const redactor = createRedactor(settings.hide);
  const endpoint = new OpenAiEndpoint({
    baseUrl,
    apiKey,
    model,
    redactor,
    dialect: known?.dialect,
    contextTokens,
    onCall: ({ ms, input, output, estimated }) =>
      onCall?.(`model ${model}: ${input} tokens read, ${output} written${estimated ? ' (estimated)' : ''}, ${Math.round(ms)} ms`),
  });
  return { endpoint, redactor, baseUrl, apiKey, contextTokens: contextTokens ?? ASSUMED_CONTEXT, limits: settings.limits, prices: settings.prices, known };
}
