import { describe, expect, test } from 'vitest';
import { mineLog } from '../../../src/evidence/log/mine-log.ts';
import { mined } from './mined.ts';

describe('what is kept', () => {
  test('lines have numbers and times, no colours and no control characters', async () => {
    const excerpt = await mined('\u001b[31mERROR\u001b[0m 2026-03-01T11:00:00Z bad\u0007 thing\r\nplain\n');
    expect(excerpt.errors).toEqual([{ number: 1, text: 'ERROR 2026-03-01T11:00:00Z bad thing', at: '2026-03-01T11:00:00.000Z' }]);
    expect(excerpt.tail.map(({ text }) => text)).toEqual(['ERROR 2026-03-01T11:00:00Z bad thing', 'plain']);
  });

  test('everything passes the redactor', async () => {
    const trace = 'panic: password=hunter2 is wrong for db:5432: connection refused\n\ngoroutine 1 [running]:\n';
    const excerpt = await mined(`ERROR login with hunter2 failed\n${trace}`, (text) => text.replaceAll('hunter2', '***'));
    expect(JSON.stringify(excerpt)).not.toContain('hunter2');
    expect(excerpt.deepestCause).toContain('***');
  });

  test('only the last lines and errors', async () => {
    const excerpt = await mined(Array.from({ length: 500 }, (_, index) => `ERROR item ${index} failed`).join('\n'));
    expect(excerpt.lines).toBe(500);
    expect(excerpt.tail).toHaveLength(40);
    expect(excerpt.tail.at(-1)?.number).toBe(500);
    expect(excerpt.errors).toHaveLength(60);
    expect(excerpt.errors[0]?.number).toBe(441);
  });

  test('words of an error in a line of information are none', async () => {
    const excerpt = await mined('INFO error rate is 0.1\nINFO java.lang.IllegalStateException: ignored\nno errors found\nlast error: none\n');
    expect(excerpt.errors.map(({ number }) => number)).toEqual([2]);
  });

  test('what a program says of arguments that it does not know is an error', async () => {
    const excerpt = await mined('INFO ready\nunknown flag: --depth\nUsage: index [options]\nunrecognized arguments: --all\nlevel of water unknown\n');
    expect(excerpt.errors.map(({ number }) => number)).toEqual([2, 4]);
  });

  test('the prefix of a runtime is not part of the message', async () => {
    const excerpt = await mined(
      '2026-03-01T11:00:00.123456789Z stderr F Traceback (most recent call last):\n2026-03-01T11:00:00.123456790Z stderr F   File "/a.py", line 1, in f\n2026-03-01T11:00:00.123456791Z stderr F ValueError: bad\n',
    );
    expect(excerpt.deepestCause).toBe('ValueError: bad');
    expect(excerpt.fatal?.at).toBe('2026-03-01T11:00:00.123Z');
  });
});

describe('chunks', () => {
  const meta = { namespace: 'shop', pod: 'web-0', container: 'app', previous: true, readAt: '2026-03-01T12:00:00Z', truncated: true };

  test('may cut lines and characters anywhere', async () => {
    const bytes = new TextEncoder().encode('first\nERROR größe unbekannt ✓ failed\n\nlast');
    const chunks = Array.from(bytes, (byte) => Uint8Array.of(byte));
    const excerpt = await mineLog(chunks, meta, (text) => text);
    expect(excerpt).toMatchObject({ lines: 4, bytes: bytes.length, previous: true, truncated: true });
    expect(excerpt.errors[0]?.text).toBe('ERROR größe unbekannt ✓ failed');
    expect(excerpt.tail.at(-1)?.text).toBe('last');
  });

  test('a line without an end is cut, and the memory stays flat', async () => {
    async function* endless(): AsyncGenerator<string> {
      for (let index = 0; index < 200; index += 1) yield 'x'.repeat(100_000);
    }
    const excerpt = await mineLog(endless(), meta, (text) => text);
    expect(excerpt.lines).toBe(1);
    expect(excerpt.bytes).toBe(20_000_000);
    expect(excerpt.tail[0]?.text.length).toBeLessThan(1_100);
  });

  test('a long line is no burden to the patterns that look for errors', async () => {
    const started = performance.now();
    for (const part of ['x', 'a.', 'E', 'Error', 'a/', 'timeout ']) await mineLog([`INFO ${part.repeat(60_000 / part.length)}`], meta, (text) => text);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  test('nothing at all is an empty log', async () => {
    expect(await mined('')).toMatchObject({ lines: 0, bytes: 0, tail: [] });
  });
});

describe('levels and times', () => {
  const first = async (line: string) => {
    const { templates, tail } = await mined(line);
    return [templates[0]?.level, tail[0]?.at];
  };
  test.each([
    ['W0301 11:00:00.123456       1 x.go:1] slow', 'warn', '2026-03-01T11:00:00.123Z'],
    ['I1231 11:00:00.123456       1 x.go:1] old', 'info', '2025-12-31T11:00:00.123Z'],
    ['2026/03/01 11:00:00 [emerg] 1#1: bind() failed', 'fatal', '2026-03-01T11:00:00.000Z'],
    ['10.0.0.1 - - [01/Mar/2026:12:00:00 +0100] "GET / HTTP/1.1" 200', 'unknown', '2026-03-01T11:00:00.000Z'],
    ['2026-03-01 11:00:00.5 UTC [12] LOG:  ready', 'info', '2026-03-01T11:00:00.500Z'],
    ['2026-03-01T11:00:00+0100 | WARNING | x', 'warn', '2026-03-01T10:00:00.000Z'],
    ['{"level":30,"time":1772366340000,"msg":"x"}', 'info', '2026-03-01T11:59:00.000Z'],
    ['{"level":40,"ts":1772366340.25,"msg":"x"}', 'warn', '2026-03-01T11:59:00.250Z'],
    ['{"level":50,"msg":"x"}', 'error', undefined],
    ['{"level":60,"msg":"x"}', 'fatal', undefined],
    ['{"level":3,"short_message":"x"}', 'error', undefined],
    ['{"level":2,"short_message":"x"}', 'fatal', undefined],
    ['{"level":4,"short_message":"x"}', 'warn', undefined],
    ['{"level":6,"short_message":"x"}', 'info', undefined],
    ['{"severity":"CRITICAL","message":"x"}', 'fatal', undefined],
    ['{"level":true,"message":"x"}', 'unknown', undefined],
    ['prog: error: x', 'error', undefined],
    ['nothing to see', 'unknown', undefined],
    ['{"not json}', 'unknown', undefined],
    ['[1, 2]', 'unknown', undefined],
    ['2026-13-45 11:00:00 x', 'unknown', undefined],
  ])('%s', async (line, level, at) => expect(await first(line)).toEqual([level, at]));
});
