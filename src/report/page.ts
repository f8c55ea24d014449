import { type Glyphs, glyphsFor, toAscii } from './glyphs.ts';
import { hyperlink } from './hyperlink.ts';
import type { Paint, Role } from './paint.ts';
import { displayWidth, truncate, wrap, wrapCommand } from './wrap.ts';

/** Text that hangs behind a label: the label on the first line only, all lines aligned after it. */
interface Hanging {
  readonly indent?: number;
  readonly label?: string;
  readonly labelRole?: Role;
  readonly text: string;
  readonly role?: Role;
  /** At most this many lines; the last one ends in an ellipsis when more are left. */
  readonly maxLines?: number;
}

/** Lines of a report under construction. Text is wrapped before it is painted, so that no line is wider than the page. */
export class Page {
  readonly width: number;
  readonly glyphs: Glyphs;
  readonly paint: Paint;
  /** An address as the reader can open it. */
  readonly link: (address: string) => string;
  readonly #unicode: boolean;
  readonly #lines: string[] = [];

  constructor(options: { width: number; unicode: boolean; paint: Paint; links?: boolean }) {
    this.width = options.width;
    this.glyphs = glyphsFor(options.unicode);
    this.paint = options.paint;
    this.link = options.links ? (address) => hyperlink(address) : (address) => address;
    this.#unicode = options.unicode;
  }

  /** An empty line, unless there is one already. */
  gap(): void {
    if (this.#lines.length > 0 && this.#lines.at(-1) !== '') this.#lines.push('');
  }

  /** A line that is already painted and known to fit. */
  line(text: string): void {
    this.#lines.push(text);
  }

  hang({ indent = 0, label = '', labelRole = 'quiet', text, role, maxLines = Number.POSITIVE_INFINITY }: Hanging): void {
    const offset = indent + (label === '' ? 0 : displayWidth(label) + 1);
    const width = this.width - offset;
    const all = wrap(this.signs(text), width);
    const lines = all.length <= maxLines ? all : [...all.slice(0, maxLines - 1), truncate(`${all[maxLines - 1] ?? ''}…`, width)];
    for (const [index, line] of lines.entries()) {
      const before = index === 0 && label !== '' ? `${' '.repeat(indent)}${this.paint(labelRole, label)} ` : ' '.repeat(offset);
      this.#lines.push(`${before}${role === undefined ? line : this.paint(role, line)}`.trimEnd());
    }
  }

  /** A command after a `$`, in lines that can be pasted into a shell. */
  command(indent: number, command: string): void {
    const lines = command.split('\n').flatMap((line) => wrapCommand(this.signs(line), this.width - indent - 2));
    for (const [index, line] of lines.entries()) {
      this.#lines.push(`${' '.repeat(indent)}${index === 0 ? this.paint('quiet', '$') : ' '} ${this.paint('command', line)}`);
    }
  }

  /** A small heading inside a section. */
  heading(text: string, indent = 2): void {
    this.gap();
    this.line(`${' '.repeat(indent)}${this.paint('title', this.signs(text))}`);
  }

  /** A rule across the page with a title at the left and a mark at the right. */
  rule(title: string, mark: { text: string; role: Role } | undefined): void {
    this.gap();
    const { rule } = this.glyphs;
    const right = mark === undefined ? '' : ` ${mark.text} ${rule}${rule}`;
    const shown = truncate(this.signs(title), this.width - displayWidth(right) - 8);
    const fill = Math.max(3, this.width - displayWidth(shown) - displayWidth(right) - 4);
    const end = mark === undefined ? '' : ` ${this.paint(mark.role, mark.text)} ${this.paint('quiet', rule + rule)}`;
    this.line(`${this.paint('quiet', rule + rule)} ${this.paint('title', shown)} ${this.paint('quiet', rule.repeat(fill))}${end}`);
  }

  toString(): string {
    const text = `${this.#lines.join('\n').replaceAll('\u00a0', ' ').trimEnd()}\n`;
    return this.#unicode ? text : text.replaceAll('…', '~');
  }

  /** The text in the signs that the page is written in. */
  signs(text: string): string {
    return this.#unicode ? text : toAscii(text);
  }
}
