import type { KnipConfig } from 'knip';

const config: KnipConfig = {
  entry: ['src/main.ts', 'scripts/*.ts', 'bench/{run,rules,logs}.ts', 'test/**/*.test.ts'],
  project: ['{src,scripts,bench,test}/**/*.ts'],
  // node: the runtime of npm scripts. typescript-7: the type checker, called by its path; typescript is there for knip itself.
  ignoreDependencies: ['node', 'typescript-7', 'typescript'],
  ignoreBinaries: ['kubectl'],
};

export default config;
