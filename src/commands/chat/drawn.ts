import { Page } from '../../report/page.ts';
import { paintFor } from '../../report/paint.ts';
import type { Draw } from '../../session/said.ts';
import type { CommandContext } from '../context.ts';

const WIDEST = 120;

/** What an answer draws, as text for a stream; on a person's own screen with the addresses as they are. */
export function drawn(draw: Draw, { output, restore }: Pick<CommandContext, 'output' | 'restore'>): string {
  const page = new Page({ width: Math.min(WIDEST, output.width), unicode: output.unicode, paint: paintFor(output.color) });
  draw(page);
  return output.isTerminal ? restore(page.toString()) : page.toString();
}
