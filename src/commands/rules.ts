import { SUBJECTS } from '../domain/fact.ts';
import type { Command, CommandOption } from './command.ts';

const subject: CommandOption = { flags: '--subject <subject>', help: 'only rules about this', choices: SUBJECTS };

export const rulesCommand: Command = {
  name: 'rules',
  summary: 'The failure modes that are known, and your own',
  subcommands: [
    {
      name: 'list',
      summary: 'Every rule, with the cause it names',
      settings: ['rules', 'output', 'pager'],
      options: [subject],
      examples: ['sre-orch rules list --subject Container', 'sre-orch rules list --rules ./our-rules --output json'],
      run: async (input, context) => (await import('./rules/answer-rules.ts')).answerList(input, context),
    },
    {
      name: 'explain',
      summary: 'What a rule looks at, when it fires and what it says',
      arguments: [{ name: '<id>', help: 'the id of the rule', completes: 'rules' }],
      settings: ['rules', 'output', 'pager'],
      examples: ['sre-orch rules explain container-oom-killed'],
      run: async (input, context) => (await import('./rules/answer-rules.ts')).answerExplain(input, context),
    },
    {
      name: 'lint',
      summary: 'Check rule files: form, conditions, examples; every problem at once',
      arguments: [{ name: '[path]', help: 'a folder or a file (default: the rules in use)', completes: 'files' }],
      settings: ['rules', 'output', 'pager'],
      options: [{ flags: '--strict', help: 'warnings count, too' }],
      examples: ['sre-orch rules lint ./our-rules'],
      run: async (input, context) => (await import('./rules/answer-rules.ts')).answerLint(input, context),
    },
    {
      name: 'test',
      summary: 'Run the examples of every rule',
      arguments: [{ name: '[path]', help: 'a folder or a file (default: the rules in use)', completes: 'files' }],
      settings: ['rules', 'output', 'pager'],
      examples: ['sre-orch rules test ./our-rules'],
      run: async (input, context) => (await import('./rules/answer-rules.ts')).answerTest(input, context),
    },
  ],
};
