import { runWholeGate } from '../test/gates/run-whole-gate.ts';

process.exitCode = await runWholeGate(
  process.argv.slice(2).filter((word) => word !== '--'),
  (text) => process.stdout.write(text),
);
