import type { Command } from './command.ts';

export const schemaCommand: Command = {
  name: 'schema',
  summary: 'The JSON Schema of what sre-orch writes and reads',
  subcommands: [
    {
      name: 'report',
      summary: 'The report, as in --output json',
      examples: ['sre-orch schema report > report.schema.json'],
      run: async () => ({ kind: 'json', value: (await import('../report/schema.ts')).reportJsonSchema() }),
    },
    {
      name: 'rules',
      summary: 'A rule file, for your editor',
      examples: ['sre-orch schema rules > rules.schema.json'],
      run: async () => ({ kind: 'json', value: (await import('../rules/json-schema.ts')).rulesJsonSchema() }),
    },
  ],
};
