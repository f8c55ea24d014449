import { type Position, readYaml, type YamlDocument } from '../../config/yaml-document.ts';
import type { Problem, RuleProblem } from '../problem.ts';
import { type Rule, ruleSchema } from '../rule.ts';
import { valueAt } from '../value-at.ts';
import { checkRule } from './check-rule.ts';
import { issueProblems } from './issue-problems.ts';
import { problemsBeside } from './salvage.ts';
import { sourceOffset } from './source-offset.ts';

/** One file with a list of rules. Rules of a higher layer replace those of a lower one that have the same id. */
export interface RuleFile {
  readonly path: string;
  readonly text: string;
  readonly layer?: number;
}

/** A rule and where it stands; `overrides`: the place of the rule that it replaces. */
export interface LoadedRule {
  readonly rule: Rule;
  readonly file: string;
  readonly line: number;
  readonly layer: number;
  readonly overrides: string | null;
  /** The place of something in the rule. */
  readonly at: (problem: RuleProblem) => Problem;
}

/** Reads every rule of every file, and tells everything that is wrong with any of them. Rules with errors are left out. */
export function loadRules(files: readonly RuleFile[]): { rules: LoadedRule[]; problems: Problem[] } {
  const read = files.map(readFile);
  const problems = read.flatMap((file) => file.problems);
  const byId = new Map<string, LoadedRule>();
  for (const loaded of read.flatMap((file) => file.rules).sort((a, b) => a.layer - b.layer)) {
    const known = byId.get(loaded.rule.id);
    if (known === undefined) byId.set(loaded.rule.id, loaded);
    else if (known.layer < loaded.layer) byId.set(loaded.rule.id, { ...loaded, overrides: placeOf(known) });
    else problems.push(loaded.at({ path: ['id'], message: `the id ${loaded.rule.id} is taken: ${placeOf(known)} has it` }));
  }
  return { rules: [...byId.values()], problems: problems.sort(byPlace) };
}

function placeOf({ file, line }: LoadedRule): string {
  return `${file}:${line}`;
}

function byPlace(a: Problem, b: Problem): number {
  return a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column;
}

function readFile(file: RuleFile): { readonly rules: readonly LoadedRule[]; readonly problems: readonly Problem[] } {
  const problem = (position: Position, message: string): Problem => ({ severity: 'error', file: file.path, ...position, rule: null, message });
  const yaml = readYaml(file.text);
  if (!yaml.ok) return { rules: [], problems: [problem(yaml.position, yaml.message)] };
  const { value } = yaml.document;
  if (value === null) return { rules: [], problems: [] };
  if (!Array.isArray(value)) return { rules: [], problems: [problem({ line: 1, column: 1 }, 'a rule file is a list of rules')] };
  const read = value.map((item: unknown, index) => readRule(file, yaml.document, item, index));
  return { rules: read.flatMap(({ rule }) => (rule === undefined ? [] : [rule])), problems: read.flatMap(({ problems }) => problems) };
}

function readRule(file: RuleFile, document: YamlDocument, item: unknown, index: number): { readonly rule?: LoadedRule; readonly problems: readonly Problem[] } {
  const at = locator(file, document, item, index);
  const parsed = ruleSchema.safeParse(item, { reportInput: true });
  if (!parsed.success) return { problems: [...issueProblems(parsed.error), ...problemsBeside(item, parsed.error)].map(at) };
  const problems = checkRule(parsed.data);
  if (problems.length > 0) return { problems: problems.map(at) };
  const { line } = document.at([index]);
  return { rule: { rule: parsed.data, file: file.path, line, layer: file.layer ?? 0, overrides: null, at }, problems: [] };
}

function locator(file: RuleFile, document: YamlDocument, item: unknown, index: number): (problem: RuleProblem) => Problem {
  const id = valueAt(item, ['id']);
  return ({ path, offset, message, onKey }) => {
    const full = [index, ...path];
    const start = onKey ? document.keyAt(full) : document.at(full);
    const value = valueAt(item, path.map(String));
    const position = offset === undefined || typeof value !== 'string' ? start : within(file.text, start, value, offset);
    return { severity: 'error', file: file.path, line: position.line, column: position.column, rule: typeof id === 'string' ? id : null, message };
  };
}

function within(source: string, start: Position, value: string, offset: number): Position {
  const lineStart = source.split('\n', start.line - 1).join('\n').length + (start.line > 1 ? 1 : 0);
  const before = source.slice(0, sourceOffset(source, lineStart + start.column - 1, value, offset)).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}
