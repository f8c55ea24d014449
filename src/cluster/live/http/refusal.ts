import type { ApiAnswer } from './exchange.ts';
import { statusOf } from './status.ts';

/** An answer other than 200. */
export class Refusal extends Error {
  readonly status: number;
  /** The API server's own message; empty where it gave none. */
  readonly said: string;
  /** On 410: how to go on with a list that expired. */
  readonly continueToken: string | undefined;
  /** The answer has the shape of an API server's; a proxy's own 404 proves nothing. */
  readonly byApiServer: boolean;

  constructor({ status, body }: Pick<ApiAnswer, 'status' | 'body'>) {
    super(`HTTP ${status}`);
    this.name = 'Refusal';
    const told = statusOf(body);
    this.status = status;
    this.said = told?.message ?? '';
    this.continueToken = told?.continueToken;
    // A path that no API serves is answered in plain text (apiserver, pkg/util/notfoundhandler and net/http).
    this.byApiServer = told !== undefined || body.toString('utf8', 0, 64).trim() === '404 page not found';
  }

  /** In words, for what could not be read. */
  get reason(): string {
    if (this.status >= 300 && this.status < 400) return `the API server redirects elsewhere (HTTP ${this.status}), which is not followed`;
    return this.said === '' ? `the API server answered with HTTP ${this.status}` : this.said;
  }
}

/** What was answered is no JSON, or not what was asked for. */
export class Unintelligible extends Error {
  constructor() {
    super('the answer is not what an API server sends');
    this.name = 'Unintelligible';
  }
}
