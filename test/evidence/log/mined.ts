import type { LogExcerpt } from '../../../src/domain/log-excerpt.ts';
import { mineLog } from '../../../src/evidence/log/mine-log.ts';

const META = { namespace: 'shop', pod: 'web-0', container: 'app', previous: false, readAt: '2026-03-01T12:00:00Z', truncated: false };

export function mined(text: string, redact: (line: string) => string = (line) => line): Promise<LogExcerpt> {
  return mineLog([text], META, redact);
}

/** `host:port error`, as the tests of endpoints compare them. */
export function endpointsOf(excerpt: LogExcerpt): string[] {
  return excerpt.endpoints.map(({ host, port, error }) => `${host}:${port ?? '-'} ${error}`);
}
