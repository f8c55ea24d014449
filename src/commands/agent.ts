import type { Command } from './command.ts';

export const agentCommand: Command = {
  name: 'agent',
  summary: 'Hand out reads of a cluster to servers that have no access to it',
  settings: ['profile', 'context', 'kubeconfig', 'otlpEndpoint', 'insecureHttp'],
  options: [
    { flags: '--listen <host:port>', help: 'where to take requests (default 127.0.0.1:8443); port 0 takes any that is free' },
    { flags: '--tls-cert <file>', help: 'certificate (PEM); looked at every minute, so that it can be replaced', completes: 'files' },
    { flags: '--tls-key <file>', help: 'its key', completes: 'files' },
    { flags: '--client-ca <file>', help: 'ask callers for a certificate, too, that one of these authorities signed', completes: 'files' },
    { flags: '--key-file <file>', help: 'let in who sends the key that this file holds, as a bearer token', completes: 'files' },
    { flags: '--service-accounts <names>', help: 'let in who sends a token of one of these, joined by commas: NAMESPACE/NAME' },
    { flags: '--audience <name>', help: 'for whom such a token has to be made (default sre-orch-agent)' },
    { flags: '--namespaces <names>', help: 'hand out these namespaces only, joined by commas' },
    { flags: '--kinds <kinds>', help: 'hand out these kinds only, joined by commas: Pod,Event,Deployment' },
    { flags: '--secrets', help: 'hand out names, types and keys of Secrets, too, and until when their certificates are good; never a value' },
    { flags: '--name <name>', help: 'what reports call this cluster' },
    { flags: '--drain <duration>', help: 'go on answering for so long at the end, while a Service turns to another (default: not at all)' },
  ],
  examples: [
    'sre-orch agent --listen 127.0.0.1:8443',
    'sre-orch agent --listen 0.0.0.0:8443 --tls-cert tls.crt --tls-key tls.key --key-file key --namespaces shop,pay',
  ],
  endsBySignal: true,
  async run(input, context) {
    const { runAgent } = await import('./agent/run-agent.ts');
    return runAgent(input, context);
  },
};
