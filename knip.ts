import type { KnipConfig } from 'knip';

const config: KnipConfig = {
  entry: ['src/main.ts', 'scripts/*.ts', 'bench/{run,rules,logs}.ts', 'test/**/*.test.{ts,tsx}'],
  project: ['{src,scripts,bench,test}/**/*.{ts,tsx}'],
  // A parameter's type is exported with the function that takes it.
  ignoreExportsUsedInFile: { interface: true, type: true },
  // The runtime of npm scripts, and a check that only scripts/ci runs.
  ignoreDependencies: ['node', 'publint'],
};

export default config;
