import type { Report } from '../../domain/report.ts';
import { footerParts } from '../footer-parts.ts';
import type { Page } from '../page.ts';
import { wrapParts } from '../wrap.ts';

/** Ids, the source, and what the investigation cost. */
export function footerSection(page: Page, report: Report): void {
  page.gap();
  for (const line of wrapParts(footerParts(report), page.glyphs.separator, page.width)) page.hang({ text: line, role: 'quiet' });
}
