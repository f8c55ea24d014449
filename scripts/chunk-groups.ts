/** What a bundler knows of a module. */
interface ModuleGraph {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}

/** A chunk of its own: what its entries need without a further dynamic import. */
interface ChunkGroup {
  readonly name: string;
  readonly entries: readonly string[];
}

/**
 * Modules that always run together are one chunk, in this order: what an earlier group holds is not held again. Left alone, a bundler
 * makes a chunk of every set of modules that two entries share: 88 files for one investigation, at half a millisecond each.
 */
const GROUPS: readonly ChunkGroup[] = [
  { name: 'version', entries: ['src/config/version.ts'] },
  { name: 'heap-flags', entries: ['src/wiring/heap-flags.ts'] },
  { name: 'start', entries: ['src/command-line.ts'] },
  {
    name: 'investigation',
    entries: ['src/commands/investigate/run-investigation.ts', 'src/client/local.ts', 'src/wiring/engine-parts.ts', 'src/report/text.ts'],
  },
  { name: 'snapshot-reader', entries: ['src/cluster/snapshot/open-snapshot-reader.ts'] },
  { name: 'live-reader', entries: ['src/cluster/live/open-live-reader.ts'] },
];

/** The files of the groups that hold what a run executes: their compiled code is kept from run to run. */
export const HOT_CHUNK = /^(?:start|investigation|snapshot-reader|live-reader)-[0-9a-f]+\.js$/;

/** Tells of each module in which chunk it belongs; null: where the bundler puts it. `root`: the folder that holds `src`. */
export function chunkNaming(root: string): (id: string, graph: ModuleGraph) => string | null {
  let names: ReadonlyMap<string, string> | undefined;
  return (id, graph) => {
    names ??= namesOf(root, graph);
    return names.get(id) ?? null;
  };
}

function namesOf(root: string, graph: ModuleGraph): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { name, entries } of GROUPS) {
    const waiting = entries.map((entry) => `${root}/${entry}`);
    for (const entry of waiting) if (graph.getModuleInfo(entry) === null) throw new Error(`${name}: there is no module ${entry}`);
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      const module = names.has(id) ? null : graph.getModuleInfo(id);
      if (module === null) continue;
      names.set(id, name);
      waiting.push(...module.importedIds);
    }
  }
  return names;
}
