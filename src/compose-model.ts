import { join } from 'node:path';
import { dataDirectory } from './config/directories.ts';
import { parsePrices } from './config/llm-settings.ts';
import { parseDuration } from './config/setting.ts';
import type { Settings } from './config/settings.ts';
import type { Model } from './llm/open-model.ts';

const CACHE = 'llm-endpoints.json';

/** Where what is known of endpoints is kept. */
export function probeFile({ dataDir }: Settings): string | undefined {
  const folder = dataDir ?? dataDirectory(process.env);
  return folder === undefined ? undefined : join(folder, CACHE);
}

/** The model of the settings; undefined where none is named. Only then anything of it is loaded. */
export async function openModelOf(settings: Settings, onCall: (text: string) => void): Promise<Model | undefined> {
  const { llmBaseUrl: baseUrl, llmModel: model } = settings;
  if (baseUrl === undefined && model === undefined) return undefined;
  const { openModel } = await import('./llm/open-model.ts');
  const hidden = (settings.llmHide ?? '').split(',').map((each) => each.trim());
  return openModel({
    baseUrl,
    model,
    apiKey: settings.llmApiKey,
    contextTokens: settings.llmContext,
    limits: { steps: settings.llmSteps, tokens: settings.llmTokens, milliseconds: parseDuration(settings.llmTimeout) ?? 0, cost: settings.llmCost },
    prices: settings.llmPrices === undefined ? undefined : parsePrices(settings.llmPrices),
    hide: { ips: hidden.includes('ips'), emails: hidden.includes('emails') },
    insecureHosts: (settings.insecureHttp ?? '').split(',').map((host) => host.trim()),
    cacheFile: probeFile(settings),
    onCall,
  });
}
