import { parseDuration } from '../../config/setting.ts';
import { coded } from '../../errors/coded-error.ts';

type Options = Readonly<Record<string, string | boolean | undefined>>;

const AROUND_MS = 3_600_000;

/** --since, --until and --at as ISO times; `now` is the time of what is read. `--at T` alone is the hour before T. All that is wrong is said at once. */
export function timeWindow(options: Options, now: Date): { since?: string; until?: string } {
  const problems: string[] = [];
  const read = (name: 'since' | 'until' | 'at'): number | undefined => {
    const given = options[name];
    if (typeof given !== 'string') return undefined;
    const ago = parseDuration(given);
    const at = ago === undefined ? Date.parse(given) : now.getTime() - ago;
    if (Number.isNaN(at)) problems.push(`--${name} needs a time like 30m or 2026-01-31T10:00:00Z, not ${JSON.stringify(given)}`);
    return at;
  };
  const at = read('at');
  const until = read('until') ?? at;
  const since = read('since') ?? (at === undefined ? undefined : at - AROUND_MS);
  if (problems.length === 0)
    problems.push(...contradictions({ since, at, until, now, end: options['until'] === undefined && at !== undefined ? 'at' : 'until' }));
  if (problems.length > 0) throw coded('SETTINGS_INVALID', { problems });
  return {
    ...(since === undefined ? {} : { since: new Date(since).toISOString() }),
    ...(until === undefined ? {} : { until: new Date(until).toISOString() }),
  };
}

interface Times {
  readonly since: number | undefined;
  readonly at: number | undefined;
  readonly until: number | undefined;
  readonly now: Date;
  /** Which option gave the end. */
  readonly end: 'at' | 'until';
}

function contradictions({ since, at, until, now, end }: Times): string[] {
  if (since !== undefined && until !== undefined && since > until) return [`--since is later than --${end}`];
  if (at !== undefined && until !== undefined && at > until) return ['--at is later than --until'];
  if (since !== undefined && since > now.getTime()) return [`--since is later than what can be read, which ends at ${now.toISOString()}`];
  return [];
}
