import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';
import packageJson from '../package.json' with { type: 'json' };
import { openLoadedRules } from '../src/rules/open-rules.ts';
import { bundleRules } from '../src/rules/rule-bundle.ts';
import { bundleKnowledge } from '../src/topology/knowledge/knowledge-bundle.ts';
import { loadKnowledgeGraph } from '../src/topology/knowledge/load-knowledge-graph.ts';
import { withoutBuiltinImports } from './builtin-modules.ts';

const FRESH = 'dist.fresh';

// Lazy chunks: what a command does not need is never loaded. A thread of the server is a program of its own.
await rm(FRESH, { recursive: true, force: true });
await build({
  entryPoints: { main: 'src/main.ts', 'investigation-thread': 'src/investigation-thread.ts' },
  outdir: FRESH,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22',
  // Names stay: stack traces can be read, and keeping them by keepNames costs a call for every function of every start.
  minifyWhitespace: true,
  minifySyntax: true,
  sourcemap: true,
  legalComments: 'linked',
  // Ink asks for it only where DEV is set.
  external: ['react-devtools-core'],
  define: { 'process.env.NODE_ENV': '"production"', SRE_ORCH_VERSION: JSON.stringify(packageJson.version) },
  // Some dependencies are CommonJS and call require() for Node's own modules.
  banner: { js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);' },
});
for (const name of await readdir(FRESH)) {
  if (name.endsWith('.js')) await writeFile(`${FRESH}/${name}`, withoutBuiltinImports(await readFile(`${FRESH}/${name}`, 'utf8')));
}

// Rules and the knowledge graph are checked here, so that a run need not: without YAML, schemas and examples they load in a few milliseconds.
const rules = await openLoadedRules(['rules']);
await writeFile(`${FRESH}/rules.json`, bundleRules(rules.map(({ rule }) => rule)));
const graph = 'knowledge_graph.yaml';
await writeFile(`${FRESH}/knowledge_graph.json`, bundleKnowledge(loadKnowledgeGraph(await readFile(graph, 'utf8'), graph)));

// A build that fails leaves the last one in place.
await rm('dist', { recursive: true, force: true });
await rename(FRESH, 'dist');
