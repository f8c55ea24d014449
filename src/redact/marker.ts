/** What stands in place of a secret. It is recognised again, so that redacting twice changes nothing. */
export function redacted(kind: string): string {
  return `[redacted:${kind}]`;
}

export const MARKER_START = '[redacted:';
