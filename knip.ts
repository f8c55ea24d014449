import type { KnipConfig } from 'knip';

const config: KnipConfig = {
  entry: [
    'src/main.ts',
    'src/investigation-thread.ts',
    'src/compiled-chunk.ts',
    'src/store-thread.ts',
    'scripts/*.ts',
    'scripts/ci/*.ts',
    'bench/{run,rules,logs}.ts',
    'test/**/*.test.{ts,tsx}',
  ],
  project: ['{src,scripts,bench,test}/**/*.{ts,tsx}'],
  // A parameter's type is exported with the function that takes it.
  ignoreExportsUsedInFile: { interface: true, type: true },
  // MCP servers that tests start; the runtime of npm scripts, and a check that only scripts/ci runs.
  ignoreDependencies: ['@modelcontextprotocol/server-everything', '@modelcontextprotocol/server-filesystem', 'node', 'publint'],
};

export default config;
