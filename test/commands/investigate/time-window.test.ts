import { describe, expect, test } from 'vitest';
import { timeWindow } from '../../../src/commands/investigate/time-window.ts';

const NOW = new Date('2026-01-31T10:00:00Z');

describe('the time window', () => {
  test.each<[Record<string, string>, { since?: string; until?: string }]>([
    [{}, {}],
    [{ since: '30m' }, { since: '2026-01-31T09:30:00.000Z' }],
    [
      { since: '1.5h', until: '30m' },
      { since: '2026-01-31T08:30:00.000Z', until: '2026-01-31T09:30:00.000Z' },
    ],
    [{ since: '2026-01-31T08:00:00+01:00' }, { since: '2026-01-31T07:00:00.000Z' }],
    [{ since: '1h30m' }, { since: '2026-01-31T08:30:00.000Z' }],
    [{ since: '1w2d' }, { since: '2026-01-22T10:00:00.000Z' }],
    [{ at: '2026-01-31T09:00:00Z' }, { since: '2026-01-31T08:00:00.000Z', until: '2026-01-31T09:00:00.000Z' }],
    [
      { at: '2h', since: '1d' },
      { since: '2026-01-30T10:00:00.000Z', until: '2026-01-31T08:00:00.000Z' },
    ],
  ])('%o', (options, expected) => {
    expect(timeWindow(options, NOW)).toEqual(expected);
  });

  test.each<[Record<string, string>, readonly string[]]>([
    [{ since: 'yesterday' }, ['--since needs a time like 30m or 2026-01-31T10:00:00Z, not "yesterday"']],
    [{ since: '' }, ['--since needs a time like 30m or 2026-01-31T10:00:00Z, not ""']],
    [{ at: 'x', until: 'y' }, [expect.stringContaining('--at'), expect.stringContaining('--until')]],
    [{ since: '5m', until: '1h' }, ['--since is later than --until']],
    [{ since: '5m', at: '1h' }, ['--since is later than --at']],
    [{ since: '2d', at: '5m', until: '1h' }, ['--at is later than --until']],
    [{ since: '2026-02-01T00:00:00Z' }, ['--since is later than what can be read, which ends at 2026-01-31T10:00:00.000Z']],
  ])('%o is refused', (options, problems) => {
    expect(() => timeWindow(options, NOW)).toThrow(expect.objectContaining({ code: 'SETTINGS_INVALID', details: { problems } }));
  });
});
