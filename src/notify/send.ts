import { isIP } from 'node:net';
import { Agent, request } from 'undici';
import { coded } from '../errors/coded-error.ts';
import { blockedBy, guardedLookup } from './blocked-addresses.ts';
import { signatureOf } from './message.ts';
import type { Webhook } from './webhooks.ts';

const ANSWER_MS = 10_000;

export interface Sent {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Sends to one receiver until it is closed. */
export class Sender {
  readonly #webhook: Webhook;
  readonly #isBlocked: (address: string) => boolean;
  readonly #agent: Agent;

  constructor(webhook: Webhook) {
    this.#webhook = webhook;
    this.#isBlocked = blockedBy(webhook.allow_addresses);
    this.#agent = new Agent({ connect: { timeout: ANSWER_MS, lookup: guardedLookup(this.#isBlocked) }, headersTimeout: ANSWER_MS, bodyTimeout: ANSWER_MS });
  }

  /** The status that it was taken with. Throws where the receiver did not take it: ADDRESS_BLOCKED, WEBHOOK_REFUSED, or what the network throws. */
  async send({ body, headers }: Sent, now: Date): Promise<number> {
    const { url, secret } = this.#webhook;
    // An address that is written out is not looked up.
    const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
    if (isIP(host) !== 0 && this.#isBlocked(host)) throw coded('ADDRESS_BLOCKED', { address: host });
    const signed = secret === undefined ? {} : { 'x-sre-orch-signature': signatureOf(body, secret, Math.floor(now.getTime() / 1_000)) };
    const sent = { 'content-type': 'application/json', 'user-agent': 'sre-orch', ...headers, ...signed };
    // Redirects are not followed: they would lead past the check of the address.
    const answer = await request(url, { method: 'POST', body, headers: sent, dispatcher: this.#agent, signal: AbortSignal.timeout(ANSWER_MS) });
    answer.body.on('error', () => {}).destroy();
    if (answer.statusCode < 200 || answer.statusCode > 299) throw coded('WEBHOOK_REFUSED', { status: answer.statusCode });
    return answer.statusCode;
  }

  close(): Promise<void> {
    return this.#agent.destroy();
  }
}
