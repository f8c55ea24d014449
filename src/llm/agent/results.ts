import { refLabel } from '../../domain/object-ref.ts';
import type { ToolAnswer } from '../../tools/tool.ts';
import type { Matter } from '../analyst.ts';
import type { ToolOffer } from '../chat.ts';
import { asData } from '../prompts.ts';

export const READ_MORE: ToolOffer = {
  name: 'read_more',
  description: 'More of a result that was cut or left out: from a position, or only lines with a word.',
  parameters: {
    type: 'object',
    properties: {
      result: { type: 'string', description: 'its name: r3' },
      from: { type: 'integer', description: 'position of the first character' },
      grep: { type: 'string', description: 'only lines that hold this word' },
    },
    required: ['result'],
    additionalProperties: false,
  },
};

/** What tools answered in this run, whole, by the names r1, r2, …; a model sees as much of each as fits. */
export class Results {
  readonly #full = new Map<string, string>();
  readonly #maxCharacters: number;

  constructor(maxCharacters: number) {
    this.#maxCharacters = maxCharacters;
  }

  /** Makes evidence of an answer and tells it. */
  add({ pieces, note }: ToolAnswer, { cite, evidence }: Pick<Matter, 'cite' | 'evidence'>): string {
    const handle = `r${this.#full.size + 1}`;
    const told = pieces.map((draft) => {
      const id = cite(draft);
      const { object, container, field_path: path, source } = draft;
      const about = `[${id}] ${source} ${refLabel(object)}${container === undefined ? '' : ` ${container}`}${path === null ? '' : ` ${path}`}`;
      return asData(evidence(id)?.excerpt ?? '', about);
    });
    const full = [...told, ...(note === null ? [] : [`note: ${note}`])].join('\n');
    this.#full.set(handle, full);
    return `${handle}:\n${this.#cut(full, handle)}`;
  }

  more(given: unknown): string {
    const { result, from = 0, grep } = (typeof given === 'object' && given !== null ? given : {}) as { result?: unknown; from?: unknown; grep?: unknown };
    const full = this.#full.get(String(result));
    if (full === undefined) return `there is no result ${JSON.stringify(result)}; there are ${[...this.#full.keys()].join(', ') || 'none'}`;
    const wanted =
      typeof grep === 'string' && grep !== ''
        ? full
            .split('\n')
            .filter((line) => line.toLowerCase().includes(grep.toLowerCase()))
            .join('\n')
        : full.slice(Number(from) || 0);
    return asData(this.#cut(wanted, String(result)), `more of ${result}`);
  }

  #cut(text: string, handle: string): string {
    if (text.length <= this.#maxCharacters) return text;
    return `${text.slice(0, this.#maxCharacters)}\n(${text.length - this.#maxCharacters} more characters: read_more {"result": "${handle}", "from": ${this.#maxCharacters}})`;
  }
}
