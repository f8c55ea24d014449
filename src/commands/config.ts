import { MODEL_SETTINGS, SETTINGS } from '../config/settings.ts';
import type { Command, CommandInput } from './command.ts';
import type { CommandContext } from './context.ts';
import type { CommandResult } from './result.ts';

const KEY = {
  name: '<setting>',
  help: `one of ${Object.values(SETTINGS)
    .map((row) => row.file)
    .join(', ')}`,
  completes: 'settings' as const,
};
const IN_PROFILE = { flags: '--in-profile <name>', help: 'of this profile, instead of the settings for all clusters', completes: 'profiles' as const };

type Answer = keyof typeof import('./config/answer-config.ts').ANSWERS;
const answer =
  (name: Answer) =>
  async (input: CommandInput, context: CommandContext): Promise<CommandResult> =>
    (await import('./config/answer-config.ts')).ANSWERS[name](input, context);

export const configCommand: Command = {
  name: 'config',
  summary: 'Settings: what they are, and where each value comes from',
  subcommands: [
    {
      name: 'list',
      summary: 'Every setting, its value and where it comes from',
      settings: ['output', 'profile', 'context', 'kubeconfig', 'pager'],
      mendsSettings: true,
      examples: ['sre-orch config list', 'sre-orch config list --context prod-eu', 'sre-orch config list --profile prod-eu -o json'],
      run: answer('listSettings'),
    },
    {
      name: 'get',
      summary: 'The value of one setting',
      arguments: [KEY],
      settings: ['output', 'profile', 'context', 'kubeconfig'],
      mendsSettings: true,
      examples: ['sre-orch config get namespace'],
      run: answer('getSetting'),
    },
    {
      name: 'set',
      summary: 'Write a setting into the settings file',
      arguments: [KEY, { name: '<value>', help: 'the value' }],
      options: [IN_PROFILE],
      mendsSettings: true,
      examples: ['sre-orch config set namespace shop', 'sre-orch config set prometheus https://prometheus.example --in-profile prod-eu'],
      run: answer('setSetting'),
    },
    {
      name: 'unset',
      summary: 'Take a setting out of the settings file',
      arguments: [KEY],
      options: [IN_PROFILE],
      mendsSettings: true,
      examples: ['sre-orch config unset namespace'],
      run: answer('unsetSetting'),
    },
    {
      name: 'test',
      summary: 'Ask the endpoint of the language model what it can do',
      settings: ['profile', 'output', 'dataDir', 'insecureHttp', ...MODEL_SETTINGS],
      options: [{ flags: '--cached', help: 'tell what was found the last time, where it was asked before' }],
      examples: ['LLM_BASE_URL=http://localhost:11434/v1 LLM_MODEL=qwen3:8b sre-orch config test'],
      run: async (input, context) => (await import('./config/test-endpoint.ts')).testEndpoint(input, context),
    },
    { name: 'path', summary: 'Where the settings file is', mendsSettings: true, examples: ['$EDITOR "$(sre-orch config path)"'], run: answer('configPath') },
    {
      name: 'init',
      summary: 'Ask for the commonest settings and write a commented file',
      mendsSettings: true,
      examples: ['sre-orch config init'],
      async run(_input, context) {
        const { initConfig } = await import('./config/init-config.ts');
        return initConfig(context);
      },
    },
  ],
};
