import type { SelfReviews } from '../../cluster/live/access-review.ts';
import { permissionLabel } from '../../cluster/live/permission.ts';
import { rbacManifest } from '../../cluster/live/rbac-manifest.ts';
import type { ClusterReader } from '../../cluster/reader.ts';
import type { ApiService } from '../../domain/kubernetes/policy.ts';
import { neededPermissions } from '../../evidence/collect/needed-permissions.ts';
import type { DoctorCheck } from './doctor-report.ts';

/** What may be read of `namespace` (undefined: of all of them), and the RBAC that grants what may not. */
export async function checkPermissions(
  { reviews, reader, namespace }: { reviews: SelfReviews; reader: ClusterReader; namespace: string | undefined },
  signal: AbortSignal,
): Promise<{ check: DoctorCheck; rbac: string | null }> {
  const apis = await servedApis(reader, signal);
  const needed = neededPermissions(namespace, apis);
  const permissions = needed.map(({ permission }) => permission);
  const [{ missing, undecided }, user] = await Promise.all([reviews.review(permissions, signal), reviews.whoAmI()]);
  const where = namespace === undefined ? 'all namespaces' : `namespace ${namespace}`;
  const who = user ?? 'the user of the kubeconfig';
  if (missing.length > 0) {
    const essential = needed.some((entry) => entry.essential && missing.includes(entry.permission));
    const lost = essential ? 'an investigation cannot see what matters' : 'reports will have gaps';
    const text = `${who} lacks ${missing.length} of ${needed.length} permissions for ${where}, so ${lost}: ${missing.map(permissionLabel).join(', ')}`;
    const next_steps = [
      'Let an administrator apply the roles below: sre-orch doctor --output json | jq -r .rbac | kubectl apply -f -',
      ...(apis === undefined ? ['Then run this again: which add-ons are installed, and have to be read, is told by the list of API services.'] : []),
    ];
    // Whole roles: applied, they replace those of an earlier doctor.
    const places = new Set(missing.map((permission) => permission.namespace));
    const rbac = rbacManifest(
      permissions.filter((permission) => places.has(permission.namespace)),
      user,
    );
    return { check: { name: 'permissions', status: essential ? 'fail' : 'warn', text, next_steps }, rbac };
  }
  const [first] = undecided;
  if (first !== undefined) {
    const text = `whether ${who} may read ${where} could not be found out for ${undecided.length} of ${needed.length} permissions: ${first.reason}`;
    const next_steps = [`Ask for one of them: kubectl auth can-i ${canI(first.permission)}`];
    return { check: { name: 'permissions', status: 'warn', text, next_steps }, rbac: null };
  }
  return { check: { name: 'permissions', status: 'ok', text: `${who} may read all that an investigation of ${where} needs`, next_steps: [] }, rbac: null };
}

/** What is installed beside Kubernetes itself; undefined where that may not be read. */
async function servedApis(reader: ClusterReader, signal: AbortSignal): Promise<readonly ApiService[] | undefined> {
  const lookup = await reader.list<ApiService>('APIService', {}, signal);
  return lookup.status === 'found' ? lookup.value.items : undefined;
}

function canI({ verb, resource, subresource, group, namespace }: Parameters<typeof permissionLabel>[0]): string {
  const what = `${resource}${group === '' ? '' : `.${group}`}${subresource === undefined ? '' : ` --subresource=${subresource}`}`;
  return `${verb} ${what}${namespace === undefined ? ' --all-namespaces' : ` --namespace ${namespace}`}`;
}
