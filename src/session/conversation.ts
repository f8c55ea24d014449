import type { SessionClient } from '../client/session-client.ts';
import { nearNames } from '../domain/near-names.ts';
import type { ObjectRef } from '../domain/object-ref.ts';
import type { Report } from '../domain/report.ts';
import { coded } from '../errors/coded-error.ts';
import type { Transcript } from '../store/session/transcript.ts';
import type { Answerer } from './answerer.ts';
import type { CompletionWord } from './completion.ts';
import { namespacesSeen, namesSeen } from './reads/names.ts';
import type { Said } from './said.ts';
import { type Means, namespaceOf, type Situation } from './situation.ts';
import type { Completes, SlashCommand } from './slash-command.ts';

export interface ConversationOptions {
  /** The cluster of a context, or of the settings. */
  readonly open: (context: string | undefined) => Promise<SessionClient>;
  readonly answerers: readonly Answerer[];
  readonly slash: readonly SlashCommand[];
  readonly transcript: Transcript;
  /** Called with all of it after every line; what goes wrong in keeping it must not be thrown. */
  readonly save: (transcript: Transcript) => void;
  /** Applied to what is kept. */
  readonly redact: (text: string) => string;
  /** What Tab offers that is not of the cluster: contexts, rules. */
  readonly words: (what: Completes) => Promise<CompletionWord[]>;
  /** An investigation stops reading after this long, and reports what is known. */
  readonly timeoutMs: number;
  readonly now: () => Date;
  readonly newIncidentId: () => string;
}

/** Names change while one writes, but not between two keys. */
const NAMES_KEPT_MS = 30_000;

/** A session: what was said last decides what the next line means. Front ends show what `say` yields, and know nothing else. */
export class Conversation {
  readonly answerers: readonly Answerer[];
  readonly slash: readonly SlashCommand[];
  readonly #options: ConversationOptions;
  #client: Promise<SessionClient> | undefined;
  #situation: Situation;
  #transcript: Transcript;
  #kept: { readonly namespace: string | undefined; readonly at: number; readonly names: readonly ObjectRef[] } | undefined;

  constructor(options: ConversationOptions) {
    this.#options = options;
    this.answerers = options.answerers;
    this.slash = options.slash;
    this.#transcript = options.transcript;
    this.#situation = { place: undefined, namespace: options.transcript.namespace ?? undefined, report: undefined };
  }

  get situation(): Situation {
    return this.#situation;
  }

  get transcript(): Transcript {
    return this.#transcript;
  }

  /** Connects, so that the prompt can tell where. Throws what opening throws. */
  async connect(signal: AbortSignal): Promise<void> {
    const client = await this.client();
    this.#situation = { ...this.#situation, place: await client.place(signal) };
  }

  /** Answers one line. Throws coded errors; an abort ends it with what is known, or throws. */
  async *say(line: string, signal: AbortSignal): AsyncGenerator<Said> {
    const text = line.trim();
    if (text === '') return;
    try {
      for await (const said of text.startsWith('/') ? this.#command(text, signal) : this.#answer(text, signal)) {
        if (said.type === 'concluded') this.about(said.report);
        yield said;
      }
    } finally {
      this.#keep(text);
    }
  }

  /** The session is about this report from now on; undefined: about nothing. */
  about(report: Report | undefined): void {
    this.#situation = { ...this.#situation, report };
  }

  chooseNamespace(namespace: string | undefined): void {
    this.#situation = { ...this.#situation, namespace };
    this.#transcript = { ...this.#transcript, namespace: namespace ?? null };
  }

  /** Goes over to another context: what was found in the last one is not spoken of any more. Throws what connecting throws. */
  async chooseContext(context: string, signal: AbortSignal): Promise<void> {
    const client = await this.#options.open(context);
    const place = await client.place(signal);
    await this.close();
    this.#client = Promise.resolve(client);
    this.#kept = undefined;
    this.#situation = { place, namespace: undefined, report: undefined };
    this.#transcript = { ...this.#transcript, context, namespace: null };
  }

  async means(): Promise<Means> {
    const { now, newIncidentId, timeoutMs } = this.#options;
    return { situation: this.#situation, client: await this.client(), now, newIncidentId, timeoutMs };
  }

  client(): Promise<SessionClient> {
    // A cluster that could not be opened may be there the next time.
    this.#client ??= this.#options.open(this.#transcript.context ?? undefined).catch((error: unknown) => {
      this.#client = undefined;
      throw error;
    });
    return this.#client;
  }

  /** What Tab offers of one sort. Throws what reading throws. */
  async words(what: Completes, signal: AbortSignal): Promise<CompletionWord[]> {
    const client = await this.client();
    switch (what) {
      case 'objects': {
        const names = Map.groupBy(await this.#names(client, signal), ({ name }) => name);
        return [...names].map(([word, refs]) => ({ word, help: [...new Set(refs.map(({ kind }) => kind))].join(', ') }));
      }
      case 'namespaces':
        return ((await namespacesSeen(client, signal)) ?? []).map((word) => ({ word, help: '' }));
      case 'incidents':
        return (await client.incidents({ limit: 50 })).map(({ incident_id: word, title, description }) => ({ word, help: title ?? description }));
      default:
        return this.#options.words(what);
    }
  }

  async #names(client: SessionClient, signal: AbortSignal): Promise<readonly ObjectRef[]> {
    const namespace = namespaceOf(this.#situation);
    const now = this.#options.now().getTime();
    const kept = this.#kept;
    if (kept !== undefined && kept.namespace === namespace && now - kept.at < NAMES_KEPT_MS) return kept.names;
    const names = await namesSeen(client, namespace, signal);
    this.#kept = { namespace, at: now, names };
    return names;
  }

  async close(): Promise<void> {
    const client = await this.#client?.catch(() => undefined);
    this.#client = undefined;
    await client?.[Symbol.asyncDispose]();
  }

  async *#answer(text: string, signal: AbortSignal): AsyncGenerator<Said> {
    const means = await this.means();
    for (const answerer of this.answerers) {
      const answers = answerer.answer(text, means, signal);
      if (answers !== undefined) return yield* answers;
    }
  }

  async *#command(text: string, signal: AbortSignal): AsyncGenerator<Said> {
    const [word = '', ...rest] = text.slice(1).split(/\s+/);
    const command = commandNamed(this.slash, word.toLowerCase());
    yield* command.run(rest.join(' '), this, signal);
  }

  #keep(text: string): void {
    const turn = {
      at: this.#options.now().toISOString(),
      said: this.#options.redact(text).slice(0, 2_000),
      incident_id: this.#situation.report?.incident_id ?? null,
    };
    this.#transcript = { ...this.#transcript, turns: [...this.#transcript.turns, turn] };
    this.#options.save(this.#transcript);
  }
}

/** By name, or by the beginning of one; `/q` and `/quit` are what fingers know. Throws SLASH_UNKNOWN. */
function commandNamed(commands: readonly SlashCommand[], word: string): SlashCommand {
  const wanted = /^(?:q|quit|bye)$/.test(word) ? 'exit' : word === '?' ? 'help' : word;
  const exact = commands.find(({ name }) => name === wanted);
  const beginning = wanted === '' ? [] : commands.filter(({ name }) => name.startsWith(wanted));
  const found = exact ?? (beginning.length === 1 ? beginning[0] : undefined);
  if (found !== undefined) return found;
  const near =
    beginning.length > 1
      ? beginning.map(({ name }) => name)
      : nearNames(
          wanted,
          commands.map(({ name }) => name),
        );
  throw coded('SLASH_UNKNOWN', { word, near });
}
