import type { InvestigationEvent } from '../domain/investigation-event.ts';
import type { Report } from '../domain/report.ts';
import type { Page } from '../report/page.ts';

/** Writes an answer on a page, as wide as the page is. */
export type Draw = (page: Page) => void;

/** What comes back for one line that was said, piece by piece. */
export type Said =
  /** Of an investigation that goes on. `aside`: it is only supposed, and what it finds on the way is not worth telling. */
  | { readonly type: 'event'; readonly event: InvestigationEvent; readonly aside?: boolean }
  /** What is being read, in words. */
  | { readonly type: 'doing'; readonly text: string }
  | { readonly type: 'answer'; readonly draw: Draw }
  /** From here on the session is about this report. */
  | { readonly type: 'concluded'; readonly report: Report }
  /** Text that is shown as it is, because it is a document of its own: Markdown, JSON, a table. */
  | { readonly type: 'document'; readonly text: string }
  | { readonly type: 'cleared' }
  | { readonly type: 'left' };

/** An answer of one piece. */
export function answer(draw: Draw): Said {
  return { type: 'answer', draw };
}
