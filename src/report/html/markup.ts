const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text that is HTML already. Only `html` makes it, so that nothing from a cluster becomes markup unseen. */
export class Markup {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

type Part = string | number | Markup | readonly Part[] | null | undefined | false;

/** A template of HTML. What is filled in is escaped, unless it is a template itself; lists are joined, nothing becomes nothing. */
export function html(parts: TemplateStringsArray, ...values: readonly Part[]): Markup {
  return new Markup(parts.map((part, index) => (index === 0 ? part : textOf(values[index - 1]) + part)).join(''));
}

function textOf(value: Part): string {
  if (value === null || value === undefined || value === false) return '';
  if (value instanceof Markup) return value.toString();
  if (typeof value === 'string' || typeof value === 'number') return String(value).replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '');
  return value.map(textOf).join('');
}
