import { parseAllDocuments, stringify } from 'yaml';
import { CHART, helm } from './helm.ts';

const NAMESPACE = 'sre-orchestrator';

/** The files of deploy/, and the values of the chart that each is rendered with. */
export const MANIFESTS: Readonly<Record<string, readonly string[]>> = {
  'sre-orchestrator.yaml': [],
  'sre-orchestrator-one-namespace.yaml': ['--set', 'rbac.scope=namespaces', '--set', 'rbac.namespaces={shop}'],
};

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly annotations?: Readonly<Record<string, string>> };
}

/** One file of deploy/, for those who do not use Helm. Without Secrets: what the chart would make up is made by hand, deploy/README.md says how. */
export async function renderManifests(name: string): Promise<string> {
  const rendered = await helm('template', 'sre-orch', CHART, '-n', NAMESPACE, '--kube-version', '1.34.0', ...(MANIFESTS[name] ?? []));
  const manifests = parseAllDocuments(rendered).flatMap((document) => (document.toJS() === null ? [] : [document.toJS() as Manifest]));
  const kept = manifests.filter(({ kind, metadata }) => kind !== 'Secret' && metadata.annotations?.['helm.sh/hook'] === undefined);
  const text = kept.map((manifest) => `---\n${stringify(manifest, { lineWidth: 0, aliasDuplicateObjects: false })}`).join('');
  return `# Written by \`npm run deploy:manifests\` from the chart. Before it: deploy/README.md.\n${text}`;
}
