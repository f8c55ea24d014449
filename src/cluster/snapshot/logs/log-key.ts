import type { LogOptions } from '../../reader.ts';

/** One run of a container, as a dump's snapshot-info.json names it. */
export function logKey({ namespace, pod, container, previous }: LogOptions): string {
  return `${namespace}/${pod}/${container}${previous ? '/previous' : ''}`;
}
