import { refLabel, sameObject } from '../domain/object-ref.ts';
import { type Candidate, compareStrength } from './candidate.ts';
import { isComplaint } from './echo.ts';
import { type Mechanism, mechanismsBetween } from './mechanisms.ts';
import type { Onsets } from './onset.ts';
import type { Relation } from './relation.ts';
import type { Relations } from './relations.ts';

/** Why one finding does not explain another. `name` is the ground, stable; `reason` is the sentence that people read. */
export interface Objection {
  readonly name: string;
  readonly reason: string;
}

export interface Explanation {
  readonly cause: Candidate;
  readonly effect: Candidate;
  readonly mechanism: Mechanism;
  readonly relation: Relation;
}

/** What the judging of all pairs shares. */
export interface Judging {
  readonly onsets: Onsets;
  readonly relations: Relations;
}

interface Pair {
  readonly cause: Candidate;
  readonly effect: Candidate;
  /** Rows of the table that may be applied to this pair. */
  readonly open: readonly Mechanism[];
  readonly relation: Relation | undefined;
  readonly onsets: Onsets;
}

type Adjudicator = (pair: Pair) => string | undefined;

const noMechanism: Adjudicator = ({ cause, effect }) =>
  mayLeadTo(cause, effect) ? undefined : `${words(cause)} is not known to make anything ${words(effect)}`;

const provenByItself: Adjudicator = ({ cause, effect, open }) =>
  open.length > 0 || sameTrouble(cause, effect) ? undefined : `${effect.primary.title} on ${refLabel(effect.object)} is proven by itself`;

const noPath: Adjudicator = ({ cause, effect, relation }) =>
  relation !== undefined ? undefined : `${refLabel(sufferer(effect))} does not depend on ${refLabel(cause.object)}`;

const otherContainer: Adjudicator = ({ cause, effect, relation }) =>
  relation?.where !== 'same' || shareContainer(cause, effect)
    ? undefined
    : `it is about container ${names(cause)}, and ${effect.primary.title} is about container ${names(effect)}`;

// That an agent does not run is certain, however little is known of why.
const tooWeak: Adjudicator = ({ cause, effect, relation }) =>
  relation?.where === 'agents' || effect.role === 'symptom' || cause.strength !== 'weak' || effect.strength === 'weak'
    ? undefined
    : `it is only a heuristic sign, and ${effect.primary.title} on ${refLabel(effect.object)} has firmer evidence of its own`;

const tooLate: Adjudicator = ({ cause, effect, onsets }) =>
  onsets.beganAfter(cause, effect)
    ? `it began at ${onsets.earliestOf(cause)}, after ${refLabel(sufferer(effect))} was already in trouble at ${effect.since}`
    : undefined;

// The order is a contract: what is fundamental and cheap first, so that an unrelated object is never called late.
const ADJUDICATORS: Readonly<Record<string, Adjudicator>> = { noMechanism, provenByItself, noPath, otherContainer, tooWeak, tooLate };

/** May `cause` explain `effect`? The first objection is the answer; without one, the mechanism and the way between them. */
export function explain(cause: Candidate, effect: Candidate, { onsets, relations }: Judging): Explanation | Objection {
  const echo = relations.echo(cause, effect);
  if (echo !== undefined) return { cause, effect, mechanism: ECHO, relation: echo };
  const rows = mechanismsBetween(cause.effect, effect.effect).filter((mechanism) => isOpen(mechanism, cause, effect));
  const open = passesOn(cause, effect) ? [...rows, PASSED_ON] : rows;
  const wheres = [...(sameTrouble(cause, effect) ? SAME.where : []), ...open.flatMap(({ where }) => where)];
  const relation = wheres.length > 0 ? relations.between(cause, effect, wheres) : undefined;
  if (relation?.where === 'host' && relations.between(effect, cause, ['agents'])) return { name: 'noPath', reason: MAKES_IT };
  const pair = { cause, effect, open, relation, onsets };
  for (const [name, adjudicate] of Object.entries(ADJUDICATORS)) {
    const reason = adjudicate(pair);
    if (reason !== undefined) return { name, reason };
  }
  const mechanism = open.find(({ where }) => relation && where.includes(relation.where)) ?? SAME;
  return relation ? { cause, effect, mechanism, relation } : { name: 'noPath', reason: 'nothing connects the two' };
}

/** A node whose network fails is not the reason why what makes its network does. */
const MAKES_IT = 'it is what the node itself relies on';

/** A cheap first look: false where no row of the table leads from one to the other, and neither repeats the other. */
export function mayLeadTo(cause: Candidate, effect: Candidate): boolean {
  return (
    mechanismsBetween(cause.effect, effect.effect).length > 0 ||
    sameTrouble(cause, effect) ||
    passesOn(cause, effect) ||
    (isComplaint(cause) && isComplaint(effect))
  );
}

/** A caller's log quotes the error of the one it calls. */
const ECHO: Mechanism = { from: [], to: [], where: ['traffic'], explains: 'any' };

/** Of several that do no more than report errors, the one that the others call is where they begin. */
const PASSED_ON: Mechanism = { from: ['degraded'], to: ['degraded'], where: ['traffic'], explains: 'unproven' };

function passesOn(cause: Candidate, effect: Candidate): boolean {
  return cause.causeId === effect.causeId && cause.effect === 'degraded' && cause.strength === 'weak' && effect.strength === 'weak' && cause.role === 'cause';
}

/** The cause of a trouble explains a symptom that is the same trouble, seen on the same object. */
const SAME: Mechanism = { from: [], to: [], where: ['same'], explains: 'symptom' };

function sameTrouble(cause: Candidate, effect: Candidate): boolean {
  return cause.role === 'cause' && effect.role === 'symptom' && cause.effect === effect.effect;
}

/** A decisive cause stands by itself, unless the row says otherwise or it names the other object, or a Secret or ConfigMap on the way to it, as what it waits for. */
function isOpen({ explains }: Mechanism, cause: Candidate, effect: Candidate): boolean {
  if (explains === 'named') return effect.via.some((named) => PRODUCED.has(named.kind) || sameObject(named, cause.object));
  if (effect.role === 'symptom' || explains === 'any') return true;
  if (explains === 'symptom') return false;
  return compareStrength(effect.strength, 'decisive') < 0 || effect.via.some((named) => sameObject(named, cause.object));
}

/** What a controller may have to make before others can use it. */
const PRODUCED: ReadonlySet<string> = new Set(['Secret', 'ConfigMap']);

/** Troubles of one container do not follow from those of its neighbour in the pod; those of the whole pod do. */
function shareContainer(cause: Candidate, effect: Candidate): boolean {
  if (!OF_CONTAINER.has(effect.effect) || cause.containers.size === 0 || effect.containers.size === 0) return true;
  return !cause.containers.isDisjointFrom(effect.containers);
}

const OF_CONTAINER: ReadonlySet<string> = new Set([
  'image-not-pulled',
  'not-configured',
  'crashing',
  'killed',
  'dependency-failing',
  'schema-missing',
  'name-unresolvable',
]);

const names = ({ containers }: Candidate): string => [...containers].toSorted().join(', ');
const words = ({ effect }: Candidate): string => effect.replaceAll('-', ' ');
const sufferer = ({ felt, object }: Candidate) => felt.at(-1) ?? object;
