import type { RootCause } from '../domain/cause.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { Report } from '../domain/report.ts';

/** The proof of a cause: its own first, then that of its chain, each piece once. */
export function citedEvidence({ evidence_ids: own, chain }: RootCause, { evidence }: Report): Evidence[] {
  const byId = new Map(evidence.map((piece) => [piece.id, piece]));
  const ids = new Set([...own, ...chain.flatMap(({ evidence_ids }) => evidence_ids)]);
  return [...ids].flatMap((id) => byId.get(id) ?? []);
}
