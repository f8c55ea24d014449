import type { ObjectRef } from './object-ref.ts';

/** Names come from the cluster or from a dump: anything that a shell could read otherwise is quoted. */
export function shellWord(word: string): string {
  return /^[A-Za-z0-9._:/=,@%+-]+$/.test(word) && !word.startsWith('-') ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** `-n shop` with a space before it; empty for what has no namespace. */
export function namespaceFlag(namespace: string | undefined): string {
  return namespace === undefined ? '' : ` -n ${shellWord(namespace)}`;
}

/** `pod/checkout-1 -n shop`: what `kubectl get` and `kubectl describe` take. undefined for what is not in the API. */
export function kubectlTarget({ kind, namespace, name }: ObjectRef): string | undefined {
  if (kind === 'External' || kind === 'ControlPlane' || kind === 'Component') return undefined;
  return `${shellWord(kind.toLowerCase())}/${shellWord(name)}${namespaceFlag(namespace)}`;
}
