import { describe, expect, test } from 'vitest';
import type { Conclusions } from '../../src/correlate/correlate.ts';
import { withProposals } from '../../src/correlate/with-proposals.ts';
import type { RootCause } from '../../src/domain/cause.ts';
import type { Proposal } from '../../src/domain/proposal.ts';
import { aReport } from '../fixtures/report.ts';

const NONE: Conclusions = {
  root_causes: [],
  ruled_out: [],
  observations: [],
  verdict: 'undetermined',
  suggested_root_cause: null,
  confidence_score: null,
  timeline: [],
  next_commands: ['kubectl get pods'],
  gaps: [],
};
const [computed] = aReport().root_causes as [RootCause];
const proposal: Proposal = {
  title: 'Expired licence',
  object: { kind: 'Deployment', namespace: 'shop', name: 'web' },
  mechanism: 'It expired.',
  evidence_ids: ['ev-1', 'ev-2'],
  showsTrouble: true,
};

describe('proposals of a model', () => {
  test('stand alone with low confidence where nothing was computed', () => {
    const { conclusions, besides } = withProposals(NONE, [proposal]);
    expect(conclusions).toMatchObject({
      verdict: 'root-cause-found',
      confidence_score: 'low',
      suggested_root_cause: 'Expired licence: Deployment shop/web',
      root_causes: [{ rank: 1, confidence: 0.35, evidence_ids: ['ev-1', 'ev-2'] }],
    });
    expect(besides).toEqual([]);
  });

  test('stand behind a guess, and change nothing of it', () => {
    const guess = {
      ...NONE,
      root_causes: [{ ...computed, confidence_score: 'low' as const, confidence: 0.3 }],
      confidence_score: 'low' as const,
      suggested_root_cause: 'a guess',
    };
    const { conclusions } = withProposals(guess, [proposal]);
    expect([conclusions.root_causes[0], conclusions.root_causes[1]?.rank, conclusions.suggested_root_cause]).toEqual([guess.root_causes[0], 2, 'a guess']);
  });

  test('are only told besides where a cause was computed, or where they show no trouble', () => {
    const sure = { ...NONE, root_causes: [computed] };
    expect(withProposals(sure, [proposal])).toMatchObject({ conclusions: sure, besides: [{ proposal, supported: true }] });
    const calm = { ...proposal, showsTrouble: false };
    expect(withProposals(NONE, [calm])).toMatchObject({ conclusions: NONE, besides: [{ proposal: calm, supported: true }] });
  });

  test('are unsupported where they show no trouble and a cause was computed', () => {
    const [besides] = withProposals({ ...NONE, root_causes: [computed] }, [{ ...proposal, showsTrouble: false }]).besides;
    expect(besides).toMatchObject({ supported: false, reason: expect.stringContaining('tells of no trouble') });
  });
});
