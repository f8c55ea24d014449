import type { Effect } from '../domain/effect.ts';
import { refKey } from '../domain/object-ref.ts';
import type { Candidate } from './candidate.ts';
import type { Confidence } from './confidence.ts';
import type { Spread } from './spread.ts';

export interface Ranked {
  readonly spread: Spread;
  readonly confidence: Confidence;
  readonly explainsQuestion: boolean;
}

/** How much people outside feel it: nothing answers, it answers badly, or it does not matter to them yet. */
const SEVERITY: Readonly<Partial<Record<Effect, number>>> = {
  'ingress-broken': 3,
  'no-endpoints': 3,
  unavailable: 3,
  'dependency-failing': 2,
  'schema-missing': 2,
  'node-down': 3,
  'dns-down': 3,
  'control-plane-down': 3,
  'not-scheduled': 2,
  'not-created': 2,
  'image-not-pulled': 2,
  'not-configured': 2,
  'volume-not-mounted': 2,
  'sandbox-failed': 2,
  crashing: 2,
  killed: 2,
  'not-ready': 2,
  'job-failed': 1,
};

/**
 * The order in which causes are told: what explains the question, then what is not a mere guess, then the number and severity
 * of victims, confidence, recency; the cause id and the object's name decide what is left, so that the order is stable.
 */
export function compareRanked(a: Ranked, b: Ranked): number {
  return (
    Number(b.explainsQuestion) - Number(a.explainsQuestion) ||
    Number(a.confidence.level === 'low') - Number(b.confidence.level === 'low') ||
    impactOf(b.spread) - impactOf(a.spread) ||
    b.confidence.value - a.confidence.value ||
    timeOf(b) - timeOf(a) ||
    a.spread.root.causeId.localeCompare(b.spread.root.causeId) ||
    refKey(a.spread.root.object).localeCompare(refKey(b.spread.root.object))
  );
}

function timeOf({ spread }: Ranked): number {
  return spread.root.since === null ? 0 : Date.parse(spread.root.since) || 0;
}

/** Troubled objects on a coarse scale, so that one victim more or less does not outweigh confidence, plus the worst severity. */
function impactOf({ branches, explained }: Spread): number {
  const victims = branches.filter(({ troubled, depth }) => troubled && depth > 0).length;
  const worst = Math.max(...explained.map(severityOf));
  return Math.floor(Math.log2(1 + victims)) + worst;
}

function severityOf({ effect }: Candidate): number {
  return SEVERITY[effect] ?? 1;
}
