import OpenAI from 'openai';
import { VERSION } from '../../config/version.ts';
import { CodedError, coded } from '../../errors/coded-error.ts';
import { urlLabel } from '../../net/server-url.ts';
import type { Redactor } from '../../redact/redactor.ts';
import { traced } from '../../trace/span.ts';
import type { TellCall } from '../call-record.ts';
import type { ChatEndpoint, ChatReply, ChatRequest, Usage } from '../chat.ts';
import { adapt } from './adapt.ts';
import { type Dialect, firstDialect } from './dialect.ts';
import { codedFailure, type EndpointFailure, failureOf } from './failure.ts';
import { IdleTimer } from './idle-timer.ts';
import { type RawReply, ReplyBuilder } from './read-reply.ts';
import { redactedRequest } from './redacted-request.ts';
import { replyOf } from './reply-of.ts';
import { delayBefore, RETRY, type RetryLimits, waitFor } from './retry.ts';
import { type WireBody, wireBody } from './wire-body.ts';

export interface EndpointOptions {
  readonly baseUrl: string;
  readonly apiKey: string | undefined;
  readonly model: string;
  /** Every word that is sent passes it. */
  readonly redactor: Redactor;
  /** What is known of the server from before. */
  readonly dialect?: Dialect | undefined;
  /** Tokens that the model reads at most, where it is known. */
  readonly contextTokens?: number | undefined;
  /** No byte for so long, and the server is given up. */
  readonly idleMs?: number;
  readonly retry?: RetryLimits;
  /** Told after each request, for the log. */
  readonly onCall?: TellCall;
}

/** A request that passed the redactor, and whose it is. */
interface Asked {
  readonly request: ChatRequest;
  readonly incidentId: string | null;
}

const NOTHING: Usage = { input: 0, output: 0, estimated: false };
const IDLE_MS = 60_000;
/** Ways of asking that are tried before a refusal is final. */
const MAX_ADAPTATIONS = 8;

/** Any server that speaks OpenAI's chat completions. What it does not take is learnt from its refusals and not sent again. */
export class OpenAiEndpoint implements ChatEndpoint {
  readonly model: string;
  readonly label: string;
  readonly #options: EndpointOptions;
  readonly #client: OpenAI;
  #dialect: Dialect;

  constructor(options: EndpointOptions) {
    this.#options = options;
    this.model = options.model;
    this.label = urlLabel(new URL(options.baseUrl));
    this.#dialect = options.dialect ?? firstDialect(options.model);
    this.#client = new OpenAI({
      baseURL: options.baseUrl,
      // The client wants one; servers without keys do not look at it.
      apiKey: options.apiKey ?? 'none',
      organization: null,
      project: null,
      maxRetries: 0,
      logLevel: 'off',
      defaultHeaders: { 'user-agent': `sre-orch/${VERSION}` },
    });
  }

  get dialect(): Dialect {
    return this.#dialect;
  }

  chat(request: ChatRequest, signal: AbortSignal): Promise<ChatReply> {
    return this.#answer(this.#asked(request, null), signal);
  }

  /** The same endpoint, for the calls of one incident. */
  about(incidentId: string): ChatEndpoint {
    return { model: this.model, label: this.label, chat: (request, signal) => this.#answer(this.#asked(request, incidentId), signal) };
  }

  #asked(request: ChatRequest, incidentId: string | null): Asked {
    return { request: redactedRequest(request, this.#options.redactor), incidentId };
  }

  /** Asks again in another way where the way was refused, and after a while where the server had no time. */
  async #answer(asked: Asked, signal: AbortSignal): Promise<ChatReply> {
    let adaptations = 0;
    for (let attempt = 1; ; ) {
      const body = wireBody(this.model, asked.request, this.#dialect);
      try {
        const reply = await this.#traced(asked, body, signal);
        if (reply !== undefined) return reply;
        if (!this.#withoutStreaming(body)) throw coded('LLM_ANSWER_UNUSABLE', { label: this.label, reason: 'it is empty' });
      } catch (error) {
        signal.throwIfAborted();
        const failure = this.#failure(error);
        if (this.#adapts(failure, body) && adaptations < MAX_ADAPTATIONS) {
          adaptations += 1;
          continue;
        }
        const delay = delayBefore(attempt, failure, this.#options.retry ?? RETRY);
        if (delay === undefined) throw this.#coded(failure);
        attempt += 1;
        await waitFor(delay, signal);
      }
    }
  }

  /** As the semantic conventions for generative AI name it; nothing of what is said. */
  #traced(asked: Asked, body: WireBody, signal: AbortSignal): Promise<ChatReply | undefined> {
    const { hostname } = new URL(this.#options.baseUrl);
    const about = { 'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'openai', 'gen_ai.request.model': this.model, 'server.address': hostname };
    return traced(`chat ${this.model}`, { kind: 'client', attributes: about }, async (span) => {
      const reply = await this.#logged(asked, body, signal);
      if (reply !== undefined) span.set({ 'gen_ai.usage.input_tokens': reply.usage.input, 'gen_ai.usage.output_tokens': reply.usage.output });
      return reply;
    });
  }

  /** One request, told to the log whatever becomes of it; undefined where its answer is empty. */
  async #logged({ request, incidentId }: Asked, body: WireBody, signal: AbortSignal): Promise<ChatReply | undefined> {
    const started = performance.now();
    const tell = (outcome: string, detail?: string, { input, output, estimated }: Usage = NOTHING): void =>
      this.#options.onCall?.({
        incident_id: incidentId,
        purpose: request.schema?.name ?? (request.tools === undefined ? 'words' : 'round'),
        model: this.model,
        endpoint: this.label,
        ms: Math.round(performance.now() - started),
        outcome,
        ...(detail === undefined ? {} : { detail }),
        input_tokens: input,
        output_tokens: output,
        estimated,
      });
    try {
      const raw = await this.#send(body, signal);
      const reply = replyOf(raw, request, this.#options.contextTokens);
      tell(raw.answered ? 'answered' : 'empty', undefined, reply.usage);
      return raw.answered ? reply : undefined;
    } catch (error) {
      const { code, message } = error instanceof CodedError ? error : this.#coded(failureOf(error));
      if (signal.aborted) tell('stopped');
      else tell(code, message);
      throw error;
    }
  }

  #coded(failure: EndpointFailure): CodedError {
    const { apiKey, redactor } = this.#options;
    return codedFailure(failure, { label: this.label, apiKey, redactor });
  }

  #failure(error: unknown): EndpointFailure {
    if (error instanceof CodedError) throw error;
    return failureOf(error);
  }

  #adapts({ kind, text }: EndpointFailure, body: WireBody): boolean {
    const next = kind === 'refused' ? adapt({ text, body, dialect: this.#dialect }) : undefined;
    if (next === undefined) return false;
    this.#dialect = next;
    return true;
  }

  /** An empty stream: some servers cannot stream tool calls, some cannot stream at all. Remembered. */
  #withoutStreaming(body: WireBody): boolean {
    if (body.stream !== true) return false;
    this.#dialect = body.tools === undefined ? { ...this.#dialect, streams: false } : { ...this.#dialect, streams_tools: false };
    return true;
  }

  async #send(body: WireBody, signal: AbortSignal): Promise<RawReply> {
    using idle = new IdleTimer(this.#options.idleMs ?? IDLE_MS, signal);
    const reply = new ReplyBuilder();
    try {
      // The shapes of OpenAI's own types are narrower than what servers take.
      const answer: unknown = await this.#client.chat.completions.create(body as never, { signal: idle.signal, timeout: 2 ** 31 - 1 });
      if (body.stream !== true) reply.add(answer);
      else {
        for await (const chunk of answer as AsyncIterable<unknown>) {
          idle.alive();
          reply.add(chunk);
        }
      }
      return reply.build();
    } catch (error) {
      signal.throwIfAborted();
      if (idle.signal.aborted)
        throw coded('LLM_TIMED_OUT', { label: this.label, reason: `nothing came for ${Math.round((this.#options.idleMs ?? IDLE_MS) / 100) / 10} s` });
      throw error;
    }
  }
}
