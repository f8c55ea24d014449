import { beforeAll, describe, expect, test } from 'vitest';
import { type Engine, openEngine } from '../scenario-runner/engine.ts';
import { loadScenarios } from '../scenario-runner/load-scenarios.ts';
import { runScenario } from '../scenario-runner/run-scenario.ts';
import { isRunnable } from '../scenario-runner/run-scenarios.ts';

const smoke = loadScenarios().filter((scenario) => scenario.smoke && isRunnable(scenario));
let engine: Engine;

beforeAll(async () => {
  engine = await openEngine();
});

describe('incidents on a real cluster', () => {
  const alone = smoke.filter(({ exclusive }) => exclusive);
  test.concurrent.each(smoke.filter((scenario) => !alone.includes(scenario)))('$name: $what', async (scenario) => {
    expect((await runScenario(scenario, { engine })).judgement).toMatchObject({ problems: [] });
  });

  test.each(alone)('$name: $what', async (scenario) => {
    expect((await runScenario(scenario, { engine })).judgement).toMatchObject({ problems: [] });
  });
});
