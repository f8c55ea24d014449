import type { KubeObject } from '../../../domain/kubernetes/object.ts';
import { type Kind, resourceType } from '../../../domain/kubernetes/resource-type.ts';
import type { CollectionErrors } from './collection-errors.ts';
import { coverageIn, type FileCoverage } from './file-coverage.ts';
import type { LoadedFile, SourceFile } from './source-file.ts';

/** What a dump knows of a kind in a namespace. */
export type Holding =
  | { readonly status: 'held'; readonly items: readonly KubeObject[]; readonly bytes: number; readonly problems: readonly string[] }
  /** All namespaces are known, and this is none of them: nothing can be in it. */
  | { readonly status: 'no-such-namespace' }
  | { readonly status: 'forbidden'; readonly needs: string | undefined }
  | { readonly status: 'absent'; readonly reason: string | undefined };

const MAX_UNREADABLE = 5;

type Reading = readonly [SourceFile, LoadedFile];

/** The objects of a dump by kind and namespace. Files of other kinds and namespaces are not opened. */
export class DumpObjects {
  readonly #placed: ReadonlyMap<Kind, readonly SourceFile[]>;
  readonly #unplaced: readonly SourceFile[];
  readonly #errors: CollectionErrors;
  #unplacedRead: Promise<readonly Reading[]> | undefined;

  constructor(files: readonly SourceFile[], errors: CollectionErrors) {
    this.#unplaced = files.filter(({ kind }) => kind === undefined);
    const placed = new Map<Kind, SourceFile[]>();
    for (const file of files) if (file.kind !== undefined) placed.set(file.kind, [...(placed.get(file.kind) ?? []), file]);
    this.#placed = placed;
    this.#errors = errors;
  }

  /** Namespaces that something was collected of. */
  async namespaces(): Promise<readonly string[]> {
    const placed = [...this.#placed.values()].flat().flatMap(({ namespace }) => namespace ?? []);
    const told = (await this.#readUnplaced()).flatMap(([, { objects }]) => [...objects.values()].flat().flatMap(({ metadata }) => metadata.namespace ?? []));
    return [...new Set([...placed, ...told])].sort();
  }

  /** False when no file holds an object or a list of a kind that sre-orch reads. */
  async holdAnything(): Promise<boolean> {
    if (this.#placed.size > 0) return true;
    return (await this.#readUnplaced()).some(([, { objects, lists }]) => objects.size > 0 || lists.size > 0);
  }

  /** Files that hold nothing readable, and whose names do not say what of: no kind can be asked for that would tell of them. */
  async unreadable(): Promise<readonly string[]> {
    const lost = (await this.#readUnplaced()).filter(([, { objects, lists, problems }]) => problems.length > 0 && objects.size === 0 && lists.size === 0);
    const told = lost.slice(0, MAX_UNREADABLE).flatMap(([, { problems }]) => problems.slice(0, 1));
    return lost.length > told.length ? [...told, `${lost.length - told.length} more files of the dump hold nothing readable`] : told;
  }

  /** True when objects lie in folders that do not bear their namespace's name: then the folders say nothing. */
  async contradictFolders(kind: Kind): Promise<boolean> {
    const readings = await Promise.all((this.#placed.get(kind) ?? []).map(async (file) => [file, await file.load()] as const));
    return readings.some(
      ([{ namespace }, { objects }]) => namespace !== undefined && objects.get(kind)?.some(({ metadata }) => metadata.namespace !== namespace),
    );
  }

  async holding(kind: Kind, namespace: string | undefined): Promise<Holding> {
    const scope = resourceType(kind).namespaced ? namespace : undefined;
    const readings = await this.#readings(kind, scope);
    const items = itemsOf(kind, scope, readings);
    const coverage = await this.#coverage(kind, scope, readings);
    const problems = [...readings.flatMap(([, { problems: own }]) => own), ...this.#errors.problemsOf(kind, scope)];
    if (coverage.covered) return { status: 'held', items, bytes: bytesOf(readings), problems: [...problems, ...coverage.missing] };
    if (items.length > 0) {
      const partly = `the dump holds only ${items.length === 1 ? 'one' : 'some'} of the ${resourceType(kind).plural}`;
      return { status: 'held', items, bytes: bytesOf(readings), problems: [...problems, ...(coverage.missing.length > 0 ? coverage.missing : [partly])] };
    }
    return this.#without(kind, scope, readings, problems);
  }

  async #without(kind: Kind, namespace: string | undefined, readings: readonly Reading[], problems: readonly string[]): Promise<Holding> {
    const refusal = this.#errors.refusalOf(kind, namespace);
    if (refusal !== undefined) return refusal;
    if (readings.some(([, { forbidden }]) => forbidden)) return { status: 'forbidden', needs: undefined };
    if (namespace !== undefined && kind !== 'Namespace' && (await this.#existing())?.has(namespace) === false) return { status: 'no-such-namespace' };
    return { status: 'absent', reason: problems[0] };
  }

  /** The namespaces of the cluster, when all of them are known. */
  async #existing(): Promise<ReadonlySet<string> | undefined> {
    const holding = await this.holding('Namespace', undefined);
    return holding.status === 'held' && holding.problems.length === 0 ? new Set(holding.items.map(({ metadata }) => metadata.name)) : undefined;
  }

  async #readings(kind: Kind, namespace: string | undefined): Promise<readonly Reading[]> {
    const files = this.#placed.get(kind) ?? [];
    const here = namespace === undefined ? files : files.filter((file) => file.namespace === undefined || file.namespace === namespace);
    const placed = await Promise.all(here.map(async (file): Promise<Reading> => [file, await file.load()]));
    const told = (await this.#readUnplaced()).filter(([, { objects, lists }]) => objects.has(kind) || lists.has(kind));
    return [...placed, ...told];
  }

  #readUnplaced(): Promise<readonly Reading[]> {
    this.#unplacedRead ??= Promise.all(this.#unplaced.map(async (file): Promise<Reading> => [file, await file.load()]));
    return this.#unplacedRead;
  }

  async #coverage(kind: Kind, namespace: string | undefined, readings: readonly Reading[]): Promise<FileCoverage> {
    const known = readings.some(([{ kind: placed }]) => placed === undefined) || namespace === undefined ? await this.namespaces() : [];
    const coverage = coverageIn(kind, namespace, readings, known);
    if (kind === 'Namespace' || !resourceType(kind).namespaced || namespace !== undefined || !coverage.covered) return coverage;
    const existing = (await this.#existing()) ?? new Set(known);
    const missing = coverage.everywhere ? [] : [...existing].filter((name) => !coverage.namespaces.has(name));
    return missing.length === 0 ? coverage : { ...coverage, missing: [missingText(kind, missing)] };
  }
}

function missingText(kind: Kind, namespaces: readonly string[]): string {
  const shown = namespaces.slice(0, 5).join(', ');
  const more = namespaces.length > 5 ? ` and ${namespaces.length - 5} more` : '';
  return `the dump holds no ${resourceType(kind).plural} of ${shown}${more}`;
}

function bytesOf(readings: readonly Reading[]): number {
  return readings.reduce((sum, [, { bytes }]) => sum + bytes, 0);
}

/** Each object once: the first that tells of it counts. */
function itemsOf(kind: Kind, namespace: string | undefined, readings: readonly Reading[]): KubeObject[] {
  const items = new Map<string, KubeObject>();
  for (const [, { objects }] of readings) {
    for (const object of objects.get(kind) ?? []) {
      const { name, namespace: own = '' } = object.metadata;
      const key = `${own}/${name}`;
      if ((namespace === undefined || own === namespace) && !items.has(key)) items.set(key, object);
    }
  }
  return [...items.values()];
}
