import type { Command } from './command.ts';
import { completionScript, SHELLS } from './completion/script.ts';

export const completionCommand: Command = {
  name: 'completion',
  summary: 'A script that completes commands, options and live names in your shell',
  arguments: [{ name: '<shell>', help: SHELLS.join(', '), choices: SHELLS }],
  examples: ['source <(sre-orch completion bash)', 'sre-orch completion zsh > ~/.zfunc/_sre-orch', 'sre-orch completion fish | source'],
  run: async (input) => ({ kind: 'text', text: completionScript(input.arguments[0] ?? '') }),
};
