import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { RecordedCase } from '../case.ts';

/** A recorded incident in memory: its question, and the text of each file of its dump. */
export interface Dump {
  readonly recorded: RecordedCase;
  /** path below the dump's folder -> text */
  readonly files: ReadonlyMap<string, string>;
}

/** A Kubernetes object as a dump spells it; transformations look at no more of it than they rewrite. */
export interface DumpObject {
  kind?: string;
  metadata?: { name?: string; namespace?: string; labels?: Record<string, string>; [key: string]: Json | undefined };
  spec?: { [key: string]: Json };
  status?: { [key: string]: Json };
  [key: string]: Json | undefined;
}
export type Json = string | number | boolean | null | undefined | Json[] | { [key: string]: Json };

export function readDump(recorded: RecordedCase): Dump {
  const paths = readdirSync(recorded.snapshot, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(recorded.snapshot, join(entry.parentPath, entry.name)));
  return { recorded, files: new Map(paths.map((path) => [path, readFileSync(join(recorded.snapshot, path), 'utf8')])) };
}

/** Writes the dump to a fresh folder and gives the case that lies there. */
export function writeDump({ recorded, files }: Dump, folder: string): RecordedCase {
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of files) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
  return { ...recorded, snapshot: folder };
}

/** Rewrites every text of the dump, the paths and the expected answer included. */
export function mapTexts({ recorded, files }: Dump, rewrite: (text: string, path: string) => string): Dump {
  const said = (text: string): string => rewrite(text, '');
  return {
    recorded: { ...recorded, query: said(recorded.query), namespace: said(recorded.namespace), faultObject: said(recorded.faultObject) },
    files: new Map([...files].map(([path, text]) => [said(path), rewrite(text, path)])),
  };
}

/** Rewrites the logs only. */
export function mapLogs(dump: Dump, rewrite: (text: string, path: string) => string): Dump {
  return { ...dump, files: new Map([...dump.files].map(([path, text]) => [path, /logs[^/]*\.txt$/.test(path) ? rewrite(text, path) : text])) };
}

/** Rewrites the objects of every file that holds a list of them. What `rewrite` gives replaces the object: none, one or several. */
export function mapObjects(dump: Dump, rewrite: (object: DumpObject) => readonly DumpObject[]): Dump {
  return { ...dump, files: new Map([...dump.files].map(([path, text]) => [path, listIn(path, text)?.write(rewrite) ?? text])) };
}

/** All objects of the dump. */
export function objectsOf({ files }: Dump): DumpObject[] {
  return [...files].flatMap(([path, text]) => listIn(path, text)?.items ?? []);
}

interface ListFile {
  readonly items: DumpObject[];
  write(rewrite: (object: DumpObject) => readonly DumpObject[]): string;
}

function listIn(path: string, text: string): ListFile | undefined {
  if (!path.endsWith('.json')) return undefined;
  const parsed = JSON.parse(text) as { items?: DumpObject[] };
  const { items } = parsed;
  if (!Array.isArray(items)) return undefined;
  return { items, write: (rewrite) => JSON.stringify({ ...parsed, items: items.flatMap(rewrite) }) };
}

/** Every value inside a JSON value, with the key it stands under; `rewrite` gives the new value, or the same. */
export function mapValues(value: Json, rewrite: (value: Json, key: string) => Json, key = ''): Json {
  const own = rewrite(value, key);
  if (Array.isArray(own)) return own.map((each) => mapValues(each, rewrite, key));
  if (own !== null && typeof own === 'object') {
    return Object.fromEntries(Object.entries(own).map(([name, each]) => [name, mapValues(each, rewrite, name)]));
  }
  return own;
}
