import type { LoadedRule } from '../src/rules/load/load-rules.ts';

const SECTIONS: Readonly<Record<string, string>> = {
  A: 'Container start and termination',
  B: 'Image pull',
  C: 'Scheduling',
  D: 'Eviction, deletion, disruption',
  E: 'Volume attach and mount',
  F: 'Admission and creation',
  G: 'Sandbox, network plugin, runtime',
  H: 'Workload controllers',
  I: 'Services, Ingress, Gateway, NetworkPolicy',
  J: 'DNS',
  K: 'Storage provisioning',
  L: 'Nodes',
  M: 'Control plane, add-ons, producers',
  N: 'Application logs',
  O: 'Cascades',
  P: 'Non-faults',
};

/** Causes that the clusters of the tests cannot bring about; their rules are proven by authored examples. */
const NOT_SEEN = [
  '`gateways.yaml`: there is no Gateway controller. A route and a Gateway with conditions written by hand were found.',
  '`producers.yaml`: there are no cert-manager, external-secrets or sealed-secrets controllers. Their objects with conditions written by hand were found.',
  '`snapshots.yaml`: there is no driver that takes snapshots.',
  '`node-loss.yaml`: there are no cloud, no autoscaler of nodes and no device plugins.',
];

/** docs/coverage.md: for each id of the failure catalogue that a rule carries, in order, its rules and their causes. */
export function renderCoverage(rules: readonly LoadedRule[]): string {
  const rows = rules.flatMap(({ rule }) => rule.catalogue.map((id) => ({ id, rule })));
  const byId = [...Map.groupBy(rows, ({ id }) => id)].sort(([a], [b]) => a.localeCompare(b));
  const bySection = Map.groupBy(byId, ([id]) => id[0] ?? '');
  const sections = [...bySection].map(([letter, ids]) => {
    const table = ids.map(([id, carriers]) => `| ${id} | ${list(carriers.map(({ rule }) => rule.id))} | ${list(carriers.map(({ rule }) => rule.cause))} |`);
    return [`## ${letter}. ${SECTIONS[letter] ?? letter}`, '', '| id | rules | causes |', '|---|---|---|', ...table].join('\n');
  });
  const count = `${rules.length} rules carry ${byId.length} ids of the failure catalogue. Written by \`npm run docs\` from \`rules/\`.`;
  const unseen = ['## Not seen on a real cluster', '', ...NOT_SEEN.map((line) => `- ${line}`)].join('\n');
  return `${['# Coverage', count, ...sections, unseen].join('\n\n')}\n`;
}

function list(names: readonly string[]): string {
  return [...new Set(names)].map((name) => `\`${name}\``).join(', ');
}
