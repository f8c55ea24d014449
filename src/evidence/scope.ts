import type { Entities } from '../domain/entities.ts';
import type { Inventory } from '../domain/inventory.ts';
import type { InvestigationRequest } from '../domain/investigation-request.ts';
import type { Scope } from '../domain/report.ts';

export interface ScopeQuestion {
  readonly entities: Entities;
  readonly request: InvestigationRequest;
  /** Those that were read; empty: all. */
  readonly namespaces: readonly string[];
}

/** The objects that the question is about: those it names and the owners of its pods. None: whatever is unhealthy. */
export function resolveScope(question: ScopeQuestion, _inventory: Inventory): Scope {
  const { namespaces, request } = question;
  return { namespaces: [...namespaces], objects: [], since: request.since ?? null, until: request.until ?? null };
}
