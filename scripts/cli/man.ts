import { OTHER_VARIABLES } from '../../src/config/environment.ts';
import { SETTINGS } from '../../src/config/settings.ts';
import { EXIT, EXIT_MEANINGS } from '../../src/errors/row.ts';
import type { CommandReference } from './reference.ts';

/** man/sre-orch.1, in the macros of man(7). */
export function renderManPage(commands: readonly CommandReference[], version: string): string {
  const leaves = commands.filter(({ below }) => below.length === 0);
  return `${[
    '.\\" Written by npm run docs.',
    `.TH SRE\\-ORCH 1 "" "sre\\-orch ${version}" "User Commands"`,
    '.SH NAME',
    'sre\\-orch \\- name the root cause of a Kubernetes incident, with the evidence for it',
    '.SH SYNOPSIS',
    '.B sre\\-orch',
    '.I command',
    '[options]',
    '.br',
    '.B kubectl sre\\-orch',
    '.I command',
    '[options]',
    '.SH DESCRIPTION',
    roff(
      'sre-orch reads a cluster or a dump of one, and says what the root cause is of what hurts, with the chain from it to the symptom, the evidence for every link, a confidence, and what could not be seen. It changes nothing.',
    ),
    '.SH COMMANDS',
    ...leaves.flatMap(commandEntry),
    '.SH EXIT STATUS',
    ...(Object.keys(EXIT) as (keyof typeof EXIT)[]).flatMap((name) => tagged(String(EXIT[name]), EXIT_MEANINGS[name])),
    '.SH ENVIRONMENT',
    roff('A flag beats the variable, the variable beats the profile, the profile beats the settings file.'),
    ...Object.values(SETTINGS).flatMap(({ env, help }) => tagged(env, help)),
    ...Object.entries(OTHER_VARIABLES).flatMap(([names, meaning]) => tagged(names, meaning.replaceAll('`', ''))),
    '.SH FILES',
    ...tagged('~/.config/sre-orch/config.yaml', 'settings; sre-orch config init writes one that explains itself'),
    ...tagged('~/.local/share/sre-orch/incidents.db', 'investigations that are kept'),
    '.SH SEE ALSO',
    '.BR kubectl (1)',
  ].join('\n')}\n`;
}

function commandEntry({ usage, summary, arguments: args, options, examples }: CommandReference): string[] {
  return [
    `.SS ${roff(usage)}`,
    roff(`${summary}.`),
    ...args.flatMap(({ name, help }) => tagged(name, help)),
    ...options.flatMap(({ flags, help, choices }) =>
      tagged(flags, choices.length === 0 || choices.every((one) => help.includes(one)) ? help : `${help} (${choices.join(', ')})`),
    ),
    ...(examples.length === 0 ? [] : ['.PP', 'Examples:', '.PP', '.nf', '.RS', ...examples.map(roff), '.RE', '.fi']),
  ];
}

function tagged(tag: string, text: string): string[] {
  return ['.TP', `.B ${roff(tag)}`, roff(text)];
}

/** Text in which nothing is a request: a backslash, a hyphen that is meant as one, a dot or a quote at the beginning of a line. */
function roff(text: string): string {
  const escaped = text.replaceAll('\\', '\\e').replaceAll('-', '\\-').replaceAll('…', '...');
  return /^[.']/.test(escaped) ? `\\&${escaped}` : escaped;
}
