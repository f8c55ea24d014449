import type { Report } from '../domain/report.ts';
import type { Ask } from './ask.ts';
import { READ_INTENTS } from './intents/read-intents.ts';
import { REPORT_INTENTS } from './intents/report-intents.ts';

/** A question is a sentence; what is longer describes an incident, or was pasted. */
const MAX_QUESTION = 160;
const POLITE = /^(?:please|pls|ok|okay|so|well|hey|hi|can you|could you|would you|and|then|now)[ ,]+/;
const STOP = /(?:[ ,]+(?:please|pls|then|now))?[\s.?!]*$/;

/** What a line asks of the report or of a read or two; undefined: it describes an incident. */
export function interpret(text: string, report: Report | undefined): Ask | undefined {
  if (text.length > MAX_QUESTION || text.trim().includes('\n')) return undefined;
  const plain = text.trim().toLowerCase().replaceAll(/[’`]/g, "'").replaceAll(/["“”]/g, '').replaceAll(/\s+/g, ' ');
  // As it stands first: "now what" is a question of its own.
  for (const line of new Set([plain.replace(/[\s.?!]*$/, ''), plain.replace(STOP, '').replace(POLITE, '').replace(POLITE, '')])) {
    for (const { pattern, ask } of [...REPORT_INTENTS, ...READ_INTENTS]) {
      const match = pattern.exec(line);
      const meant = match && ask(match.slice(1), report);
      if (meant) return meant;
    }
  }
  return undefined;
}
