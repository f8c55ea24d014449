import { ADJUDICATORS } from '../../correlate/adjudicators.ts';
import { EXIT } from '../../errors/row.ts';
import { hyperlink } from '../../report/hyperlink.ts';
import { testRules } from '../../rules/examples/test-rules.ts';
import { explainRule } from '../../rules/explain-rule.ts';
import { lintRules } from '../../rules/lint-rules.ts';
import { findRule, listRules } from '../../rules/list-rules.ts';
import { openLoadedRules } from '../../rules/open-rules.ts';
import { problemLine } from '../../rules/problem.ts';
import { readRuleFiles } from '../../rules/rule-files.ts';
import { asksForData } from '../asks-for-data.ts';
import type { CommandInput } from '../command.ts';
import type { CommandContext } from '../context.ts';
import type { CommandResult } from '../result.ts';
import { explainAdjudicator } from './explain-adjudicator.ts';

const isJson = ({ settings }: CommandContext): boolean => asksForData(settings);

/** Adjudicators judge findings, so they stand after the rules that make these. */
const adjudicatorRows = ADJUDICATORS.map(({ id, title, role }) => ({
  id,
  cause: role === 'cause' ? id : null,
  title,
  subject: 'Finding',
  role: 'adjudicator',
  strength: null,
}));

export async function answerList({ options }: CommandInput, context: CommandContext): Promise<CommandResult> {
  const { subject } = options;
  const rules = listRules(await context.openRules(), typeof subject === 'string' ? subject : undefined);
  const rows = typeof subject === 'string' ? rules : [...rules, ...adjudicatorRows];
  if (isJson(context)) return { kind: 'json', value: rows };
  return {
    kind: 'table',
    columns: ['id', 'subject', 'role', 'strength', 'title'],
    rows: rows.map(({ id, subject: about, role, strength, title }) => [id, about, role, strength ?? '', title]),
    whenEmpty: 'There are no such rules.',
    expendable: ['strength', 'role'],
  };
}

export async function answerExplain(input: CommandInput, context: CommandContext): Promise<CommandResult> {
  const id = input.arguments[0] ?? '';
  const adjudicator = ADJUDICATORS.find((one) => one.id === id);
  if (adjudicator !== undefined)
    return isJson(context) ? { kind: 'json', value: adjudicator } : { kind: 'text', text: explainAdjudicator(adjudicator), folds: true };
  const { id: found } = findRule(
    await context.openRules(),
    id,
    ADJUDICATORS.map((one) => one.id),
  );
  // Its examples stand in its file alone; to read all of them takes seconds.
  const loaded = await openLoadedRules(context.ruleDirectories, found);
  const rule = findRule(
    loaded.map((each) => each.rule),
    found,
  );
  return isJson(context) ? { kind: 'json', value: rule } : { kind: 'text', text: explainRule(rule, context.output.links ? hyperlink : undefined), folds: true };
}

export async function answerLint(input: CommandInput, context: CommandContext): Promise<CommandResult> {
  const directories = input.arguments[0] === undefined ? context.ruleDirectories : [input.arguments[0]];
  const files = await Promise.all(directories.map((directory, layer) => readRuleFiles(directory, layer)));
  const strict = input.options['strict'] === true;
  const { rules, problems } = lintRules(files.flat(), { strict });
  const bad = problems.some(({ severity }) => strict || severity === 'error');
  const exitCode = bad ? EXIT.error : EXIT.ok;
  if (isJson(context)) return { kind: 'json', value: { rules: rules.length, problems }, exitCode };
  const lines = [
    ...problems.map((problem) => `${problem.severity}: ${problemLine(problem)}`),
    `${rules.length} rules in ${files.flat().length} files, ${problems.length} problems`,
  ];
  return { kind: 'text', text: lines.join('\n'), folds: true, exitCode };
}

export async function answerTest(input: CommandInput, context: CommandContext): Promise<CommandResult> {
  const directories = input.arguments[0] === undefined ? context.ruleDirectories : [input.arguments[0]];
  const results = testRules((await openLoadedRules(directories)).map(({ rule }) => rule));
  const failed = results.filter(({ failure }) => failure !== null);
  const exitCode = failed.length > 0 ? EXIT.error : EXIT.ok;
  if (isJson(context)) return { kind: 'json', value: results, exitCode };
  const lines = failed.map(({ rule, kind, example, failure }) => `${rule}: ${kind} "${example}": ${failure}`);
  return { kind: 'text', text: [...lines, `${results.length - failed.length} of ${results.length} examples hold`].join('\n'), exitCode };
}
