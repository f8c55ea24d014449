import type { Fact } from '../domain/fact.ts';
import { claimFacts } from './claim.ts';
import { containerFacts } from './container.ts';
import type { FactContext, FactSource } from './context.ts';
import { podFacts } from './pod.ts';
import { resourceQuotaFacts } from './resource-quota.ts';
import { serviceFacts } from './service.ts';

/** One row a subject. The order is the order of facts, and so of findings. */
const SOURCES: readonly FactSource[] = [containerFacts, podFacts, claimFacts, resourceQuotaFacts, serviceFacts];

/** Every fact that can be made of what was read. */
export function buildFacts(context: FactContext): Fact[] {
  return SOURCES.flatMap((source) => [...source(context)]);
}
