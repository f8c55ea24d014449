import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { type Scenario, type Step, scenarioSchema } from './scenario.ts';

export const SCENARIOS = join(import.meta.dirname, '../scenarios');
const SETTLES = { fault: 90, healthy: 15 };

/** Everything that is wrong in any scenario.yaml, one line a problem. */
class ScenariosInvalid extends Error {
  override readonly name = 'ScenariosInvalid';
}

/** All scenarios of a folder in the order of their names. */
export function loadScenarios(root: string = SCENARIOS): Scenario[] {
  const problems: string[] = [];
  const folders = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  const scenarios = folders.flatMap((name) => {
    const read = readScenario(root, name);
    if (Array.isArray(read)) problems.push(...read);
    return Array.isArray(read) ? [] : [read];
  });
  if (problems.length > 0) throw new ScenariosInvalid(problems.join('\n'));
  return scenarios;
}

/** The scenario, or what is wrong with its file. */
function readScenario(root: string, name: string): Scenario | string[] {
  const folder = join(root, name);
  const file = join(folder, 'scenario.yaml');
  try {
    const parsed = scenarioSchema.safeParse(load(readFileSync(file, 'utf8')));
    if (!parsed.success) return parsed.error.issues.map(({ path, message }) => `${file}: ${path.join('.') || '(whole)'}: ${message}`);
    const { steps, settles, ...rest } = parsed.data;
    const scenario: Scenario = {
      ...rest,
      name,
      folder,
      steps: rest.authored === undefined ? (steps ?? [{ apply: 'manifests.yaml' }]) : [],
      settles: settles ?? (rest.expect.healthy ? SETTLES.healthy : SETTLES.fault),
    };
    const problems = [...missingFiles(scenario), ...unknownPlaces(scenario)];
    return problems.length > 0 ? problems.map((problem) => `${file}: ${problem}`) : scenario;
  } catch (error) {
    return [`${file}: ${error instanceof Error ? error.message : String(error)}`];
  }
}

const stepsOf = ({ steps, undo }: Scenario): readonly Step[] => [...steps, ...undo];

function missingFiles(scenario: Scenario): string[] {
  const { agent, folder } = scenario;
  const missing = agent === undefined || existsSync(join(folder, agent)) ? [] : [`agent: ${agent} does not exist`];
  return [...missing, ...unknownManifests(scenario)];
}

function unknownManifests(scenario: Scenario): string[] {
  return stepsOf(scenario).flatMap((step) =>
    'apply' in step && !existsSync(join(scenario.folder, step.apply)) ? [`steps: ${step.apply} does not exist`] : [],
  );
}

function unknownPlaces(scenario: Scenario): string[] {
  return stepsOf(scenario).flatMap((step) =>
    'in' in step && step.in !== undefined && !scenario.besides.includes(step.in) ? [`steps: ${step.in} is not one of besides`] : [],
  );
}
