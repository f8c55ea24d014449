import { ROLES } from '../store/api-key-repository.ts';
import type { Command, CommandInput } from './command.ts';
import type { CommandContext } from './context.ts';
import type { CommandResult } from './result.ts';

type Answer = keyof typeof import('./keys/answer-keys.ts').ANSWERS;
const answer =
  (name: Answer) =>
  async (input: CommandInput, context: CommandContext): Promise<CommandResult> =>
    (await import('./keys/answer-keys.ts')).ANSWERS[name](input, context);

export const keysCommand: Command = {
  name: 'keys',
  summary: 'API keys of a server: who may ask it',
  subcommands: [
    {
      name: 'create',
      summary: 'A new key; it is shown once and kept as a hash',
      arguments: [{ name: '<name>', help: 'whose it is: a person, a pager, a pipeline' }],
      settings: ['output', 'dataDir', 'store', 'insecureHttp'],
      options: [
        { flags: '--role <role>', help: 'viewer reads, operator also starts and stops investigations, admin may all (default viewer)', choices: ROLES },
        { flags: '--namespaces <names>', help: 'only these, joined by commas (default: all)', completes: 'namespaces' },
      ],
      examples: ['sre-orch keys create pager --role operator', 'sre-orch keys create shop-team --namespaces shop,shop-data'],
      run: answer('createKey'),
    },
    {
      name: 'list',
      summary: 'The keys there are, and which are revoked',
      settings: ['output', 'dataDir', 'store', 'insecureHttp'],
      examples: ['sre-orch keys list'],
      run: answer('listKeys'),
    },
    {
      name: 'revoke',
      summary: 'Take a key away; a running server heeds it at once',
      arguments: [{ name: '<id>', help: 'the id that `keys list` shows' }],
      settings: ['dataDir', 'store', 'insecureHttp'],
      examples: ['sre-orch keys revoke 0f3a9c21b7de'],
      run: answer('revokeKey'),
    },
  ],
};
