import { OTHER_VARIABLES } from '../../src/config/environment.ts';
import { SETTINGS } from '../../src/config/settings.ts';
import { EXIT, EXIT_MEANINGS } from '../../src/errors/row.ts';
import type { CommandReference, OptionReference } from './reference.ts';

/** docs/cli.md: what can be typed, what it ends with, and what of the environment is heeded. */
export function renderCliPage(commands: readonly CommandReference[]): string {
  // What holds a secret is no flag of any command.
  const taken = new Set<string>(commands.flatMap(({ options }) => options.map(({ flags }) => flags)));
  return `${[
    '# Command line',
    '',
    'Written by `npm run docs` from the definitions of the commands; `sre-orch COMMAND --help` says the same, and so does `man sre-orch`.',
    '',
    'As a plugin of kubectl every command is `kubectl sre-orch COMMAND`, with the same options. Short options may be written as kubectl takes them: `-n shop`, `-nshop` or `-n=shop`, and options may stand before the command: `sre-orch -n shop list`.',
    '',
    '`-o jsonpath=TEMPLATE` takes a template as kubectl does, filled from what `-o json` prints: `sre-orch show last -o jsonpath=\'{.root_causes[0].title}\'`; a list is under `items`: `sre-orch list -o jsonpath=\'{range .items[*]}{.incident_id}{"\\t"}{.title}{"\\n"}{end}\'`. `-o name` prints ids alone, one a line.',
    '',
    '| command | what it does |',
    '|---|---|',
    ...commands.filter(({ below }) => below.length === 0).map(({ path, summary }) => `| [${path}](#${anchor(path)}) | ${cell(summary)} |`),
    '',
    ...commands.flatMap(section),
    '## Exit codes',
    '',
    '| code | meaning |',
    '|---|---|',
    ...(Object.keys(EXIT) as (keyof typeof EXIT)[]).map((name) => `| ${EXIT[name]} | ${cell(EXIT_MEANINGS[name])} |`),
    '',
    'Each error has a code of its own, too: [errors.md](errors.md).',
    '',
    '## Settings and environment variables',
    '',
    'A flag beats the variable, the variable beats the profile, the profile beats the settings file (`sre-orch config path`). `sre-orch config list` shows what is in force, and from where.',
    '',
    '| setting | variable | flag | meaning |',
    '|---|---|---|---|',
    ...Object.values(SETTINGS).map(
      ({ file, env, flag, help }) => `| \`${file}\` | \`${env}\` | ${taken.has(flag) ? `\`${cell(flag)}\`` : ''} | ${cell(help)} |`,
    ),
    '',
    '| other variables | meaning |',
    '|---|---|',
    ...Object.entries(OTHER_VARIABLES).map(
      ([names, meaning]) =>
        `| ${names
          .split(', ')
          .map((name) => `\`${name}\``)
          .join(', ')} | ${cell(meaning)} |`,
    ),
  ].join('\n')}\n`;
}

function section({ path, summary, usage, arguments: args, options, examples, below }: CommandReference): string[] {
  const lines = [`## ${path}`, '', `${summary}.`, ''];
  if (below.length > 0) return [...lines, `${below.map((name) => `[${name}](#${anchor(`${path} ${name}`)})`).join(' · ')}`, ''];
  lines.push('```text', usage, '```', '');
  if (args.length > 0) lines.push('| argument | meaning |', '|---|---|', ...args.map(({ name, help }) => `| \`${name}\` | ${cell(help)} |`), '');
  if (options.length > 0) lines.push('| option | meaning | variable |', '|---|---|---|', ...options.map(optionRow), '');
  if (examples.length > 0) lines.push('```sh', ...examples, '```', '');
  return lines;
}

function optionRow({ flags, help, choices, variable }: OptionReference): string {
  const among = choices.length === 0 || choices.every((choice) => help.includes(choice)) ? '' : ` (${choices.join(', ')})`;
  return `| \`${cell(flags)}\` | ${cell(help + among)} | ${variable === undefined ? '' : `\`${variable}\``} |`;
}

function anchor(path: string): string {
  return path.replaceAll(' ', '-');
}

/** Inside a table a bar would end the cell, and an angle bracket outside of code begin a tag. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
