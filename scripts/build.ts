import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'rolldown';
import packageJson from '../package.json' with { type: 'json' };
import { openLoadedRules } from '../src/rules/open-rules.ts';
import { bundleRules } from '../src/rules/rule-bundle.ts';
import { bundleKnowledge } from '../src/topology/knowledge/knowledge-bundle.ts';
import { loadKnowledgeGraph } from '../src/topology/knowledge/load-knowledge-graph.ts';
import { withoutBuiltinImports } from './builtin-modules.ts';
import { chunkNaming, HOT_CHUNK } from './chunk-groups.ts';
import { chunkScript } from './chunk-script.ts';

const FRESH = 'dist.fresh';
const ROOT = join(import.meta.dirname, '..');

// Lazy chunks: what a command does not need is never loaded. A thread of the server is a program of its own.
await rm(FRESH, { recursive: true, force: true });
await build({
  cwd: ROOT,
  input: { main: 'src/main.ts', 'investigation-thread': 'src/investigation-thread.ts', 'compiled-chunk': 'src/compiled-chunk.ts' },
  platform: 'node',
  // Packages that have both: of modules only what is used is bundled, a seventh of OpenTelemetry.
  resolve: { mainFields: ['module', 'main'] },
  preserveEntrySignatures: 'allow-extension',
  // Ink asks for it only where DEV is set.
  external: ['react-devtools-core'],
  transform: { target: 'node22', define: { 'process.env.NODE_ENV': '"production"', SRE_ORCH_VERSION: JSON.stringify(packageJson.version) } },
  // A group may hold what another imports only when it is asked for: then that costs nothing.
  checks: { ineffectiveDynamicImport: false },
  logLevel: 'warn',
  output: {
    dir: FRESH,
    format: 'esm',
    chunkFileNames: '[name]-[hash].js',
    hashCharacters: 'hex',
    codeSplitting: { includeDependenciesRecursively: false, groups: [{ debugName: 'by entries', name: chunkNaming(ROOT) }] },
    // Names stay: stack traces can be read.
    minify: { compress: true, mangle: false, codegen: true },
    comments: { legal: true, annotation: false, jsdoc: false },
    sourcemap: true,
  },
});
// The thread that writes the store needs little: in one file of its own it loads none of what the program shares.
await build({
  cwd: ROOT,
  input: { 'store-thread': 'src/store-thread.ts' },
  platform: 'node',
  transform: { target: 'node22' },
  logLevel: 'warn',
  output: { dir: FRESH, format: 'esm', codeSplitting: false, minify: { compress: true, mangle: false, codegen: true }, comments: false, sourcemap: true },
});
for (const name of await readdir(FRESH)) {
  if (!name.endsWith('.js')) continue;
  const module = withoutBuiltinImports(await readFile(`${FRESH}/${name}`, 'utf8'));
  if (!HOT_CHUNK.test(name)) {
    await writeFile(`${FRESH}/${name}`, module);
    continue;
  }
  const script = name.replace(/\.js$/, '.cjs');
  const { code, facade } = chunkScript(module, { code: `./${script}`, runner: './compiled-chunk.js' });
  await writeFile(`${FRESH}/${script}`, code);
  await writeFile(`${FRESH}/${name}`, facade);
}

// Rules and the knowledge graph are checked here, so that a run need not: without YAML, schemas and examples they load in a few milliseconds.
const rules = await openLoadedRules(['rules']);
await writeFile(`${FRESH}/rules.json`, bundleRules(rules.map(({ rule }) => rule)));
const graph = 'knowledge_graph.yaml';
await writeFile(`${FRESH}/knowledge_graph.json`, bundleKnowledge(loadKnowledgeGraph(await readFile(graph, 'utf8'), graph)));

// A build that fails leaves the last one in place.
await rm('dist', { recursive: true, force: true });
await rename(FRESH, 'dist');
