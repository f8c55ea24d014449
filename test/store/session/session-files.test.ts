import { appendFileSync, chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HistoryFile } from '../../../src/store/session/history-file.ts';
import { SessionFiles } from '../../../src/store/session/session-files.ts';
import type { Transcript } from '../../../src/store/session/transcript.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sre-orch-sessions-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const transcript = (id: string, turns = 1): Transcript => ({
  session_id: id,
  created_at: '2026-01-31T10:00:00Z',
  snapshot: null,
  server: null,
  context: 'prod-eu',
  namespace: 'shop',
  turns: Array.from({ length: turns }, (_, index) => ({ at: '2026-01-31T10:00:00Z', said: `line ${index}`, incident_id: null })),
});

describe('sessions', () => {
  test('are found again: the last, by id, by its beginning', () => {
    const files = new SessionFiles(folder);
    files.save(transcript('chat-aa11'));
    files.save(transcript('chat-bb22'));
    expect(files.find('chat-aa11')).toEqual(transcript('chat-aa11'));
    expect(files.find('bb')?.session_id).toBe('chat-bb22');
    expect(['chat-aa11', 'chat-bb22']).toContain(files.find(undefined)?.session_id);
    expect(files.find('')).toBeUndefined();
    expect(files.find('cc')).toBeUndefined();
    expect(new SessionFiles(join(folder, 'nowhere')).find(undefined)).toBeUndefined();
  });

  test('are for their owner only, and bounded', () => {
    const files = new SessionFiles(folder);
    files.save(transcript('chat-aa11', 700));
    expect(statSync(join(folder, 'sessions/chat-aa11.json')).mode & 0o777).toBe(0o600);
    expect(files.find('aa')?.turns).toHaveLength(500);
    expect(files.find('aa')?.turns.at(-1)?.said).toBe('line 699');
  });

  test('what is no session is none', () => {
    const files = new SessionFiles(folder);
    files.save(transcript('chat-aa11'));
    writeFileSync(join(folder, 'sessions/chat-aa11.json'), '{"session_id": 1}');
    expect(files.find('aa')).toBeUndefined();
  });
});

describe('lines that were said', () => {
  test('come back in their order, whatever they hold', () => {
    const path = join(folder, 'chat-history');
    const file = new HistoryFile(path);
    file.prepare();
    file.add('one\ntwo');
    file.add('"three"');
    expect(new HistoryFile(path).load()).toEqual(['one\ntwo', '"three"']);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('an older file that others could read is closed to them', () => {
    const path = join(folder, 'chat-history');
    writeFileSync(path, '');
    chmodSync(path, 0o644);
    new HistoryFile(path).prepare();
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('damage costs the damaged lines', () => {
    const path = join(folder, 'chat-history');
    writeFileSync(path, '"one"\n{not json\n42\n');
    appendFileSync(path, '"two"\n"cut');
    expect(new HistoryFile(path).load()).toEqual(['one', 'two']);
  });

  test('are bounded: ten thousand, and none that was pasted', () => {
    const path = join(folder, 'chat-history');
    writeFileSync(path, Array.from({ length: 13_000 }, (_, index) => `"${index}"\n`).join(''));
    const file = new HistoryFile(path);
    expect(file.load()).toHaveLength(10_000);
    expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(10_001);
    file.add('x'.repeat(10_000));
    expect(file.load().at(-1)).toBe('12999');
  });
});
