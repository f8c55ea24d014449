import type { Inventory } from '../../domain/inventory.ts';
import type { ApiService } from '../../domain/kubernetes/policy.ts';
import { type Kind, resourceType } from '../../domain/kubernetes/resource-type.ts';

/**
 * The version of the kind to ask for: the usual one, or the newest former one that the API server serves; undefined where it
 * serves none, or where its APIServices could not be read. It registers an APIService for each group and version of the custom
 * resources that are installed (kube-aggregator, pkg/controllers/autoregister).
 */
export function servedVersion(read: Inventory, kind: Kind): string | undefined {
  const { group, version, formerVersions = [] } = resourceType(kind);
  const served = new Set(read.list<ApiService>('APIService').flatMap(({ spec }) => (spec?.group === group ? [spec.version] : [])));
  return [version, ...formerVersions].find((one) => served.has(one));
}
