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
    { flags: '--listen <host:port>', help: 'where to take requests (default 127.0.0.1:8080); port 0 takes any that is free' },
    { flags: '--require-key', help: 'ask for an API key on loopback, too; on every other address one is always asked for' },
    {
      flags: '--snapshot <path>',
      help: 'investigate a dump instead of a cluster',
      completes: 'files',
      conflicts: ['kubeconfig', 'context', 'agents', 'cluster'],
    },
    { flags: '--concurrency <n>', help: 'investigations at a time (default 2)' },
    { flags: '--queue <n>', help: 'investigations that may wait; more are refused (default 100)' },
    { flags: '--check', help: 'say whether all that serving needs is there, and end' },
    { flags: '--lease <duration>', help: 'servers that share PostgreSQL: how long a job is left to one that is not heard of (default 15s)' },
    { flags: '--keep <duration>', help: 'how long an incident is kept after its end, or `all` (default 90d)' },
    { flags: '--keep-size <size>', help: 'how much is kept, the oldest goes first: 500Mi, 4Gi or `all` (default 4Gi)' },
    { flags: '--rate <n>', help: 'requests a second that each caller may go on with (default 300)' },
    { flags: '--grace <duration>', help: 'time that running investigations get at the end, before they go back into the queue (default 20s)' },
    {
      flags: '--drain <duration>',
      help: 'go on answering for so long at the end, while a load balancer turns to others; for servers that share PostgreSQL (default: not at all)',
    },
  ],
  examples: [
    'sre-orch serve',
    'sre-orch serve --listen 0.0.0.0:8080 --data-dir /var/lib/sre-orch',
    'SRE_ORCH_STORE=postgres://sre@db.example/incidents sre-orch serve --listen 0.0.0.0:8080',
    'sre-orch serve --check',
    'sre-orch serve --snapshot ./dump.tar.gz --listen 127.0.0.1:0',
  ],
  endsBySignal: true,
  async run(input, context) {
    const { runServe } = await import('./serve/run-serve.ts');
    return runServe(input, context);
  },
};
