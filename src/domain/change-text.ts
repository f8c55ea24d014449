import type { Change } from './change.ts';

/** `, revision 7: limits.memory of app 256Mi → 64Mi`; what follows the time of a change. */
export function changeText(change: Change): string {
  const { revision, by, field_path: path, from, to } = change;
  const who = typeof revision === 'number' ? `, revision ${revision}` : typeof by === 'string' ? ` by ${by}` : '';
  if (path === 'metadata.creationTimestamp') return `${who}: it was created`;
  return `${who}: ${fieldLabel(path)} ${change.from_recorded === false ? `is now ${to ?? 'gone'} (what it was is not recorded)` : valuesText({ from, to })}`;
}

/** `256Mi → 64Mi` */
export function valuesText({ from, to }: Pick<Change, 'from' | 'to'>): string {
  return `${from ?? 'not set'} → ${to ?? 'not set'}`;
}

/** A field as people call it: `limits.memory of app` for its place in the template of a workload. */
export function fieldLabel(path: string): string {
  const inner = path.replace(/^spec\.(?:jobTemplate\.spec\.)?template\./, '');
  const [, container, rest] = /^spec\.(?:initC|c)ontainers\[name=([^\]]+)\]\.?(.*)$/.exec(inner) ?? [];
  if (container === undefined || rest === undefined) return inner;
  const [, variable, side] = /^env\[name=([^\]]+)\](?:\.(.*))?$/.exec(rest) ?? [];
  const field = variable === undefined ? rest.replace(/^resources\./, '') : `variable ${variable}${side === undefined || side === 'value' ? '' : ` (${side})`}`;
  return `${field} of ${container}`;
}
