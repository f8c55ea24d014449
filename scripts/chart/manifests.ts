import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { parseAllDocuments, stringify } from 'yaml';

const run = promisify(execFile);
const CHART = resolve(import.meta.dirname, '../../charts/sre-orchestrator');
const OF_THE_CLUSTER = join(process.env['CLUSTER_HOME'] ?? '/tmp/sre-cluster', 'bin/helm');
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
  const helm = existsSync(OF_THE_CLUSTER) ? OF_THE_CLUSTER : 'helm';
  const { stdout } = await run(helm, ['template', 'sre-orch', CHART, '-n', NAMESPACE, '--kube-version', '1.34.0', ...(MANIFESTS[name] ?? [])], {
    maxBuffer: 2 ** 26,
  });
  const manifests = parseAllDocuments(stdout).flatMap((document) => (document.toJS() === null ? [] : [document.toJS() as Manifest]));
  const kept = manifests.filter(({ kind, metadata }) => kind !== 'Secret' && metadata.annotations?.['helm.sh/hook'] === undefined);
  const text = kept.map((manifest) => `---\n${stringify(manifest, { lineWidth: 0, aliasDuplicateObjects: false })}`).join('');
  return `# Written by \`npm run deploy:manifests\` from the chart. Before it: deploy/README.md.\n${text}`;
}
