import { type Kind, resourceType } from '../../../domain/kubernetes/resource-type.ts';
import type { LoadedFile, SourceFile } from './source-file.ts';

/** What the files of a kind prove about what is not in them. */
export interface FileCoverage {
  /** The kind was collected (in the namespace that was asked for, or in any). */
  readonly covered: boolean;
  /** It was collected of all namespaces at once. */
  readonly everywhere: boolean;
  readonly namespaces: ReadonlySet<string>;
  /** What is missing of it, in words. */
  readonly missing: readonly string[];
}

/**
 * A list is complete for the namespaces that its items or its folder name. Items of several namespaces can only come from a list
 * of all (`kubectl get -A`). An empty list belongs to the namespace in its path, or to the only one there is.
 * `known`: the namespaces that the dump speaks of.
 */
export function coverageIn(
  kind: Kind,
  namespace: string | undefined,
  readings: readonly (readonly [SourceFile, LoadedFile])[],
  known: readonly string[],
): FileCoverage {
  const lists = readings.flatMap(([file, { lists: told }]) => {
    const namespaces = told.get(kind);
    return namespaces === undefined ? [] : [namespaces.size > 0 ? namespaces : homeOf(file.path, known)];
  });
  const namespaces = new Set(lists.flatMap((list) => [...list]));
  const wholeFolder = readings.some(([{ folderIsWhole }]) => folderIsWhole);
  if (!resourceType(kind).namespaced) return { covered: wholeFolder || lists.length > 0, everywhere: true, namespaces, missing: [] };
  const everywhere = readings.some(([file, { lists: told }]) => file.namespace === undefined && (told.get(kind)?.size ?? 0) > 1);
  const covered = everywhere || (namespace === undefined ? lists.length > 0 : namespaces.has(namespace));
  return { covered, everywhere, namespaces, missing: [] };
}

function homeOf(path: string, known: readonly string[]): ReadonlySet<string> {
  const words = path.split(/[/._]/);
  const named = known.filter((namespace) => words.includes(namespace));
  if (named.length > 0) return new Set(named);
  return new Set(known.length === 1 ? known : []);
}
