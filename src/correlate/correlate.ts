import type { ConfidenceLevel, Observation, RootCause, RuledOut } from '../domain/cause.ts';
import type { Cite } from '../domain/citation.ts';
import type { Finding } from '../domain/finding.ts';
import type { Gap } from '../domain/gap.ts';
import { refLabel } from '../domain/object-ref.ts';
import type { Scope, TimelineEntry, Verdict } from '../domain/report.ts';
import { FiringAlerts } from './alerts.ts';
import { approach } from './approach.ts';
import { askedInVain, mayBeMeant } from './asked-in-vain.ts';
import { type Candidate, candidatesOf, distinct } from './candidate.ts';
import { affectedBy, chainOf, explainsQuestion } from './chain.ts';
import { Changes, linkOfChange } from './change/change-of.ts';
import { regressions } from './change/regression.ts';
import { sharedChanges } from './change/shared-change.ts';
import { withUndo } from './change/undo.ts';
import { confidenceOf } from './confidence.ts';
import { type Dismissal, dismiss } from './dismissal.ts';
import { type Explanations, findExplanations } from './explanations.ts';
import type { Known } from './known.ts';
import { nextCommands } from './next-commands.ts';
import { compareRanked, type Ranked } from './ranking.ts';
import { Relations } from './relations.ts';
import { answersQuestion, leadsToNamed, touchesScope } from './scope-reach.ts';
import { mechanismOf } from './sentences.ts';
import { uniteBySetting } from './shared-setting.ts';
import { type Spread, spreadOf } from './spread.ts';
import { timelineOf } from './timeline.ts';
import { observationsOf, ruledOutOf } from './told-besides.ts';
import { unseenOf, untoldGaps } from './unseen.ts';
import { verdictOf } from './verdict.ts';

export interface CorrelateInput extends Known {
  readonly findings: readonly Finding[];
  /** Makes evidence of an edge or an event that a chain or the timeline tells; without it they cite the findings' evidence only. */
  readonly cite?: Cite;
}

/** The part of the report that is reasoned: what the causes are, and how sure that is. */
export interface Conclusions {
  readonly root_causes: RootCause[];
  readonly ruled_out: RuledOut[];
  readonly observations: Observation[];
  readonly verdict: Verdict;
  readonly suggested_root_cause: string | null;
  readonly confidence_score: ConfidenceLevel | null;
  readonly timeline: TimelineEntry[];
  readonly next_commands: string[];
  /** What would have to be seen before "no fault" could be said; empty where a root cause is named. */
  readonly gaps: Gap[];
}

/** Evidence of fifty alike pods adds nothing: the strongest findings' pieces are cited, up to this many. */
const MAX_CITED = 24;

/** From findings to ranked root causes. Pure: the same input gives the same conclusions. */
export function correlate(input: CorrelateInput): Conclusions {
  const known: Known = { ...input, scope: atOwnerLevel(input.scope, input) };
  const relations = new Relations(known.graph);
  const { standing, dismissed } = dismiss(candidatesOf(input.findings, known.graph), known, relations);
  const changes = new Changes(known, input.cite);
  const explanations = explainWithChanges(uniteBySetting(standing, known), { known, relations, changes });
  const spreads = explanations.roots.map((root) => spreadOf(root, { graph: known.graph, explanations, cite: input.cite }));
  const answers = spreads.filter((spread) => answersQuestion(spread, known.scope, known.graph));
  const ranked = rank(reaching(answers, known, input.cite), { known, relations, changes });
  const unexplained = explanations.unexplained.filter((symptom) => touchesScope(symptom, known.scope));
  const told = ranked.map(({ spread }) => spread);
  const open = openEnds(unexplained, dismissed, known);
  const alerts = new FiringAlerts(known, input.cite);
  const unanswered = alerts.unexplained(spreads);
  const [first] = ranked;
  const rootCauses = ranked.map((one, index) => rootCause({ ...one, rank: index + 1 }, { known, changes, alerts }));
  return {
    root_causes: rootCauses,
    ruled_out: ruledOutOf(dismissed, explanations, told),
    observations: [
      ...observationsOf({
        findings: input.findings,
        unexplained,
        elsewhere: spreads.filter((spread) => !answers.includes(spread)).map(({ root }) => root),
        entities: known.entities,
        notExplained: first !== undefined && !first.explainsQuestion ? input.scope.objects : [],
        isRead: ({ kind, name }) => kind !== 'Namespace' || known.scope.namespaces.includes(name) || known.inventory.covers('Pod', name),
      }),
      ...unanswered.told,
    ],
    verdict: verdictOf({
      roots: ranked.length,
      unexplained: unexplained.length + unanswered.urgent,
      unproven: open.unproven,
      unseen: open.unseen.lists.length + open.unseen.silent.length + open.missing.length,
    }),
    suggested_root_cause: first ? summaryOf(first.spread.root) : null,
    confidence_score: first?.confidence.level ?? null,
    timeline: timelineOf(told, known, { cite: input.cite, changes: rootCauses.flatMap(({ change }) => change ?? []), alerts: alerts.timelineOf(told) }),
    next_commands: first === undefined || !first.explainsQuestion ? open.commands : [],
    gaps: first === undefined ? untoldGaps(open.unseen, known) : [],
  };
}

/** A question about a pod is one about its owner too: causes are told at owner level. */
function atOwnerLevel(scope: Scope, { graph }: Known): Scope {
  return { ...scope, objects: distinct([...scope.objects, ...scope.objects.map((object) => graph.ownerOf(object))]) };
}

/** Where no root reaches what the question names by its own trouble, those count that it calls. */
function reaching(spreads: readonly Spread[], { scope, graph }: Known, cite: Cite | undefined): readonly Spread[] {
  if (scope.objects.length === 0 || spreads.some((spread) => explainsQuestion(spread, scope))) return spreads;
  return spreads.map((spread) => approach(spread, scope.objects, { graph, cite }) ?? spread);
}

interface Judged {
  readonly known: Known;
  readonly relations: Relations;
  readonly changes: Changes;
}

/** What nothing explains may have come with a change, and what several suffer with one that they share: then it is explained again with these. */
function explainWithChanges(standing: readonly Candidate[], { known, relations, changes }: Judged): Explanations {
  const explanations = findExplanations(standing, known, relations);
  const brought = [...regressions(explanations.unexplained, changes.of, known), ...sharedChanges(explanations.roots, changes.of)];
  return brought.length === 0 ? explanations : findExplanations([...standing, ...candidatesOf(brought, known.graph)], known, relations);
}

function rank(spreads: readonly Spread[], { known, relations, changes }: Judged): Ranked[] {
  const roots = spreads.map(({ root }) => root);
  const missing = askedInVain(known);
  const asks = known.scope.objects.length > 0 || missing.length > 0;
  const direct = new Set(spreads.filter((spread) => !asks || explainsQuestion(spread, known.scope) || mayBeMeant(spread, missing)));
  return spreads
    .map((spread) => {
      const explains = direct.has(spread) || (direct.size === 0 && leadsToNamed(spread, known.scope, known.graph));
      const confidence = confidenceOf({ spread, roots, relations, known, explainsQuestion: asks ? explains : undefined, change: changes.of(spread.root) });
      return { spread, confidence, explainsQuestion: explains };
    })
    .toSorted(compareRanked);
}

function rootCause(
  { spread, confidence, rank }: Ranked & { rank: number },
  { known, changes, alerts }: Pick<Judged, 'known' | 'changes'> & { readonly alerts: FiringAlerts },
): RootCause {
  const { root } = spread;
  const change = changes.of(root);
  return {
    rank,
    cause_id: root.causeId,
    title: root.primary.title,
    rule_id: root.primary.rule_id,
    object: root.object,
    mechanism: mechanismOf(root.primary),
    confidence: confidence.value,
    confidence_score: confidence.level,
    confidence_reasons: confidence.reasons,
    since: root.since,
    chain: [...linkOfChange(change, root.object), ...chainOf(spread, known.scope)],
    affected: affectedBy(spread),
    change,
    remediation: withUndo(root.primary.remediation, change),
    references: root.primary.references,
    evidence_ids: [...new Set([...root.evidenceIds.slice(0, MAX_CITED), ...(change?.evidence_ids ?? []), ...alerts.evidenceOf(spread)])],
  };
}

/** What stays open without a root cause: unexplained symptoms, causes that nothing proves, kinds that were not seen. */
function openEnds(unexplained: readonly Candidate[], dismissed: readonly Dismissal[], known: Known) {
  const unproven = dismissed.filter(({ candidate, quiet }) => !quiet && touchesScope(candidate, known.scope)).map(({ candidate }) => candidate);
  const unseen = unseenOf(known);
  const missing = askedInVain(known);
  return { unproven: unproven.length, unseen, missing, commands: nextCommands([...unexplained, ...unproven], { gaps: known.gaps, unseen, missing }) };
}

function summaryOf({ primary, object }: Candidate): string {
  const where = primary.mechanism.includes(object.name) ? '' : ` (${refLabel(object)})`;
  return `${primary.title}${where}: ${mechanismOf(primary)}`;
}
