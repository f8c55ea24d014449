import type { Evidence, EvidenceDraft } from '../domain/evidence.ts';
import { refKey } from '../domain/object-ref.ts';

const EXCERPT_LIMIT = 2_000;

/** The evidence of one run: gives ids in order of citing, the same id for the same piece, and lets nothing secret through. */
export class EvidenceLedger {
  readonly #byId = new Map<string, Evidence>();
  readonly #idByContent = new Map<string, string>();
  readonly #redact: (text: string) => string;
  readonly #readAt: string;
  #fresh: Evidence[] = [];

  constructor(options: { redact: (text: string) => string; readAt: string }) {
    this.#redact = options.redact;
    this.#readAt = options.readAt;
  }

  /** Bound, so that it can be handed out as a `Cite`. */
  readonly cite = (draft: EvidenceDraft): string => {
    const excerpt = shorten(this.#redact(draft.excerpt));
    const content = [refKey(draft.object), draft.source, draft.container ?? '', draft.field_path ?? '', excerpt].join('\u0000');
    const known = this.#idByContent.get(content);
    if (known !== undefined) return known;
    const id = `ev-${this.#byId.size + 1}`;
    const evidence: Evidence = { ...draft, id, excerpt, collected_at: draft.collected_at ?? this.#readAt };
    this.#byId.set(id, evidence);
    this.#idByContent.set(content, id);
    this.#fresh.push(evidence);
    return id;
  };

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

function shorten(text: string): string {
  return text.length <= EXCERPT_LIMIT ? text : `${text.slice(0, EXCERPT_LIMIT)} … (${text.length - EXCERPT_LIMIT} more characters)`;
}
