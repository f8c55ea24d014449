import { createHash } from 'node:crypto';
import OpenAI from 'openai';
import type { Redactor } from '../../redact/redactor.ts';
import type { VectorStore } from '../../store/vector-store.ts';

export interface EmbeddingOptions {
  readonly baseUrl: string;
  readonly apiKey: string | undefined;
  readonly model: string;
  readonly redactor: Redactor;
  readonly store: VectorStore;
}

const BATCH = 64;
const LIMIT_MS = 10_000;
const LONGEST = 4_000;

/** Vectors of texts by the endpoint's /embeddings; those that are stored are not asked for again. */
export function openEmbeddings({
  baseUrl,
  apiKey,
  model,
  redactor,
  store,
}: EmbeddingOptions): (texts: readonly string[], signal: AbortSignal) => Promise<readonly (readonly number[])[]> {
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
      const { data } = await client.embeddings.create({ model, input, encoding_format: 'float' }, { signal: limited });
      for (const { index, embedding } of data) if (batch[index] !== undefined) fresh.set(batch[index], embedding);
    }
    if (fresh.size > 0) await store.keepVectors(model, fresh);
    return keys.map((key) => known.get(key) ?? fresh.get(key) ?? []);
  };
}
