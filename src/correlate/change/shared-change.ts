import type { Change } from '../../domain/change.ts';
import { fieldLabel, valuesText } from '../../domain/change-text.ts';
import type { Finding } from '../../domain/finding.ts';
import { refKey, refLabel } from '../../domain/object-ref.ts';
import { type Candidate, distinct, earliest } from '../candidate.ts';

const MIN_WORKLOADS = 2;
const MAX_NAMED = 5;

/** Several workloads that fail since the same ConfigMap or Secret was changed have one cause: that object. */
export function sharedChanges(roots: readonly Candidate[], changes: (candidate: Candidate) => Change | null): Finding[] {
  const changed = roots.flatMap((root) => {
    const change = changes(root);
    return change !== null && (change.object.kind === 'ConfigMap' || change.object.kind === 'Secret') ? [{ root, change }] : [];
  });
  const groups = Map.groupBy(changed, ({ change }) => `${refKey(change.object)} ${change.field_path}`);
  return [...groups.values()].flatMap((group) => {
    const workloads = distinct(group.map(({ root }) => root.object));
    const [first] = group;
    return first === undefined || workloads.length < MIN_WORKLOADS
      ? []
      : [
          shared(
            group.map(({ root }) => root),
            first.change,
          ),
        ];
  });
}

function shared(roots: readonly Candidate[], change: Change): Finding {
  const workloads = distinct(roots.map(({ object }) => object));
  const named = workloads.slice(0, MAX_NAMED).map(refLabel).join(', ');
  const rest = workloads.length - MAX_NAMED;
  const values = change.from_recorded === false ? `is now ${change.to}` : `was changed from ${valuesText(change)}`.replace(' → ', ' to ');
  return {
    id: `f-shared-${refKey(change.object)}`,
    rule_id: 'shared-configuration-changed',
    cause_id: 'shared-configuration-changed',
    title: 'Shared configuration changed',
    role: 'cause',
    effect: 'misconfigured',
    strength: 'strong',
    object: change.object,
    subjects: [change.object],
    via: [],
    victims: workloads,
    mechanism: `${fieldLabel(change.field_path)} ${values} at ${change.at}, and ${named}${rest > 0 ? ` and ${rest} more` : ''}, which read it, fail since then`,
    since: earliest(roots.map(({ since }) => since)),
    evidence_ids: [...new Set([...change.evidence_ids, ...roots.flatMap(({ primary }) => primary.evidence_ids)])],
    supersedes: [],
    remediation: [
      {
        text: `Put ${fieldLabel(change.field_path)} of ${refLabel(change.object)} back to what it was, where the manifests are kept, and restart the workloads that read it`,
        command: null,
        risk: 'medium',
      },
    ],
    references: [],
  };
}
