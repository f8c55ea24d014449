import type { RootCause } from '../../domain/cause.ts';
import { counted } from '../../domain/counted.ts';
import { refLabel } from '../../domain/object-ref.ts';
import type { Report } from '../../domain/report.ts';
import { sentence } from '../../domain/sentence.ts';
import { clock } from '../clock.ts';
import { gapTexts } from '../gap-groups.ts';
import { hypothesisText } from '../hypothesis-text.ts';
import type { Page } from '../page.ts';
import { printableLine } from '../printable.ts';

const SHORT_LIST = 5;
const SHORT_TIMELINE = 10;

/** Causes beyond those told in full: a line each. */
export function otherCausesSection(page: Page, causes: readonly RootCause[]): void {
  if (causes.length === 0) return;
  page.rule('Further causes', undefined);
  for (const { rank, title, object, confidence, confidence_score: level } of causes) {
    page.hang({ indent: 2, label: String(rank), text: `${title}, ${refLabel(object)} (${level} ${confidence.toFixed(2)})` });
  }
}

/** What to run by hand when no cause was found, or none that explains the question. */
export function nextCommandsSection(page: Page, { next_commands: commands }: Report): void {
  if (commands.length === 0) return;
  page.rule('To find out more', undefined);
  for (const command of commands) page.command(2, command);
}

export function ruledOutSection(page: Page, { ruled_out: ruledOut }: Report, verbose: boolean): void {
  list(page, { title: 'Ruled out', items: ruledOut, verbose }, ({ title, object, reason, evidence_ids: ids }) => ({
    text: sentence(`${title}, ${refLabel(object)}: ${reason}`),
    ids,
  }));
}

export function observationsSection(page: Page, { observations }: Report, verbose: boolean): void {
  list(page, { title: 'Also seen', items: observations, verbose }, ({ text, object, evidence_ids: ids }) => ({
    text: object === null || text.includes(object.name) ? text : `${refLabel(object)}: ${text}`,
    ids,
  }));
}

/** What could not be seen, and the permission or file that would make it visible. */
export function gapsSection(page: Page, { gaps }: Report, verbose: boolean): void {
  list(page, { title: 'Not seen', items: gapTexts(gaps, verbose), verbose }, (text) => ({ text, ids: [] }));
}

/** Times of day under their date, in UTC. The last entries matter most: they are nearest to the question. */
export function timelineSection(page: Page, { timeline }: Report, verbose: boolean): void {
  if (timeline.length === 0) return;
  page.rule('Timeline (UTC)', undefined);
  const shown = verbose ? timeline : timeline.slice(-SHORT_TIMELINE);
  const earlier = timeline.length - shown.length;
  if (earlier > 0) page.hang({ indent: 2, text: `${counted(earlier, 'earlier entry', 'earlier entries')} not shown`, role: 'quiet' });
  for (const [day, entries] of Map.groupBy(shown, ({ at }) => clock(at).slice(0, 10))) {
    page.hang({ indent: 2, text: day, role: 'quiet' });
    for (const { at, text } of entries) page.hang({ indent: 2, label: clock(at).slice(11, 19), text: printableLine(text), maxLines: verbose ? 10 : 2 });
  }
}

interface Listed<T> {
  readonly title: string;
  readonly items: readonly T[];
  readonly verbose: boolean;
}

function list<T>(page: Page, { title, items, verbose }: Listed<T>, tell: (item: T) => { text: string; ids: readonly string[] }): void {
  if (items.length === 0) return;
  page.rule(title, undefined);
  const shown = verbose ? items : items.slice(0, SHORT_LIST);
  for (const item of shown) {
    const { text, ids } = tell(item);
    const cited = ids.length > 0 ? ` [${ids.slice(0, 3).join(', ')}]` : '';
    page.hang({ indent: 2, label: page.glyphs.bullet, text: `${printableLine(text)}${cited}`, maxLines: verbose ? 20 : 4 });
  }
  if (items.length > shown.length) page.hang({ indent: 2, text: `and ${items.length - shown.length} more (--verbose shows all)`, role: 'quiet' });
}

/** What a language model made of it. Only sentences that cite evidence are told as such. */
export function analysisSection(page: Page, { analysis }: Report, verbose: boolean): void {
  if (analysis === null) return;
  if (analysis.narrative !== null) {
    page.rule('What the language model adds', undefined);
    page.hang({ indent: 2, text: printableLine(analysis.narrative) });
  }
  list(page, { title: 'Hypotheses of the language model', items: analysis.hypotheses, verbose }, (each) => ({
    text: hypothesisText(each),
    ids: each.evidence_ids,
  }));
}

/** Parts of runbooks that fit, with where they stand. */
export function runbooksSection(page: Page, { analysis }: Report, verbose: boolean): void {
  list(page, { title: 'Runbooks', items: analysis?.runbooks ?? [], verbose }, ({ name, section, path, excerpt }) => ({
    text: `${name}${section === null ? '' : `, ${section}`} (${path}): ${excerpt}`,
    ids: [],
  }));
}
