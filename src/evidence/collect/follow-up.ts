import type { Inventory } from '../../domain/inventory.ts';
import type { Kind } from '../../domain/kubernetes/resource-type.ts';
import type { Scope } from '../../domain/report.ts';
import type { LogTarget } from './log-targets.ts';
import type { ReadEvent } from './read-event.ts';
import type { Reading } from './read-scope.ts';

/** What the second round reads. */
export interface FollowUpTargets {
  readonly logs: readonly LogTarget[];
  /** Other namespaces that hold dependencies, and why. */
  readonly namespaces: readonly { readonly namespace: string; readonly reason: string }[];
  /** Objects that are referred to and whose kind could not be listed. */
  readonly references: readonly { readonly kind: Kind; readonly namespace: string | undefined; readonly name: string }[];
}

export interface FollowUpReading extends Reading {
  /** Applied to every kept log line. */
  readonly redact: (text: string) => string;
}

/** What to read next, by what the first round showed. Pure. */
export function followUpTargets(_inventory: Inventory, _scope: Scope): FollowUpTargets {
  return { logs: [], namespaces: [], references: [] };
}

/** Reads the targets into the builder, within what is left of the budget of requests. */
export async function* followUp(_reading: FollowUpReading, _targets: FollowUpTargets, _signal: AbortSignal): AsyncGenerator<ReadEvent> {}
