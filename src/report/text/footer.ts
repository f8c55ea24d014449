import { counted } from '../../domain/counted.ts';
import type { Report } from '../../domain/report.ts';
import { clock } from '../clock.ts';
import { duration } from '../duration.ts';
import type { Page } from '../page.ts';
import { wrapParts } from '../wrap.ts';

/** Ids, the source, and what the investigation cost. */
export function footerSection(page: Page, { incident_id: id, target, as_of: asOf, engine }: Report): void {
  const source = [target.context ?? target.cluster, target.server_version].filter((part) => part !== null).join(' ');
  const parts = [
    id,
    `${target.reader}${source === '' ? '' : ` ${source}`}`,
    ...(asOf === null ? [] : [`as of ${clock(asOf)}`]),
    duration(engine.duration_ms),
    counted(engine.api_requests, 'request'),
    `sre-orch ${engine.version}`,
  ];
  page.gap();
  for (const line of wrapParts(parts, page.glyphs.separator, page.width)) page.hang({ text: line, role: 'quiet' });
}
