import { asCoded } from '../errors/coded-error.ts';
import type { Log } from '../log/open-log.ts';
import type { IncidentRepository } from '../store/incident-repository.ts';
import { isWithin } from '../store/is-within.ts';
import type { JobQueue } from '../store/job-queue.ts';
import type { Delivery, Outbox } from '../store/outbox.ts';
import { correlated, outgoingHeaders, resumed } from '../trace/correlation.ts';
import type { SpanRecorder } from '../trace/finished-span.ts';
import { traced } from '../trace/span.ts';
import { messageOf } from './message.ts';
import { Sender } from './send.ts';
import type { Webhook } from './webhooks.ts';

/** What a receiver that is down for a night still gets. */
const RETRY_AFTER_S = [10, 60, 300, 1_800, 7_200, 28_800];
const LOOK_MS = 2_000;
/** Longer than a receiver may take: then whoever took the delivery is gone. */
const LEASE_MS = 60_000;
/** What ended longer ago is not told any more: neither after a long stop, nor to who is new. */
const LATEST_MS = 3_600_000;

export interface PostmanOptions {
  readonly outbox: Outbox;
  readonly store: IncidentRepository;
  /** What an incident was asked with. */
  readonly queue: Pick<JobQueue, 'job'>;
  readonly webhooks: readonly Webhook[];
  readonly redact: (text: string) => string;
  readonly log: Log;
  readonly now: () => Date;
  /** Where spans go; undefined: nobody records them. */
  readonly recorder?: SpanRecorder | undefined;
}

/** Tells receivers of incidents that ended, at least once each, until it is disposed of. */
export class Postman implements AsyncDisposable {
  readonly #options: PostmanOptions;
  readonly #senders: ReadonlyMap<string, { readonly webhook: Webhook; readonly sender: Sender }>;
  readonly #timer: NodeJS.Timeout;
  #round: Promise<void> | undefined;

  constructor(options: PostmanOptions) {
    this.#options = options;
    this.#senders = new Map(options.webhooks.map((webhook) => [webhook.name, { webhook, sender: new Sender(webhook) }]));
    this.#timer = setInterval(() => void this.round(), LOOK_MS);
  }

  /** All that is due now. One round at a time. */
  round(): Promise<void> {
    this.#round ??= this.#deliverAll().finally(() => {
      this.#round = undefined;
    });
    return this.#round;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    await this.#round;
    await Promise.all([...this.#senders.values()].map(({ sender }) => sender.close()));
  }

  async #deliverAll(): Promise<void> {
    const { outbox, queue, now, log, recorder } = this.#options;
    const targets = [...this.#senders.keys()];
    try {
      await outbox.fill(targets, after(now(), -LATEST_MS));
      for (;;) {
        const delivery = await outbox.take(targets, after(now(), 0), after(now(), LEASE_MS));
        if (delivery === undefined) return;
        const carried = (await queue.job(delivery.incidentId))?.carried ?? null;
        await correlated(resumed(carried, delivery.incidentId, recorder), () => this.#deliver(delivery));
      }
    } catch (error) {
      log.error({ code: asCoded(error).code }, 'what is to be told could not be read');
    }
  }

  async #deliver(delivery: Delivery): Promise<void> {
    const { outbox, now, log } = this.#options;
    const about = { webhook: delivery.target, attempts: delivery.attempts };
    try {
      if (await this.#send(delivery)) log.info(about, 'told');
      await outbox.settle(delivery);
    } catch (error) {
      const { code } = asCoded(error);
      const seconds = RETRY_AFTER_S[delivery.attempts - 1];
      log.warn({ ...about, code, retry_after_s: seconds ?? null }, seconds === undefined ? 'given up' : 'could not be told');
      if (seconds === undefined) await outbox.settle(delivery);
      else await outbox.retry(delivery, after(now(), seconds * 1_000));
    }
  }

  /** False where the receiver is not told of such. */
  async #send({ incidentId, target, attempts }: Delivery): Promise<boolean> {
    const { store, redact, now } = this.#options;
    const known = this.#senders.get(target);
    const found = await store.find(incidentId);
    if (known === undefined || found.status !== 'found') return false;
    const { webhook, sender } = known;
    if (webhook.namespaces !== undefined && !isWithin(found.incident, webhook.namespaces)) return false;
    const body = redact(JSON.stringify(messageOf(found.incident, found.report, webhook)));
    // The same for each attempt, so that who gets it twice can tell.
    // Its address is a secret: who has it can post.
    const attributes = { 'http.request.method': 'POST', 'sre_orch.webhook': target, 'sre_orch.incident_id': incidentId, 'sre_orch.attempt': attempts };
    await traced('deliver webhook', { kind: 'client', attributes }, async (span) => {
      const headers = { 'x-sre-orch-delivery': `${incidentId}.${target}`, ...outgoingHeaders() };
      span.set({ 'http.response.status_code': await sender.send({ body, headers }, now()) });
    });
    return true;
  }
}

function after(time: Date, ms: number): string {
  return new Date(time.getTime() + ms).toISOString();
}
