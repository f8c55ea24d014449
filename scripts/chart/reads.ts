import { stringify } from 'yaml';
import { RESOURCE_TYPES, type ResourceType } from '../../src/domain/kubernetes/resource-type.ts';

interface PolicyRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

const VERBS = ['get', 'list', 'watch'];

/** What the agent's role allows, from the kinds that the readers know: a rule for each API group. Secrets are the chart's to add. */
export function renderReads(): string {
  const kinds: ResourceType[] = Object.values(RESOURCE_TYPES).filter(({ kind }) => kind !== 'Secret');
  const logs = { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] };
  return stringify(
    {
      namespaced: [...rulesFor(kinds.filter(({ namespaced }) => namespaced)), logs],
      cluster: rulesFor(kinds.filter(({ namespaced }) => !namespaced)),
    },
    { lineWidth: 0, aliasDuplicateObjects: false },
  );
}

function rulesFor(kinds: readonly ResourceType[]): PolicyRule[] {
  const groups = Map.groupBy(kinds, ({ group }) => group);
  return [...groups].map(([group, members]) => ({ apiGroups: [group], resources: members.map(({ plural, resource = plural }) => resource), verbs: VERBS }));
}
