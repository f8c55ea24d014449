import { CLUSTER_SETTINGS, type SettingName } from '../config/settings.ts';
import type { Command, CommandArgument, CommandOption } from './command.ts';

const SETTINGS: readonly SettingName[] = ['profile', 'namespace', ...CLUSTER_SETTINGS, 'knowledgeGraph', 'output', 'pager'];
const NAME: CommandArgument = {
  name: '<name>',
  help: 'checkout, deployment/checkout, shop/checkout, or a component of the knowledge graph',
  completes: 'components',
};
const OPTIONS: readonly CommandOption[] = [
  { flags: '-A, --all-namespaces', help: 'look at all namespaces', conflicts: ['namespace'] },
  { flags: '--snapshot <path>', help: 'read a dump instead of a cluster', completes: 'files', conflicts: ['kubeconfig', 'context', 'agents', 'cluster'] },
  {
    flags: '--knowledge-only',
    help: 'only what is written in the knowledge graph; no cluster is read',
    conflicts: ['snapshot', 'kubeconfig', 'context', 'agents', 'cluster'],
  },
  { flags: '--mermaid', help: 'as a mermaid diagram' },
  { flags: '--everything', help: 'mounts, nodes, quotas and the like, too' },
];

export const graphCommand: Command = {
  name: 'graph',
  summary: 'What depends on what: the knowledge graph and what the cluster shows',
  subcommands: [
    {
      name: 'depends-on',
      summary: 'All components that NAME depends on',
      arguments: [NAME],
      settings: SETTINGS,
      options: OPTIONS,
      examples: ['sre-orch graph depends-on checkout -n shop', 'sre-orch graph depends-on checkout --mermaid'],
      run: async (input, context) =>
        (await import('./graph/answer-graph.ts')).answerGraph({ ask: 'depends-on', name: input.arguments[0] ?? '' }, input, context),
    },
    {
      name: 'dependents',
      summary: 'All components that depend on NAME',
      arguments: [NAME],
      settings: SETTINGS,
      options: OPTIONS,
      examples: ['sre-orch graph dependents redis -n shop'],
      run: async (input, context) =>
        (await import('./graph/answer-graph.ts')).answerGraph({ ask: 'dependents', name: input.arguments[0] ?? '' }, input, context),
    },
    {
      name: 'path',
      summary: 'The shortest way from one component to another',
      arguments: [NAME, { name: '<to>', help: 'where the way should lead', completes: 'components' }],
      settings: SETTINGS,
      options: OPTIONS,
      examples: ['sre-orch graph path frontend postgres -n shop'],
      run: async (input, context) =>
        (await import('./graph/answer-graph.ts')).answerGraph({ ask: 'path', name: input.arguments[0] ?? '', to: input.arguments[1] ?? '' }, input, context),
    },
    {
      name: 'show',
      summary: 'The whole graph',
      settings: SETTINGS,
      options: OPTIONS,
      examples: ['sre-orch graph show -n shop --mermaid'],
      run: async (input, context) => (await import('./graph/answer-graph.ts')).answerGraph({ ask: 'show' }, input, context),
    },
  ],
};
