import { kindNamed } from '../parse/kind-names.ts';
import { clusterInfoDump } from './cluster-info-dump.ts';
import { LOOSE_FOLDER } from './loose-folder.ts';
import { isMustGather, MUST_GATHER } from './must-gather.ts';
import type { Layout } from './place.ts';
import { isSupportBundle, SUPPORT_BUNDLE } from './support-bundle.ts';

/** The layout of a dump, by its paths alone. */
export function detectLayout(paths: readonly string[]): Layout {
  if (isSupportBundle(paths)) return SUPPORT_BUNDLE;
  if (isMustGather(paths)) return MUST_GATHER;
  const root = dumpRoot(paths);
  return root === undefined ? LOOSE_FOLDER : clusterInfoDump(root);
}

/** The folder that holds nodes.json or snapshot-info.json, and beside it folders with a file for each kind. */
function dumpRoot(paths: readonly string[]): string | undefined {
  const roots = paths.flatMap(
    (path) =>
      /^(.*\/)?(?:nodes\.(?:json|ya?ml)|snapshot-info\.json)$/.exec(path)?.[1] ?? (/^(?:nodes\.(?:json|ya?ml)|snapshot-info\.json)$/.test(path) ? '' : []),
  );
  return roots.sort((a, b) => a.length - b.length).find((root) => paths.some((path) => isKindFile(path, root)));
}

function isKindFile(path: string, root: string): boolean {
  if (!path.startsWith(root)) return false;
  const match = /^[^/]+\/([^/]+)\.(?:json|ya?ml)$/.exec(path.slice(root.length));
  return match !== null && kindNamed(match[1] ?? '') !== undefined;
}
