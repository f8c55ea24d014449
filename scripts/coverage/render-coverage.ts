import { counted } from '../../src/domain/counted.ts';
import { evidenceOf, type Proof } from './proofs.ts';

/** Causes that the clusters of the tests cannot bring about; their rules are proven by authored examples. */
const NOT_SEEN = [
  '`gateways.yaml`: there is no Gateway controller. A route and a Gateway with conditions written by hand were found.',
  '`producers.yaml`: there are no cert-manager, external-secrets or sealed-secrets controllers. Their objects with conditions written by hand were found.',
  '`delivery.yaml`: there are no Argo CD, Flux or OLM controllers. Their objects with conditions written by hand were found.',
  '`snapshots.yaml`: there is no driver that takes snapshots.',
  '`node-loss.yaml`: there are no cloud, no autoscaler of nodes and no device plugins.',
];

const ABOUT = `Each failure mode that is to be known, with what finds it. Stars say how it is proven: ★★★ by one field or message, ★★ by two signs
together, ★ is only a hint and never told as the first cause. *Real cluster*: the scenario was brought about on a cluster and recorded
there; *authored*: its fixture was written by hand. *Examples only*: the examples of the rules, positive and negative, are all there is.`;

/** docs/coverage.md: each failure mode with its rules and adjudicators, the evidence that they read, and what proves them. */
export function renderCoverage(proofs: readonly Proof[], rules: number): string {
  const sections = [...Map.groupBy(proofs, ({ mode }) => mode.section)].map(([title, rows]) => section(title, rows));
  const shown = proofs.filter(({ scenarios }) => scenarios.some(({ authored }) => authored === undefined)).length;
  const count = `${proofs.length} failure modes, ${counted(rules, 'rule')}; ${shown} modes were seen on a real cluster. Written by \`npm run docs\`.`;
  const unseen = ['## Not seen on a real cluster', '', ...NOT_SEEN.map((line) => `- ${line}`)].join('\n');
  return `${['# Coverage', ABOUT, count, ...sections, unseen].join('\n\n')}\n`;
}

function section(title: string, proofs: readonly Proof[]): string {
  const head = '| id | what | found by | cause | decisive evidence | covered by |\n|---|---|---|---|---|---|';
  return `## ${title}\n\n${head}\n${proofs.map(row).join('\n')}`;
}

function row(proof: Proof): string {
  const { mode, rules, adjudicators } = proof;
  const finders = [...rules.map(({ id }) => id), ...adjudicators.map(({ id }) => id)];
  const named = [...rules.map(({ cause }) => cause), ...adjudicators.flatMap(({ id, role }) => (role === 'cause' ? [id] : []))];
  const evidence = [...evidenceOf(rules), ...adjudicators.map(({ reads }) => reads.join(', '))].join('; ');
  const cells = [mode.id, [mode.what, '★'.repeat(mode.stars)].join(' ').trim(), codes(finders) || engine(mode.id), codes(named), evidence, coveredBy(proof)];
  return `| ${cells.map((cell) => cell || '–').join(' | ')} |`;
}

/** Sections P and Q ask nothing of single rules. */
function engine(id: string): string {
  return { O: 'the graph of needs', P: 'no rule may fire', Q: 'the way of reading' }[id[0] ?? ''] ?? '';
}

function coveredBy({ mode, rules, scenarios }: Proof): string {
  const shown = scenarios.map(({ name, authored }) => `\`${name}\` (${authored === undefined ? 'real cluster' : 'authored'})`);
  const tests = mode.tests.map((test) => `\`${test.split(': ')[0]}\``);
  const more = [...shown, ...new Set(tests)];
  if (rules.length === 0) return more.join(', ');
  return more.length === 0 ? 'examples only' : [...more, 'rule examples'].join(', ');
}

function codes(names: readonly string[]): string {
  return [...new Set(names)].map((name) => `\`${name}\``).join(', ');
}
