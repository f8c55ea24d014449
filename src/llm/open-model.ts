import { coded } from '../errors/coded-error.ts';
import { serverUrlProblem } from '../net/server-url.ts';
import { createRedactor, type Redactor } from '../redact/redactor.ts';
import { type BudgetLimits, costOf, type Prices } from './budget.ts';
import type { TellCall } from './call-record.ts';
import type { ChatEndpoint } from './chat.ts';
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
  /** Told of each request, for the log; with what it cost where prices are known. */
  readonly onCall?: TellCall;
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
  /** For what is asked of the endpoint beside chat. */
  readonly onCall?: TellCall;
}

/** The same for one incident: all that is asked is logged under its id. */
export type AskedModel = Omit<Model, 'endpoint'> & { readonly endpoint: ChatEndpoint };

const ASSUMED_CONTEXT = 32_768;

/** Throws LLM_NOT_CONFIGURED and SETTINGS_INVALID. */
export async function openModel(settings: ModelSettings): Promise<Model> {
  const { baseUrl, model, apiKey, insecureHosts, cacheFile, prices } = settings;
  if (baseUrl === undefined || model === undefined) throw coded('LLM_NOT_CONFIGURED', { missing: baseUrl === undefined ? 'LLM_BASE_URL' : 'LLM_MODEL' });
  const problem = serverUrlProblem(baseUrl, insecureHosts);
  if (problem !== undefined) throw coded('SETTINGS_INVALID', { problems: [`LLM_BASE_URL: ${problem}`] });
  const known = cacheFile === undefined ? undefined : await readProbe(cacheFile, baseUrl, model);
  const contextTokens = settings.contextTokens ?? known?.context_tokens ?? undefined;
  const redactor = createRedactor(settings.hide);
  const onCall: TellCall = (call) =>
    settings.onCall?.(prices === undefined ? call : { ...call, cost: costOf(prices, { input: call.input_tokens, output: call.output_tokens }) });
  const endpoint = new OpenAiEndpoint({
    baseUrl,
    apiKey,
    model,
    redactor,
    dialect: known?.dialect,
    contextTokens,
    onCall,
  });
  return { endpoint, redactor, baseUrl, apiKey, contextTokens: contextTokens ?? ASSUMED_CONTEXT, limits: settings.limits, prices, onCall, known };
}
