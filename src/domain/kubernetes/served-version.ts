import type { ApiService } from './policy.ts';
import { type Kind, resourceType } from './resource-type.ts';

/**
 * The version of the kind to ask for: the usual one, or the newest former one that the API server serves; undefined where it
 * serves none. It registers an APIService for each group and version of the custom resources that are installed
 * (kube-aggregator, pkg/controllers/autoregister).
 */
export function servedVersion(apis: readonly ApiService[], kind: Kind): string | undefined {
  const { group, version, formerVersions = [] } = resourceType(kind);
  const served = new Set(apis.flatMap(({ spec }) => (spec?.group === group ? [spec.version] : [])));
  return [version, ...formerVersions].find((one) => served.has(one));
}
