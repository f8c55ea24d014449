import { runEvaluation } from '../test/eval/run-evaluation.ts';

process.exitCode = await runEvaluation(process.argv.slice(2), (text) => process.stdout.write(text));
