import type { Lookup } from '../../domain/lookup.ts';
import { errorBodySchema } from '../../protocol/error-body.ts';
import type { ApiAnswer } from '../live/http/exchange.ts';
import { parseJson } from '../parse-json.ts';

const LONGEST = 300;

/** An answer other than 200. What is no error of the agent's own, such as a proxy's 404, proves nothing. */
export class AgentRefusal extends Error {
  readonly status: number;
  /** As docs/errors.md lists them; empty where something else answered. */
  readonly code: string;
  readonly #details: Readonly<Record<string, unknown>>;

  constructor({ status, body }: Pick<ApiAnswer, 'status' | 'body'>) {
    const told = errorBodySchema.safeParse(parseJson(body));
    super(told.success ? told.data.message.slice(0, LONGEST) : `the agent's address answers with HTTP ${status}, and not as an agent does`);
    this.name = 'AgentRefusal';
    this.status = status;
    this.code = told.success ? told.data.code : '';
    this.#details = (told.success ? told.data.details : undefined) ?? {};
  }

  get isExpired(): boolean {
    return this.code === 'LIST_EXPIRED';
  }

  /** The caller itself is refused. */
  get refusesCaller(): boolean {
    return this.code === 'CALLER_UNKNOWN' || this.code === 'CALLER_WITHOUT_CERTIFICATE' || this.code === 'HOST_UNKNOWN';
  }

  /** The lookup that the agent made of it. `asked`: what the read needs, where the agent does not say. */
  lookup(asked: string): Exclude<Lookup<never>, { status: 'found' }> {
    const needs = this.#text('needs') ?? asked;
    const readAt = this.#text('read_at');
    if (this.code === 'OBJECT_NOT_FOUND' && this.status === 404 && readAt !== undefined) return { status: 'not-found', readAt };
    if (this.code === 'READ_FORBIDDEN' && this.status === 403) return { status: 'forbidden', needs };
    return { status: 'not-collected', needs, reason: this.#text('reason') ?? this.message };
  }

  #text(name: string): string | undefined {
    const value = this.#details[name];
    return typeof value === 'string' ? value.slice(0, LONGEST) : undefined;
  }
}
