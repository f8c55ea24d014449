import { readFile } from 'node:fs/promises';
import { coded } from '../errors/coded-error.ts';
import type { LoadedRule } from './load/load-rules.ts';
import { problemLine } from './problem.ts';
import type { RunnableRule } from './rule.ts';
import { loadCompiled } from './rule-bundle.ts';
import { readRuleFiles } from './rule-files.ts';

interface RuleSources {
  /** What the build made of the shipped rules; read instead of them where it exists. */
  readonly bundle?: string;
  /** The directory of the shipped rules. */
  readonly shipped: string;
  /** Directories of the user; later ones win. */
  readonly extra: readonly string[];
}

/** The rules of a run. RULES_INVALID tells everything that is wrong in any file. */
export async function openRules(sources: RuleSources): Promise<readonly RunnableRule[]> {
  const bundle = sources.bundle === undefined ? undefined : await readBundle(sources.bundle);
  const shipped = bundle === undefined ? [] : loadCompiled(bundle);
  if (bundle !== undefined && sources.extra.length === 0) return shipped;
  const own = await openLoadedRules(bundle === undefined ? [sources.shipped, ...sources.extra] : sources.extra);
  const byId = new Map([...shipped, ...own.map(({ rule }) => rule)].map((rule) => [rule.id, rule]));
  return [...byId.values()];
}

/** The rules of directories with their places, their examples and their checks; later directories win. `holding`: only of files with this in them. */
export async function openLoadedRules(directories: readonly string[], holding = ''): Promise<readonly LoadedRule[]> {
  // YAML, schemas and the type checker are loaded only when there is something to check.
  const { loadRules } = await import('./load/load-rules.ts');
  const files = await Promise.all(directories.map((directory, layer) => readRuleFiles(directory, layer)));
  const { rules, problems } = loadRules(files.flat().filter(({ text }) => text.includes(holding)));
  if (problems.length > 0) throw coded('RULES_INVALID', { problems: problems.map(problemLine) });
  return rules;
}

async function readBundle(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw coded('FILE_UNREADABLE', { path, reason: (error as Error).message }, { cause: error });
  }
}
