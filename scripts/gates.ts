import { runGates } from '../test/gates/run-gates.ts';

process.exitCode = await runGates(
  process.argv.slice(2).filter((word) => word !== '--'),
  (text) => process.stdout.write(text),
);
