import type { Evidence, EvidenceDraft } from '../domain/evidence.ts';
import { refKey } from '../domain/object-ref.ts';

const EXCERPT_LIMIT = 2_000;

/** The evidence of one run: gives ids in order of citing, the same id for the same piece, and lets nothing secret through. `known`: pieces that have ids already. */
export class EvidenceLedger {
  readonly #byId = new Map<string, Evidence>();
  readonly #idByContent = new Map<string, string>();
  readonly #redact: (text: string) => string;
  readonly #readAt: string;
  #fresh: Evidence[] = [];
  #last = 0;

  constructor(options: { redact: (text: string) => string; readAt: string; known?: readonly Evidence[] }) {
    this.#redact = options.redact;
    this.#readAt = options.readAt;
    for (const evidence of options.known ?? []) this.#keep(evidence);
  }

  /** Bound, so that it can be handed out as a `Cite`. */
  readonly cite = (draft: EvidenceDraft): string => {
    const excerpt = shorten(this.#redact(draft.excerpt));
    const known = this.#idByContent.get(contentOf({ ...draft, excerpt }));
    if (known !== undefined) return known;
    const id = `ev-${this.#last + 1}`;
    const evidence: Evidence = { ...draft, id, excerpt, collected_at: draft.collected_at ?? this.#readAt };
    this.#keep(evidence);
    this.#fresh.push(evidence);
    return id;
  };

  #keep(evidence: Evidence): void {
    this.#byId.set(evidence.id, evidence);
    this.#idByContent.set(contentOf(evidence), evidence.id);
    this.#last = Math.max(this.#last, Number(evidence.id.slice('ev-'.length)) || 0);
  }

  readonly get = (id: string): Evidence | undefined => this.#byId.get(id);

  all(): readonly Evidence[] {
    return [...this.#byId.values()];
  }

  /** What was cited since the last call. */
  takeFresh(): readonly Evidence[] {
    const fresh = this.#fresh;
    this.#fresh = [];
    return fresh;
  }
}

function contentOf({ object, source, container, field_path: path, excerpt }: EvidenceDraft): string {
  return [refKey(object), source, container ?? '', path ?? '', excerpt].join('\u0000');
}

function shorten(text: string): string {
  return text.length <= EXCERPT_LIMIT ? text : `${text.slice(0, EXCERPT_LIMIT)} … (${text.length - EXCERPT_LIMIT} more characters)`;
}
