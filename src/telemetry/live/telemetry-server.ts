import { gapOf, type Lookup } from '../../domain/lookup.ts';
import type { Told } from '../telemetry-source.ts';
import { type GetLimits, getJson, type JsonQuestion, unanswered } from './get-json.ts';
import type { ServerAccess } from './server-access.ts';

/** A server of metrics or alerts: who it is, and how what it does not tell becomes a gap. */
export abstract class TelemetryServer {
  readonly label: string;
  readonly #access: ServerAccess;
  readonly #limits: GetLimits;

  constructor(access: ServerAccess, limits: GetLimits) {
    this.#access = access;
    this.#limits = limits;
    this.label = access.label;
  }

  protected get(question: Omit<JsonQuestion, 'limits'>, signal: AbortSignal): Promise<Lookup<unknown>> {
    return getJson(this.#access, { ...question, limits: this.#limits }, signal);
  }

  /** What an answer that is none leaves: a gap that says why. */
  protected nothing(what: string, answer: Lookup<unknown>): Told<never> {
    const lost = gapOf(what, answer);
    return { items: [], gaps: lost === undefined ? [] : [lost] };
  }

  /** The same of an answer that is not what was asked for. */
  protected otherThan(what: string, reason: string): Told<never> {
    return this.nothing(what, unanswered(this.#access, reason));
  }
}
