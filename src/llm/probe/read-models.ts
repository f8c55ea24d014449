import { z } from 'zod';

const modelSchema = z.looseObject({ id: z.string() });
const listSchema = z.object({ data: z.array(modelSchema) });

export interface ModelList {
  readonly models: readonly z.infer<typeof modelSchema>[];
}

const LIMIT_MS = 10_000;
/** Under which names servers tell how much a model reads. */
const CONTEXT_FIELDS = ['max_model_len', 'context_length', 'context_window', 'max_context_length', 'n_ctx', 'n_ctx_train'] as const;

/** What the endpoint offers; empty where it does not tell. */
export async function readModels({ baseUrl, apiKey }: { baseUrl: string; apiKey: string | undefined }, signal: AbortSignal): Promise<ModelList> {
  try {
    const answer = await fetch(`${baseUrl.replace(/\/$/, '')}/models`, {
      headers: apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` },
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]),
    });
    const parsed = listSchema.safeParse(await answer.json());
    return { models: parsed.success ? parsed.data.data : [] };
  } catch {
    signal.throwIfAborted();
    return { models: [] };
  }
}

/** Tokens that a model reads, where the list tells it. */
export function contextIn({ models }: ModelList, model: string): number | undefined {
  const found = models.find(({ id }) => id === model);
  if (found === undefined) return undefined;
  const meta = typeof found['meta'] === 'object' && found['meta'] !== null ? (found['meta'] as Record<string, unknown>) : {};
  return CONTEXT_FIELDS.map((field) => found[field] ?? meta[field]).find((value): value is number => typeof value === 'number' && value > 0);
}
