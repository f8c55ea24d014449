import { CLUSTER_SETTINGS, type SettingName } from '../config/settings.ts';
import type { Command, CommandOption } from './command.ts';

const SETTINGS: readonly SettingName[] = [
  'profile',
  'namespace',
  ...CLUSTER_SETTINGS,
  'rules',
  'knowledgeGraph',
  'output',
  'mcpConfig',
  'runbooks',
  'offline',
  'prometheus',
  'prometheusTokenFile',
  'telemetryCa',
  'insecureHttp',
];
const OPTIONS: readonly CommandOption[] = [
  { flags: '--snapshot <path>', help: 'read a dump instead of a cluster', completes: 'files', conflicts: ['kubeconfig', 'context', 'agents', 'cluster'] },
];

export const toolsCommand: Command = {
  name: 'tools',
  summary: 'What a language model may ask: reads of the cluster, and tools of MCP servers',
  subcommands: [
    {
      name: 'list',
      summary: 'All tools, and those that are refused because they may write',
      settings: SETTINGS,
      examples: ['sre-orch tools list', 'sre-orch tools list --mcp-config ./mcp_config.yaml -o json'],
      run: async (input, context) => (await import('./tools/answer-tools.ts')).listTools(input, context),
    },
    {
      name: 'call',
      summary: 'Ask one tool, as a language model would',
      arguments: [
        { name: '<tool>', help: 'its name' },
        { name: '[arguments]', help: 'a JSON object' },
      ],
      settings: SETTINGS,
      options: OPTIONS,
      examples: [`sre-orch tools call get_logs '{"pod": "checkout", "grep": "error"}' -n shop`],
      run: async (input, context) => (await import('./tools/answer-tools.ts')).callTool(input, context),
    },
  ],
};
