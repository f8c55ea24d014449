import type { FastifyRequest } from 'fastify';
import type { Log } from '../log/open-log.ts';
import type { Answer } from './route.ts';

interface Known<P> {
  principal?: P;
  incidentId?: string | undefined;
  code?: string;
}

/** One line for each call that changes something, or was refused to: who, by which route, which incident, what came of it. */
export class Audit<P> {
  readonly #log: Log;
  readonly #nameOf: (principal: P | undefined) => object;
  readonly #known = new WeakMap<FastifyRequest, Known<P>>();

  constructor(log: Log, nameOf: (principal: P | undefined) => object) {
    this.#log = log;
    this.#nameOf = nameOf;
  }

  asked(request: FastifyRequest, principal: P): void {
    this.#of(request).principal = principal;
  }

  principal(request: FastifyRequest): P | undefined {
    return this.#known.get(request)?.principal;
  }

  answered(request: FastifyRequest, { body }: Answer): void {
    this.#of(request).incidentId = (body as { incident_id?: string } | undefined)?.incident_id;
  }

  refused(request: FastifyRequest, code: string): void {
    this.#of(request).code = code;
  }

  /** Routes that are audited say so in their `config`. */
  write(request: FastifyRequest, status: number): void {
    if ((request.routeOptions.config as { isAudited?: boolean } | undefined)?.isAudited !== true) return;
    const { principal, incidentId, code } = this.#of(request);
    const named = (request.params as Record<string, string> | undefined)?.['id']?.slice(0, 40) ?? incidentId;
    this.#log.info({ ...this.#nameOf(principal), route: request.routeOptions.url, incident_id: named, status, code }, 'audit');
  }

  #of(request: FastifyRequest): Known<P> {
    const known = this.#known.get(request) ?? {};
    this.#known.set(request, known);
    return known;
  }
}
