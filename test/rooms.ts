import { globSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';

// Section "Rooms" of docs/architecture.md as data: what each room may import. The linter finds cycles; this finds arrows that go up.
const WORDS = ['domain', 'errors', 'protocol'];
const GROUND = ['config', 'redact', 'trace', 'log', 'net'];
const SOURCES = ['cluster', 'telemetry', 'store', 'runbooks'];
const REASONING = ['evidence', 'topology', 'changes', 'facts', 'rules', 'correlate', 'tools', 'llm'];
const RUN = ['pipeline', 'report'];
const SERVICE = ['client', 'session', 'auth', 'http', 'alerts', 'notify'];
const DOORS = ['server', 'agent', 'mcp', 'commands', 'ui'];

/** The layers from the doors down, as docs/architecture.md names them. */
export const LAYERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['doors', DOORS],
  ['service', SERVICE],
  ['the run', RUN],
  ['reasoning', REASONING],
  ['sources', SOURCES],
  ['ground', GROUND],
  ['words', WORDS],
]);

const layers = (...rooms: string[][]): string[] => rooms.flat();
const rows = (rooms: string[], above: string[], within: Record<string, string[]> = {}): [string, string[]][] =>
  rooms.map((room) => [room, [...above, ...(within[room] ?? [])]]);

/** What each room may import of the others. */
export const MAY_IMPORT: ReadonlyMap<string, readonly string[]> = new Map<string, string[]>([
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

export const ROOT = resolve(import.meta.dirname, '..');
export const sources = globSync('src/**/*.{ts,tsx}', { cwd: ROOT });
export const roomOf = (file: string): string => relative('src', file).split('/')[0] ?? '';

/** What a file imports of this repository, as paths. */
export function imports(file: string): string[] {
  const text = readFileSync(resolve(ROOT, file), 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(([, target]) => relative(ROOT, resolve(ROOT, dirname(file), target ?? '')));
}
