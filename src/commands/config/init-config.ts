import { readConfigText, writeConfigText } from '../../config/edit-config-file.ts';
import type { SettingName } from '../../config/settings.ts';
import { coded } from '../../errors/coded-error.ts';
import type { CommandContext } from '../context.ts';
import type { CommandResult } from '../result.ts';
import { pathIn } from './answer-config.ts';
import { commentedConfig } from './commented-config.ts';

/** What is asked; everything else stands in the file as a comment. */
const ASKED: readonly (readonly [SettingName, string])[] = [
  ['context', 'Context of the kubeconfig (empty: the current one)'],
  ['namespace', 'Namespace to look at (empty: what the question names)'],
  ['prometheus', 'Prometheus, if there is one (https://…)'],
  ['alertmanager', 'Alertmanager, if there is one (https://…)'],
];

/** `config init`: asks on a terminal; elsewhere it writes the commented file with the defaults. Never writes over a file unasked. */
export async function initConfig(context: CommandContext): Promise<CommandResult> {
  const file = pathIn(context);
  const exists = (await readConfigText(file)) !== '';
  if (!context.output.watched) {
    if (exists) throw coded('SETTINGS_INVALID', { problems: [`${file} is there already; change it with: sre-orch config set`] });
    await writeConfigText(file, commentedConfig({}));
  } else {
    // Loaded only here: it takes 60 ms, and stands in nobody else's way.
    const { confirm, input } = await import('@inquirer/prompts');
    if (exists && !(await confirm({ message: `${file} is there already. Write it anew?`, default: false }))) return { kind: 'done', exitCode: 0 };
    const answers: Partial<Record<SettingName, string>> = {};
    for (const [name, message] of ASKED) {
      const answer = (await input({ message, default: String(context.settings[name] ?? '') })).trim();
      if (answer !== '') answers[name] = answer;
    }
    await writeConfigText(file, commentedConfig(answers));
  }
  context.output.err(`written to ${file}\nSee what is in force: sre-orch config list. Is everything in reach? sre-orch doctor\n`);
  return { kind: 'done', exitCode: 0 };
}
