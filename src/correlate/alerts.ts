import type { Observation } from '../domain/cause.ts';
import type { Cite } from '../domain/citation.ts';
import { type ObjectRef, refKey, refLabel } from '../domain/object-ref.ts';
import type { TimelineEntry } from '../domain/report.ts';
import type { Alert } from '../domain/telemetry.ts';
import { subjectOfLabels } from '../topology/telemetry-subject.ts';
import type { Known } from './known.ts';
import type { Spread } from './spread.ts';

/** Ended that long ago, an alert is of the past. */
const ENDED_MS = 15 * 60_000;
const MAX_PER_CAUSE = 5;
const MAX_TOLD = 10;

/** An alert that fires, and the object that it is about. */
interface Placed {
  readonly alert: Alert;
  readonly object: ObjectRef;
  readonly text: string;
}

/** Alerts that fire, placed on the objects that their labels name. Those that name none, as a watchdog's, are left out. */
export class FiringAlerts {
  readonly #placed: readonly Placed[];
  readonly #cite: Cite | undefined;

  constructor(known: Known, cite: Cite | undefined) {
    this.#placed = known.inventory.telemetry.alerts.filter((alert) => fires(alert, known.asOf)).flatMap((alert) => place(alert, known));
    this.#cite = cite;
  }

  /** Evidence of those about the root and what it reaches, the root's first. */
  evidenceOf(spread: Spread): string[] {
    return this.#under(spread)
      .slice(0, MAX_PER_CAUSE)
      .flatMap((placed) => this.#evidence(placed));
  }

  /** When each of those began that the causes explain. */
  timelineOf(spreads: readonly Spread[]): TimelineEntry[] {
    return spreads
      .flatMap((spread) => this.#under(spread))
      .slice(0, MAX_TOLD)
      .map((placed) => ({
        at: placed.alert.startsAt,
        text: `Alert about ${refLabel(placed.object)}: ${placed.text}`,
        object: placed.object,
        evidence_ids: this.#evidence(placed),
      }));
  }

  /** Those that no cause explains, the urgent ones first. */
  unexplained(spreads: readonly Spread[]): { readonly told: Observation[]; readonly urgent: number } {
    const explained = new Set(spreads.flatMap((spread) => this.#under(spread)));
    const left = this.#placed.filter((placed) => !explained.has(placed)).toSorted((a, b) => Number(isUrgent(b)) - Number(isUrgent(a)));
    const told = left.slice(0, MAX_TOLD).map((placed) => ({
      text: `An alert fires that no root cause explains: ${placed.text}`,
      object: placed.object,
      evidence_ids: this.#evidence(placed),
    }));
    return { told, urgent: left.filter(isUrgent).length };
  }

  #evidence({ alert, object, text }: Placed): string[] {
    return this.#cite === undefined ? [] : [this.#cite({ source: 'alert', object, field_path: null, excerpt: text, observed_at: alert.startsAt })];
  }

  #under({ branches }: Spread): Placed[] {
    const depths = new Map(branches.map(({ object, depth }) => [refKey(object), depth]));
    const depthOf = ({ object }: Placed): number => depths.get(refKey(object)) ?? Number.POSITIVE_INFINITY;
    return this.#placed.filter((placed) => depths.has(refKey(placed.object))).toSorted((a, b) => depthOf(a) - depthOf(b));
  }
}

function fires({ state, endsAt }: Alert, asOf: string): boolean {
  if (state === 'suppressed' || state === 'resolved') return false;
  const ended = Date.parse(endsAt ?? '');
  return Number.isNaN(ended) || Date.parse(asOf) - ended < ENDED_MS;
}

/** Somebody wants to be told of it at once, as far as its severity says. */
function isUrgent({ alert }: Placed): boolean {
  return /^(?:critical|error|high|major|page|emergency)$/i.test(alert.labels['severity'] ?? '');
}

function place(alert: Alert, known: Known): Placed[] {
  const object = subjectOfLabels(known, alert.labels);
  if (object === undefined) return [];
  const { summary, description, message } = alert.annotations;
  return [{ alert, object, text: [alert.labels['alertname'], description ?? summary ?? message].filter((part) => part !== undefined).join(': ') }];
}
