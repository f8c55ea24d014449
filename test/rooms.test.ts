import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

// Section "Rooms" of docs/architecture.md as data: what each room may import. The linter finds cycles; this finds arrows that go up.
const WORDS = ['domain', 'errors', 'protocol'];
const GROUND = ['config', 'redact', 'trace', 'log', 'net'];
const SOURCES = ['cluster', 'telemetry', 'store', 'runbooks'];
const REASONING = ['evidence', 'topology', 'changes', 'facts', 'rules', 'correlate', 'tools', 'llm'];
const RUN = ['pipeline', 'report'];
const SERVICE = ['client', 'session', 'auth', 'http', 'alerts', 'notify'];
const DOORS = ['server', 'agent', 'mcp', 'commands', 'ui'];

const layers = (...rooms: string[][]): string[] => rooms.flat();
const rows = (rooms: string[], above: string[], within: Record<string, string[]> = {}): [string, string[]][] =>
  rooms.map((room) => [room, [...above, ...(within[room] ?? [])]]);

const MAY_IMPORT = new Map<string, string[]>([
  ...rows(WORDS, [], { errors: ['domain'], protocol: ['domain'] }),
  ...rows(GROUND, layers(WORDS), { log: ['trace'] }),
  ...rows(SOURCES, layers(WORDS, GROUND)),
  ...rows(REASONING, layers(WORDS, GROUND, SOURCES), {
    facts: ['topology', 'changes'],
    correlate: ['topology', 'changes'],
    tools: ['topology', 'rules'],
    llm: ['tools'],
  }),
  ...rows(RUN, layers(WORDS, GROUND, SOURCES, REASONING)),
  ...rows(SERVICE, layers(WORDS, GROUND, SOURCES, REASONING, RUN), { session: ['client'] }),
  ...rows(DOORS, layers(WORDS, GROUND, SOURCES, REASONING, RUN, SERVICE), { commands: ['server', 'agent', 'mcp'], agent: ['mcp'] }),
  ...rows(['wiring'], [...layers(WORDS, GROUND, SOURCES, REASONING, RUN, SERVICE, DOORS), 'shipped-files.ts', 'browser.ts']),
]);

const ROOT = resolve(import.meta.dirname, '..');
const sources = globSync('src/**/*.{ts,tsx}', { cwd: ROOT });
const roomOf = (file: string): string => relative('src', file).split('/')[0] ?? '';

function imports(file: string): string[] {
  const text = readFileSync(resolve(ROOT, file), 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(([, target]) => relative(ROOT, resolve(ROOT, dirname(file), target ?? '')));
}

describe('the rooms of src/', () => {
  test('a room imports only what its row allows', () => {
    const strangers = sources
      .filter((file) => file.split('/').length > 2)
      .flatMap((file) =>
        imports(file)
          .filter((target) => target.startsWith('src/'))
          .map(roomOf)
          .filter((room) => room !== roomOf(file) && !MAY_IMPORT.get(roomOf(file))?.includes(room))
          .map((room) => `${file} imports ${room}`),
      );
    expect(strangers).toEqual([]);
  });

  test('every folder of src/ is a room', () => {
    const rooms = new Set(sources.filter((file) => file.split('/').length > 2).map(roomOf));
    expect([...rooms].filter((room) => !MAY_IMPORT.has(room))).toEqual([]);
  });

  test('only cluster/ imports the Kubernetes client, only ui/ imports Ink', () => {
    const owners: [RegExp, string][] = [
      [/from '@kubernetes\/client-node/, 'cluster'],
      [/from '(ink|react)'/, 'ui'],
    ];
    const strangers = sources.flatMap((file) =>
      owners.filter(([pattern, room]) => roomOf(file) !== room && pattern.test(readFileSync(resolve(ROOT, file), 'utf8'))).map(() => file),
    );
    expect(strangers).toEqual([]);
  });

  test('a test stands where its subject stands', () => {
    const subject = (file: string): string => dirname(file).replace(/^test/, 'src');
    const outside = ['test/on-cluster', 'test/eval', 'test/scenario-runner', 'test/gates', 'test/fixtures', 'test/main', 'test/packaging'];
    const homeless = globSync('test/*/**/*.test.{ts,tsx}', { cwd: ROOT })
      .filter((file) => !outside.some((folder) => file.startsWith(folder)))
      .filter((file) => !existsSync(resolve(ROOT, subject(file))));
    expect(homeless).toEqual([]);
  });

  test('no file is longer than 500 lines, and half of them have at most 100', () => {
    const lengths = sources.map((file) => ({ file, lines: readFileSync(resolve(ROOT, file), 'utf8').split('\n').length })).sort((a, b) => a.lines - b.lines);
    expect(lengths.filter(({ lines }) => lines > 500)).toEqual([]);
    expect(lengths[Math.floor(lengths.length / 2)]?.lines).toBeLessThanOrEqual(100);
  });

  test('no name that says nothing', () => {
    expect(sources.filter((file) => /(^|\/)(utils?|helpers?|common|misc|manager)(\.|\/)/.test(file))).toEqual([]);
  });
});
