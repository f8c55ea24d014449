import type { Command } from './command.ts';

/** Made from the list of all commands, which is handed in because this one is part of it. */
export function completionCommand(commands: () => readonly Command[]): Command {
  return {
    name: 'completion',
    summary: 'A script that completes commands and options in your shell',
    arguments: [{ name: '<shell>', help: 'bash, zsh or fish' }],
    examples: ['source <(sre-orch completion bash)', 'sre-orch completion zsh > ~/.zfunc/_sre-orch', 'sre-orch completion fish | source'],
    async run(input) {
      const { completionScript } = await import('./completion/script.ts');
      return { kind: 'text', text: completionScript(input.arguments[0] ?? '', commands()) };
    },
  };
}
