import { runScenarios } from '../test/scenario-runner/run-scenarios.ts';

process.exitCode = await runScenarios(
  process.argv.slice(2).filter((word) => word !== '--'),
  (text) => process.stdout.write(text),
);
