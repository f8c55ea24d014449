import { parseJson } from '../../parse-json.ts';

/** The parts of a Kubernetes Status (meta/v1) that are read. */
export interface ApiStatus {
  readonly reason: string;
  readonly message: string;
  /** On an expired list: a token with which it goes on, less consistently. */
  readonly continueToken: string | undefined;
}

const LONGEST = 300;

/** The Status that an API server answers an error with; undefined: the body is none, so something else may have answered. */
export function statusOf(body: Buffer): ApiStatus | undefined {
  const parsed = parseJson(body) as { kind?: unknown; reason?: unknown; message?: unknown; metadata?: { continue?: unknown } } | undefined;
  if (parsed?.kind !== 'Status') return undefined;
  const token = parsed.metadata?.continue;
  return {
    reason: text(parsed.reason),
    message: text(parsed.message).slice(0, LONGEST),
    continueToken: typeof token === 'string' && token !== '' ? token : undefined,
  };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
