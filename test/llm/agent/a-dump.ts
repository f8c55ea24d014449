import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DUMPS } from '../../main/program.ts';

type Changeable = Record<string, unknown> & { metadata: Record<string, unknown> };

export interface DumpChanges {
  /** Files by their path in the dump. */
  readonly files?: Readonly<Record<string, string>>;
  /** Further objects of the namespace, by the name of their file: configmaps. */
  readonly add?: Readonly<Record<string, readonly object[]>>;
  /** Changes the only pod. */
  readonly pod?: (pod: Changeable) => void;
}

/** The healthy dump (namespace calm, Deployment web, one pod) with what a test adds; it lies in a temporary folder. */
export function aDump({ files = {}, add = {}, pod }: DumpChanges): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'sre-orch-dump-')), 'dump');
  cpSync(join(DUMPS, 'healthy'), folder, { recursive: true });
  const listOf = (name: string): { items: Changeable[] } & Record<string, unknown> => {
    try {
      return JSON.parse(readFileSync(join(folder, `calm/${name}.json`), 'utf8')) as { items: Changeable[] } & Record<string, unknown>;
    } catch {
      return { kind: 'List', apiVersion: 'v1', items: [] };
    }
  };
  const keep = (name: string, list: object): void => writeFileSync(join(folder, `calm/${name}.json`), JSON.stringify(list));
  for (const [name, objects] of Object.entries(add)) {
    const list = listOf(name);
    keep(name, { ...list, items: [...list.items, ...objects] });
  }
  if (pod !== undefined) {
    const pods = listOf('pods');
    for (const each of pods.items) pod(each);
    keep('pods', pods);
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

export const LOG = 'calm/web-6c9f-z1/logs.txt';
