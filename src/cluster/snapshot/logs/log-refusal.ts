export type LogRefusal = { readonly status: 'not-found' } | { readonly status: 'forbidden' } | { readonly status: 'not-collected'; readonly reason: string };

const REFUSAL =
  /^(?:Error: )?(?:Error from server\b.*|Request log error: .*|Create log request error: .*|unable to retrieve container logs for .*|failed to try resolving symlinks in path .*)$/;

/** What kubectl wrote where a log should be: the reason why there is none. Undefined for a real log. */
export function logRefusal(text: string): LogRefusal | undefined {
  const line = text.trim();
  if (line.length > 4000 || !REFUSAL.test(line)) return undefined;
  if (/is waiting to start|previous terminated container .* not found|is terminated$/.test(line)) return { status: 'not-found' };
  if (/\(Forbidden\)|\bis forbidden\b/.test(line)) return { status: 'forbidden' };
  return { status: 'not-collected', reason: line.replace(/^(?:Error: )?/, '') };
}
