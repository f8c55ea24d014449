import type { Report } from '../domain/report.ts';
import { Page } from './page.ts';
import { type ColorDepth, paintFor } from './paint.ts';
import { printableValue } from './printable.ts';
import { causeSection } from './text/cause.ts';
import { footerSection } from './text/footer.ts';
import {
  analysisSection,
  gapsSection,
  nextCommandsSection,
  observationsSection,
  otherCausesSection,
  ruledOutSection,
  runbooksSection,
  timelineSection,
} from './text/sections.ts';
import { verdictSection } from './text/verdict.ts';

export interface TextOptions {
  readonly color: ColorDepth;
  /** Cells of a line; text is set at most 120 wide, so that lines stay readable. */
  readonly width: number;
  /** false: only ASCII is written. */
  readonly unicode: boolean;
  /** Everything that the report holds, instead of what matters most. */
  readonly verbose?: boolean;
  /** Addresses as links that a terminal opens (OSC 8). */
  readonly links?: boolean;
}

const NARROWEST = 40;
const WIDEST = 120;
/** Causes that are told in full; the rest take one line each. */
const DETAILED_CAUSES = 3;

/** A report for people: the verdict first, then each cause with its chain, evidence and remedy, then everything else. Ends with a line break. */
export function renderText(report: Report, { color, width, unicode, verbose = false, links = false }: TextOptions): string {
  const page = new Page({ width: Math.min(WIDEST, Math.max(NARROWEST, width)), unicode, paint: paintFor(color), links });
  drawReport(page, printableValue(report), verbose);
  return page.toString();
}

/** The same on a page; the report is printable already. */
export function drawReport(page: Page, shown: Report, verbose: boolean): void {
  const detailed = verbose ? shown.root_causes.length : DETAILED_CAUSES;
  verdictSection(page, shown);
  for (const cause of shown.root_causes.slice(0, detailed)) causeSection(page, cause, { report: shown, verbose });
  otherCausesSection(page, shown.root_causes.slice(detailed));
  analysisSection(page, shown, verbose);
  runbooksSection(page, shown, verbose);
  nextCommandsSection(page, shown);
  ruledOutSection(page, shown, verbose);
  observationsSection(page, shown, verbose);
  gapsSection(page, shown, verbose);
  timelineSection(page, shown, verbose);
  footerSection(page, shown);
}
