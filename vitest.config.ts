import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// pure: no process, no socket. process: the built program, real servers on port 0. cluster: a real Kubernetes through KUBECONFIG.
const project = (name: string, include: string[], exclude: string[], testTimeout: number) => ({
  test: { name, include, exclude, testTimeout, hookTimeout: testTimeout },
});

export default defineConfig({
  test: {
    // Vitest leaves one core alone; here most of the work is done by the programs that the tests start.
    maxWorkers: availableParallelism(),
    projects: [
      // What is pure has no state to keep from the next file: the engine is loaded once a worker, not once a file.
      { test: { ...project('pure', ['test/**/*.test.ts'], ['test/**/*.process.test.ts', 'test/on-cluster/**'], 10_000).test, isolate: false } },
      project('process', ['test/**/*.process.test.ts'], ['test/on-cluster/**'], 30_000),
      { test: { ...project('cluster', ['test/on-cluster/**/*.test.ts'], [], 300_000).test, fileParallelism: false } },
    ],
    coverage: {
      provider: 'v8',
      include: ['src/**/*.{ts,tsx}'],
      reporter: ['text-summary', 'json-summary'],
      thresholds: { lines: 80, branches: 80 },
    },
  },
});
