import { CLUSTER_SETTINGS, MODEL_SETTINGS, SERVER_SIDE_SETTINGS, TELEMETRY_SETTINGS } from '../config/settings.ts';
import type { Command } from './command.ts';

export const serveCommand: Command = {
  name: 'serve',
  summary: 'Take incidents over HTTP, investigate them, and keep the reports',
  settings: [
    'profile',
    ...CLUSTER_SETTINGS,
    'rules',
    'knowledgeGraph',
    'timeout',
    'dataDir',
    'store',
    ...TELEMETRY_SETTINGS,
    ...MODEL_SETTINGS,
    ...SERVER_SIDE_SETTINGS,
  ],
  options: [
    {
      flags: '--snapshot <path>',
      help: 'investigate a dump instead of a cluster',
      completes: 'files',
      conflicts: ['kubeconfig', 'context', 'agents', 'cluster'],
    },
    { flags: '--check', help: 'say whether all that serving needs is there, and end' },
  ],
  examples: [
    'sre-orch serve',
    'sre-orch serve --listen 0.0.0.0:8080 --data-dir /var/lib/sre-orch',
    'SRE_ORCH_STORE=postgres://sre@db.example/incidents sre-orch serve --listen 0.0.0.0:8080',
    'SRE_ORCH_LISTEN=0.0.0.0:8080 SRE_ORCH_CONCURRENCY=4 sre-orch serve',
    'sre-orch serve --check',
    'sre-orch serve --snapshot ./dump.tar.gz --listen 127.0.0.1:0',
  ],
  endsBySignal: true,
  async run(input, context) {
    const { runServe } = await import('./serve/run-serve.ts');
    return runServe(input, context);
  },
};
