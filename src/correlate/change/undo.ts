import type { Change } from '../../domain/change.ts';
import { fieldLabel } from '../../domain/change-text.ts';
import type { Finding } from '../../domain/finding.ts';
import { namespaceFlag, shellWord } from '../../domain/kubectl.ts';

type Remediation = Finding['remediation'];

const MAX_NAMED = 3;

/** A revision can be gone back to: that comes first, with what else it takes back as its risk, in place of a rule's unnumbered undo. */
export function withUndo(remediation: Remediation, change: Change | null): Remediation {
  if (change === null || typeof change.revision !== 'number' || typeof change.previous_revision !== 'number') return remediation;
  const { object, previous_revision: previous, also = [] } = change;
  const others = also.slice(0, MAX_NAMED).map(({ field_path }) => fieldLabel(field_path));
  const rest = also.length - others.length;
  const besides = others.length === 0 ? '' : `; this takes back ${others.join(', ')}${rest > 0 ? ` and ${rest} more` : ''} too`;
  const target = `${object.kind.toLowerCase()}/${shellWord(object.name)}${namespaceFlag(object.namespace)}`;
  return [
    {
      text: `Go back to revision ${previous}${besides}. What applies the manifests will bring the change again unless it is undone there`,
      command: `kubectl rollout undo ${target} --to-revision=${previous}`,
      risk: also.length === 0 ? 'low' : 'medium',
    },
    ...remediation.filter(({ command }) => !command?.startsWith('kubectl rollout undo')),
  ];
}
