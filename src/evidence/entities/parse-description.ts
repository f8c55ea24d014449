import type { ParsedDescription } from './parsed-description.ts';

export type { Mention, ParsedDescription } from './parsed-description.ts';

/** Reads namespaces, kinds, names, symptom and time out of free text. Never fails, whatever the text. `now`: what "ago" counts from. */
export function parseDescription(text: string, _now: Date): ParsedDescription {
  return { text, namespaces: [], places: [], mentions: [], words: [], errorSummary: null, timeWindow: null };
}
