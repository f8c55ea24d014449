import { hasErrorShape, hasStrongErrorShape, mayTellOfConnection } from './failure-shape.ts';
import { type Level, lineLevel } from './level.ts';
import { lineKey } from './line-key.ts';
import { mayOpenTrace } from './trace-language.ts';

/** What patterns say of a line, whatever its numbers. */
export interface LineTraits {
  readonly level: Level;
  readonly opensTrace: boolean;
  readonly tellsOfConnection: boolean;
  readonly error: boolean;
  readonly strongError: boolean;
}

const MAX_KNOWN = 5_000;
const KNOWN = new Map<number, LineTraits>();

/** Logs repeat themselves: a line that differs from an earlier one in its numbers only is not asked again. */
export function traitsOf(text: string): LineTraits {
  const key = lineKey(text);
  const known = KNOWN.get(key);
  if (known !== undefined) return known;
  const traits: LineTraits = {
    level: lineLevel(text),
    opensTrace: mayOpenTrace(text),
    tellsOfConnection: mayTellOfConnection(text),
    error: hasErrorShape(text),
    strongError: hasStrongErrorShape(text),
  };
  if (KNOWN.size >= MAX_KNOWN) KNOWN.clear();
  KNOWN.set(key, traits);
  return traits;
}
