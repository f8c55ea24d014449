import type { ObjectRef } from '../../src/domain/object-ref.ts';

/** Whether a reference is what `Kind/name` or `Kind/namespace/name` describes; `*` stands for anything but a slash. */
export function matchesObject(glob: string, { kind, namespace = '', name }: ObjectRef): boolean {
  const parts = glob.split('/');
  const found = parts.length === 3 ? [kind, namespace, name] : [kind, name];
  return parts.every((part, index) => globPattern(part).test(found[index] ?? ''));
}

function globPattern(glob: string): RegExp {
  const literal = glob.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${literal.join('[^/]*')}$`);
}
