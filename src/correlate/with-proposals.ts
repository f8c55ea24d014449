import type { RootCause } from '../domain/cause.ts';
import { counted } from '../domain/counted.ts';
import { refLabel } from '../domain/object-ref.ts';
import type { Proposal } from '../domain/proposal.ts';
import type { Conclusions } from './correlate.ts';

/** The rule id of a cause that a model proposed and no rule. */
const BY_MODEL = 'language-model';
/** A heuristic sign, as a weak rule has it; a second piece that agrees adds a little. It stays low: no mechanism was computed. */
const SUPPORT = 0.3;
const SECOND_PIECE = 0.05;

/** What a model proposes and no cause was made of, with the reason why. */
interface Besides {
  readonly proposal: Proposal;
  /** Its evidence tells of trouble, or nothing was computed that would speak against it. */
  readonly supported: boolean;
  readonly reason: string;
}

/**
 * Conclusions with what a model proposes, behind all that was computed. Only where the computation itself found nothing that
 * is more than a guess, and only what quotes trouble; the others are returned for telling besides.
 */
export function withProposals(conclusions: Conclusions, proposals: readonly Proposal[]): { conclusions: Conclusions; besides: readonly Besides[] } {
  const sure = conclusions.root_causes.some(({ confidence_score: level }) => level !== 'low');
  const taken = sure ? [] : proposals.filter(({ showsTrouble }) => showsTrouble);
  const besides = proposals.filter((proposal) => !taken.includes(proposal)).map((proposal) => told(proposal, sure));
  if (taken.length === 0) return { conclusions, besides };
  const added = taken.map((proposal, index) => causeOf(proposal, conclusions.root_causes.length + index + 1));
  const rootCauses = [...conclusions.root_causes, ...added];
  const [first] = rootCauses;
  return {
    conclusions: {
      ...conclusions,
      root_causes: rootCauses,
      verdict: 'root-cause-found',
      suggested_root_cause: conclusions.suggested_root_cause ?? (first === undefined ? null : `${first.title}: ${refLabel(first.object)}`),
      confidence_score: conclusions.confidence_score ?? first?.confidence_score ?? null,
    },
    besides,
  };
}

function told(proposal: Proposal, sure: boolean): Besides {
  if (!sure) return { proposal, supported: true, reason: 'what it quotes tells of no trouble by itself' };
  return proposal.showsTrouble
    ? { proposal, supported: true, reason: 'the computed causes explain the question without it' }
    : { proposal, supported: false, reason: 'what it quotes tells of no trouble, and the computed causes explain the question without it' };
}

function causeOf({ title, object, mechanism, evidence_ids: ids }: Proposal, rank: number): RootCause {
  const more = ids.length > 1 ? SECOND_PIECE : 0;
  return {
    rank,
    cause_id: 'proposed-by-language-model',
    title,
    rule_id: BY_MODEL,
    object,
    mechanism,
    confidence: SUPPORT + more,
    confidence_score: 'low',
    confidence_reasons: ['a language model proposes it; no rule knows it', `it quotes ${counted(ids.length, 'piece')} of evidence that tells of trouble`],
    since: null,
    chain: [],
    affected: [],
    change: null,
    remediation: [],
    references: [],
    evidence_ids: [...ids],
  };
}
