import { CLUSTER_SETTINGS, MODEL_SETTINGS, TELEMETRY_SETTINGS } from '../config/settings.ts';
import type { Command } from './command.ts';

export const mcpCommand: Command = {
  name: 'mcp',
  summary: 'Serve the engine to MCP clients, over stdin and stdout or over HTTP',
  settings: ['profile', 'namespace', ...CLUSTER_SETTINGS, 'rules', 'knowledgeGraph', 'timeout', 'dataDir', 'store', ...TELEMETRY_SETTINGS, ...MODEL_SETTINGS],
  options: [
    { flags: '--snapshot <path>', help: 'read a dump instead of a cluster', completes: 'files', conflicts: ['kubeconfig', 'context', 'agents', 'cluster'] },
    { flags: '--listen <host:port>', help: 'serve streamable HTTP there instead of stdin and stdout: 127.0.0.1:8765' },
    { flags: '--token-file <file>', help: 'file with the bearer token that HTTP clients must send; needed where others can reach the address' },
  ],
  examples: ['sre-orch mcp', 'sre-orch mcp --listen 127.0.0.1:8765', 'sre-orch mcp --snapshot ./dump.tar.gz'],
  run: async (input, context) => (await import('./mcp/serve-mcp.ts')).serveMcp(input, context),
};
