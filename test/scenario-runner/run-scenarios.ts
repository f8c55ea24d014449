import { parseArgs } from 'node:util';
import { hasClusterTools } from './cluster-tools.ts';
import { type Engine, openEngine } from './engine.ts';
import { loadScenarios } from './load-scenarios.ts';
import { recordingOf } from './recordings.ts';
import { type RunOptions, replay, runScenario } from './run-scenario.ts';
import type { Scenario } from './scenario.ts';

/** One line of the table: what was asked to be shown, and whether it was. */
export interface Result {
  readonly name: string;
  readonly right: boolean;
  /** What was said, or what is wrong with it. */
  readonly text: string;
  readonly seconds: number;
}

type Print = (text: string) => void;
const USAGE = 'usage: npm run scenarios -- [--record | --record-anyway | --replay] [--only NAME,...] [--smoke] [--parallel N]\n';

/** Runs scenarios on the cluster of KUBECONFIG (or, with --replay, on their recordings), and prints how many were told rightly. */
export async function runScenarios(argv: readonly string[], print: Print): Promise<number> {
  const options = optionsOf(argv);
  if (options === undefined) {
    print(USAGE);
    return 2;
  }
  const results = await resultsOf(options, print);
  const right = results.filter((result) => result.right).length;
  print(`${right} of ${results.length} right (${((100 * right) / Math.max(1, results.length)).toFixed(1)} %)\n`);
  return right === results.length && results.length > 0 ? 0 : 1;
}

/** All scenarios that the cluster of KUBECONFIG can show, in the order of their names; each is printed as it ends. */
export async function runOnCluster(print: Print): Promise<Result[]> {
  const results = await resultsOf({ parallel: 4 }, print);
  return results.toSorted((a, b) => a.name.localeCompare(b.name));
}

interface Options {
  readonly parallel: number;
  readonly only?: readonly string[] | undefined;
  readonly smoke?: boolean;
  readonly replay?: boolean;
  readonly recording?: RunOptions['recording'];
}

async function resultsOf({ only, smoke = false, replay: fromRecordings = false, recording, parallel }: Options, print: Print): Promise<Result[]> {
  const engine = await openEngine();
  const chosen = loadScenarios().filter((scenario) => (only?.includes(scenario.name) ?? true) && (!smoke || scenario.smoke));
  const scenarios = chosen.filter(fromRecordings ? (one) => recordingOf(one) !== undefined : isRunnable);
  const signal = interruption();
  const one = fromRecordings ? replayed(engine) : onCluster({ engine, recording, signal });
  return inParallel(scenarios, parallel, async (scenario) => {
    const result = await one(scenario);
    print(lineOf(result));
    return result;
  });
}

function optionsOf(argv: readonly string[]): Options | undefined {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        record: { type: 'boolean', default: false },
        'record-anyway': { type: 'boolean', default: false },
        replay: { type: 'boolean', default: false },
        smoke: { type: 'boolean', default: false },
        only: { type: 'string' },
        parallel: { type: 'string', default: '4' },
      },
    });
    const recording = values['record-anyway'] ? 'all' : values.record ? 'right' : undefined;
    return { ...values, recording, only: values.only?.split(','), parallel: Math.max(1, Number(values.parallel) || 1) };
  } catch {
    return undefined;
  }
}

/** Somebody pressed Ctrl-C, or the time is up: what was broken must be mended before the end. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => controller.abort(new Error(`stopped by ${name}`)));
  return controller.signal;
}

/** Authored ones have nothing to run; some need tools that only one cluster comes with. */
export function isRunnable({ authored, images, steps, undo }: Scenario): boolean {
  const needsTools = images.length > 0 || [...steps, ...undo].some((step) => 'part' in step);
  return authored === undefined && (!needsTools || hasClusterTools());
}

const onCluster =
  (options: RunOptions) =>
  async (scenario: Scenario): Promise<Result> => {
    try {
      options.signal?.throwIfAborted();
      const { judgement, seconds } = await runScenario(scenario, options);
      return { name: scenario.name, right: judgement.right, text: judgement.right ? judgement.said : judgement.problems.join('; '), seconds };
    } catch (error) {
      return { name: scenario.name, right: false, text: `could not be run: ${error instanceof Error ? error.message : String(error)}`, seconds: 0 };
    }
  };

const replayed =
  (engine: Engine) =>
  async (scenario: Scenario): Promise<Result> => {
    const started = performance.now();
    const { right, said, problems } = await replay(scenario, engine);
    return { name: scenario.name, right, text: right ? said : problems.join('; '), seconds: (performance.now() - started) / 1000 };
  };

/** Those that break things for others come last and alone, so that they do not wait for all the others one by one. */
async function inParallel<T>(scenarios: readonly Scenario[], width: number, run: (scenario: Scenario) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  const queue = scenarios.filter(({ exclusive }) => !exclusive).values();
  const work = async (): Promise<void> => {
    for (const scenario of queue) results.push(await run(scenario));
  };
  await Promise.all(Array.from({ length: width }, work));
  for (const scenario of scenarios.filter(({ exclusive }) => exclusive)) results.push(await run(scenario));
  return results;
}

function lineOf({ name, right, text, seconds }: Result): string {
  return `${right ? 'right' : 'WRONG'}  ${name.padEnd(36)}  ${seconds.toFixed(seconds < 1 ? 2 : 0).padStart(4)} s  ${text}\n`;
}
