import type { ConfidenceLevel } from '../domain/cause.ts';
import type { Change } from '../domain/change.ts';
import { fieldLabel } from '../domain/change-text.ts';
import { counted } from '../domain/counted.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { Strength } from '../domain/finding.ts';
import { refLabel, sameObject } from '../domain/object-ref.ts';
import { doubtfulAnswerer } from './answerers.ts';
import { askedInVain, quotedNames } from './asked-in-vain.ts';
import type { Candidate } from './candidate.ts';
import { gapsThatMatter } from './gaps-that-matter.ts';
import { healthySiblings } from './healthy-siblings.ts';
import type { Known } from './known.ts';
import type { Relations } from './relations.ts';
import type { Spread } from './spread.ts';

export interface Confidence {
  readonly value: number;
  readonly level: ConfidenceLevel;
  readonly reasons: string[];
}

/** What one ground adds or takes away, in plain words. */
export interface Weight {
  readonly delta: number;
  readonly reason: string;
}

export interface ConfidenceInput {
  readonly spread: Spread;
  /** All roots, this one included: two that compete for one trouble weaken each other. */
  readonly roots: readonly Candidate[];
  readonly relations: Relations;
  /** undefined: the question names nothing */
  readonly explainsQuestion: boolean | undefined;
  readonly known: Known;
  /** The change that brought it. */
  readonly change: Change | null;
}

// Set by the answers of all gates (npm run gate). What rests on strong signs of one source was right in half of the cases where
// the decisive evidence was missing: it is high only when a second source agrees. A weak sign was right in one of five, and a
// dependency that is itself down for an unread reason never was the root: both are low.
const SUPPORT: Readonly<Record<Strength, Weight>> = {
  decisive: { delta: 0.95, reason: 'one field or message proves it' },
  strong: { delta: 0.75, reason: 'several signs agree' },
  weak: { delta: 0.4, reason: 'a heuristic sign; other causes stay possible' },
};
const FLOOR = 0.05;
const CEILING = 0.99;

/** Support, less contradiction, less what could not be seen; in [0.05, 0.99]. */
export function confidenceOf(input: ConfidenceInput): Confidence {
  const weights = [SUPPORT[input.spread.root.strength], ...GROUNDS.flatMap((ground) => ground(input))];
  const sum = weights.reduce((total, { delta }) => total + delta, 0);
  const value = Math.round(Math.min(CEILING, Math.max(FLOOR, sum)) * 100) / 100;
  return { value, level: levelOf(value), reasons: weights.map(({ delta, reason }, index) => (index === 0 ? reason : `${signed(delta)} ${reason}`)) };
}

export function levelOf(value: number): ConfidenceLevel {
  if (value >= 0.8) return 'high';
  return value >= 0.5 ? 'medium' : 'low';
}

type Ground = (input: ConfidenceInput) => readonly Weight[];

const corroboration: Ground = ({ spread: { root }, known }) => {
  const sources = new Set(root.evidenceIds.flatMap((id) => sourceOf(known.evidence(id)) ?? []));
  const further = Math.min(sources.size - 1, 3);
  if (further <= 0) return [];
  const each = root.strength === 'decisive' ? 0.01 : 0.05;
  return [{ delta: further * each, reason: `independent sources agree: ${[...sources].toSorted().join(', ')}` }];
};

const explainedTrouble: Ground = ({ spread: { root, explained, branches } }) => {
  const others = new Set(explained.filter((one) => one !== root && !sameObject(one.object, root.object)).map(({ key }) => key)).size;
  const hurt = branches.filter(({ troubled, depth }) => troubled && depth > 0).length;
  if (others === 0) return [];
  return [{ delta: others > 2 ? 0.04 : 0.02, reason: `it also explains the trouble of ${counted(Math.max(others, hurt), 'other object')}` }];
};

const CHANGED: Readonly<Record<Strength, number>> = { decisive: 0.01, strong: 0.05, weak: 0.15 };

const changed: Ground = ({ spread: { root }, change }) =>
  change === null ? [] : [{ delta: CHANGED[root.strength], reason: `a change of ${fieldLabel(change.field_path)}, which leads to it, came just before it` }];

const lostEvidence: Ground = ({ spread: { root }, known }) => {
  const lost = root.primary.evidence_ids.filter((id) => known.evidence(id) === undefined);
  return lost.length === 0 ? [] : [{ delta: -0.3, reason: `part of its evidence is missing: ${lost.join(', ')}` }];
};

const competition: Ground = ({ spread: { root }, roots, relations }) => {
  if (root.strength === 'decisive') return [];
  const rivals = roots.filter((other) => other !== root && (sameObject(other.object, root.object) || relations.meet(other, root)));
  return rivals.slice(0, 1).map((rival) => ({ delta: -0.1, reason: `${rival.primary.title} was also found on ${refLabel(rival.object)}` }));
};

const answerer: Ground = ({ spread: { root }, known }) => {
  const doubtful = doubtfulAnswerer(root, known);
  if (doubtful === undefined) return [];
  if (doubtful.state === 'unseen') return [{ delta: -0.35, reason: `${refLabel(doubtful.object)} and what stands behind it were not seen` }];
  if (doubtful.state === 'nameless') return [{ delta: -0.15, reason: `nothing that was read has the address ${doubtful.object.name}` }];
  if (doubtful.state === 'late')
    return [{ delta: -0.15, reason: `${refLabel(doubtful.object)} got ready after its callers were started, and their logs bear no times` }];
  return [{ delta: -0.35, reason: `no pod of ${refLabel(doubtful.object)} is ready, for a reason that could not be read` }];
};

/** A policy can cut workloads off from a server that is well: where none could be read, nobody knows. */
const policies: Ground = ({ spread: { root }, known: { inventory } }) => {
  const sufferers = new Set([...root.victims, ...root.subjects].flatMap(({ namespace }) => namespace ?? []));
  const unread = root.effect === 'dns-down' && [...sufferers].some((namespace) => !inventory.covers('NetworkPolicy', namespace));
  return unread ? [{ delta: -0.1, reason: 'network policies of those who suffer were not seen' }] : [];
};

const siblings: Ground = ({ spread: { root }, known }) => {
  const healthy = healthySiblings(root, known);
  if (healthy === 0) return [];
  return [{ delta: -0.15, reason: `${counted(healthy, 'pod')} of the same revision ${healthy === 1 ? 'is' : 'are'} ready without it` }];
};

const question: Ground = ({ explainsQuestion, spread: { approached }, known }) => {
  const missing = askedInVain(known);
  if (explainsQuestion === false && missing.length > 0)
    return [{ delta: -0.2, reason: `the question asks about ${quotedNames(missing)}, which was not found` }];
  if (explainsQuestion === false) return [{ delta: -0.2, reason: 'no way is known from it to what the question names' }];
  return approached ? [{ delta: -0.1, reason: 'what the question names calls it, and shows no trouble of its own' }] : [];
};

/** Starts are told by what is there now, which may be younger than the trouble: it weakens, and does not refute. */
const onset: Ground = ({ spread: { root }, known: { scope } }) => {
  if (root.since === null || scope.until === null || Date.parse(root.since) <= Date.parse(scope.until)) return [];
  return [{ delta: -0.3, reason: 'what shows it began after the time that was asked about' }];
};

const gaps: Ground = ({ spread: { root }, known }) => {
  const weigh = root.strength === 'decisive' ? 0.5 : 1;
  const weights = gapsThatMatter(root, known).map(({ gap, weight }) => ({ delta: -weight * weigh, reason: `not seen: ${gap.what} (${gap.why})` }));
  return weights.slice(0, 3);
};

const GROUNDS: readonly Ground[] = [corroboration, explainedTrouble, changed, lostEvidence, competition, answerer, policies, siblings, question, onset, gaps];

/** Objects and lookups come from one source, the API's state; logs, events and metrics are others. */
function sourceOf(evidence: Evidence | undefined): string | undefined {
  return evidence?.source === 'lookup' ? 'object' : evidence?.source;
}
const signed = (delta: number): string => `${delta < 0 ? '−' : '+'}${Math.abs(delta).toFixed(2)}`;
