import type { ClusterReader } from '../../../src/cluster/reader.ts';
import { wrappedReader } from '../../../src/cluster/wrapped-reader.ts';
import type { KubeEvent } from '../../../src/domain/kubernetes/event.ts';
import type { KubeObject } from '../../../src/domain/kubernetes/object.ts';
import type { Lookup } from '../../../src/domain/lookup.ts';
import { objectRef } from '../../../src/domain/object-ref.ts';
import { matchesObject } from '../../scenario-runner/glob.ts';
import type { Decisive } from '../../scenario-runner/scenario.ts';
import { changedReader } from './changed-reader.ts';

/** A recording without the evidence that decides: as if it had never been there, or had not been collected. */
export function withoutEvidence(reader: ClusterReader, decisive: readonly Decisive[]): ClusterReader {
  const events = decisive.flatMap((one) => ('event' in one ? [new RegExp(one.event, 'i')] : []));
  const lines = decisive.flatMap((one) => ('log' in one ? [new RegExp(one.log, 'i')] : []));
  const fields = decisive.flatMap((one) => ('field' in one ? [one.field.split(' ') as [string, string]] : []));
  const changed = changedReader(reader, {
    items: (items, kind) => {
      if (kind === 'Event') return items.filter((event) => !events.some((pattern) => pattern.test(textOf(event as KubeEvent))));
      const paths = fields.flatMap(([of, path]) => (of === kind || of === '*' ? [path.split('.')] : []));
      return paths.length === 0 ? items : items.map((item) => withoutFields(item, paths));
    },
    log: (text) =>
      lines.length === 0
        ? text
        : text
            .split('\n')
            .filter((line) => !lines.some((pattern) => pattern.test(line)))
            .join('\n'),
  });
  return uncollected(
    changed,
    decisive.flatMap((one) => ('object' in one ? [one.object] : [])),
  );
}

/** Neither of these objects nor of lists that could hold them anything is known. */
function uncollected(reader: ClusterReader, globs: readonly string[]): ClusterReader {
  if (globs.length === 0) return reader;
  const lost = (what: string): Lookup<never> => ({
    status: 'not-collected',
    needs: `${what} in the dump`,
    reason: 'it was deleted to see what is said without it',
  });
  return wrappedReader(reader, {
    list: async (kind, options, signal) => (globs.some((glob) => glob.startsWith(`${kind}/`)) ? lost(kind) : reader.list(kind, options, signal)),
    get: async (kind, namespace, name, signal) =>
      globs.some((glob) => matchesObject(glob, objectRef(kind, namespace, name))) ? lost(`${kind}/${name}`) : reader.get(kind, namespace, name, signal),
  });
}

function textOf({ reason = '', message = '' }: KubeEvent): string {
  return `${reason} ${message}`;
}

function withoutFields(item: KubeObject, paths: readonly (readonly string[])[]): KubeObject {
  const copy = structuredClone(item);
  for (const path of paths) deleteField(copy, path);
  return copy;
}

/** Arrays on the way are walked: `status.containerStatuses.lastState` is that of every container. */
function deleteField(value: unknown, [key, ...rest]: readonly string[]): void {
  if (Array.isArray(value)) {
    for (const element of value) deleteField(element, [key ?? '', ...rest]);
    return;
  }
  if (typeof value !== 'object' || value === null || key === undefined) return;
  const fields = value as Record<string, unknown>;
  if (rest.length === 0) delete fields[key];
  else deleteField(fields[key], rest);
}
