import { createHash } from 'node:crypto';
import OpenAI from 'openai';
import { urlLabel } from '../../net/server-url.ts';
import type { Redactor } from '../../redact/redactor.ts';
import type { VectorStore } from '../../store/vector-store.ts';
import type { TellCall } from '../call-record.ts';
import { codedFailure, failureOf } from './failure.ts';

export interface EmbeddingOptions {
  readonly baseUrl: string;
  readonly apiKey: string | undefined;
  readonly model: string;
  readonly redactor: Redactor;
  readonly store: VectorStore;
  /** Told after each request, for the log. */
  readonly onCall?: TellCall | undefined;
}

const BATCH = 64;
const LIMIT_MS = 10_000;
const LONGEST = 4_000;

/** Vectors of texts by the endpoint's /embeddings; those that are stored are not asked for again. */
export function openEmbeddings(options: EmbeddingOptions): (texts: readonly string[], signal: AbortSignal) => Promise<readonly (readonly number[])[]> {
  const { baseUrl, apiKey, model, redactor, store } = options;
  const client = new OpenAI({ baseURL: baseUrl, apiKey: apiKey ?? 'none', maxRetries: 1, logLevel: 'off', organization: null, project: null });
  return async (texts, signal) => {
    const clean = texts.map((text) => redactor.text(text).slice(0, LONGEST));
    const keys = clean.map((text) => createHash('sha256').update(text).digest('hex'));
    const known = new Map(await store.vectors(model, keys));
    const missing = [...new Set(keys)].filter((key) => !known.has(key));
    const limited = AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]);
    const fresh = new Map<string, readonly number[]>();
    for (let from = 0; from < missing.length; from += BATCH) {
      const batch = missing.slice(from, from + BATCH);
      const input = batch.map((key) => clean[keys.indexOf(key)] ?? '');
      for (const { index, embedding } of await askVectors(client, input, options, limited)) if (batch[index] !== undefined) fresh.set(batch[index], embedding);
    }
    if (fresh.size > 0) await store.keepVectors(model, fresh);
    return keys.map((key) => known.get(key) ?? fresh.get(key) ?? []);
  };
}

async function askVectors(client: OpenAI, input: string[], { model, baseUrl, apiKey, redactor, onCall }: EmbeddingOptions, signal: AbortSignal) {
  const started = performance.now();
  const endpoint = urlLabel(new URL(baseUrl));
  const tell = (outcome: string, read: number): void =>
    onCall?.({
      incident_id: null,
      purpose: 'vectors',
      model,
      endpoint,
      ms: Math.round(performance.now() - started),
      outcome,
      input_tokens: read,
      output_tokens: 0,
      estimated: false,
    });
  try {
    const { data, usage } = await client.embeddings.create({ model, input, encoding_format: 'float' }, { signal });
    tell('answered', usage?.prompt_tokens ?? 0);
    return data;
  } catch (error) {
    tell(signal.aborted ? 'stopped' : codedFailure(failureOf(error), { label: endpoint, apiKey, redactor }).code, 0);
    throw error;
  }
}
