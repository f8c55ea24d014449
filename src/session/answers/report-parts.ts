import { refKey, refLabel } from '../../domain/object-ref.ts';
import type { Report } from '../../domain/report.ts';
import { sentence } from '../../domain/sentence.ts';
import { chainSection } from '../../report/text/chain-tree.ts';
import { gapsSection, ruledOutSection, timelineSection } from '../../report/text/sections.ts';
import type { ReportPart } from '../ask.ts';
import type { Draw } from '../said.ts';
import { brief, hint } from './brief.ts';
import { remedy } from './remedy.ts';
import { confidence, why } from './why.ts';

/** What each part of a report looks like when it is asked for by itself. */
export const REPORT_PARTS: Readonly<Record<ReportPart, (report: Report) => Draw>> = {
  brief,
  why,
  confidence,
  remedy,
  chain,
  affected,
  others,
  timeline: (report) => (page) =>
    report.timeline.length === 0 ? page.hang({ text: 'Nothing that was read has a time worth telling.' }) : timelineSection(page, report, false),
  'ruled-out': (report) => (page) =>
    report.ruled_out.length === 0 ? page.hang({ text: 'Nothing else came into question.' }) : ruledOutSection(page, report, true),
  gaps: (report) => (page) =>
    report.gaps.length === 0 ? page.hang({ text: 'Everything that was asked for could be read.' }) : gapsSection(page, report, true),
};

function chain(report: Report): Draw {
  return (page) => {
    const chained = report.root_causes.filter((cause) => cause.chain.length > 0);
    if (chained.length === 0) page.hang({ text: 'It spreads to nothing that was read.' });
    for (const cause of chained) {
      if (chained.length > 1) page.hang({ text: cause.title, role: 'title' });
      chainSection(page, cause, { report, verbose: true });
    }
  };
}

function affected({ root_causes: causes }: Report): Draw {
  return (page) => {
    if (causes.length === 0) return page.hang({ text: 'No cause was proven, so nobody is known to be affected by one.' });
    for (const { title, object, affected: hurt, chain: links } of causes) {
      page.heading(`By ${title}, ${refLabel(object)}`, 0);
      const all = [...new Map([...links.map(({ to }) => to), ...hurt].map((ref) => [refKey(ref), ref])).values()].filter(
        (ref) => refKey(ref) !== refKey(object),
      );
      if (all.length === 0) page.hang({ indent: 2, text: 'nothing else that was read' });
      for (const ref of all.slice(0, 40)) {
        const mechanism = links.find(({ to }) => refKey(to) === refKey(ref))?.mechanism;
        page.hang({ indent: 2, label: page.glyphs.bullet, text: mechanism === undefined ? refLabel(ref) : `${refLabel(ref)}: ${sentence(mechanism)}` });
      }
      if (all.length > 40) page.hang({ indent: 2, text: `and ${all.length - 40} more`, role: 'quiet' });
    }
    hint(page, 'how does it spread', 'what should I do');
  };
}

function others({ root_causes: [, ...rest], observations }: Report): Draw {
  return (page) => {
    if (rest.length + observations.length === 0) return page.hang({ text: 'Nothing else was found.' });
    for (const { title, object, mechanism, confidence_score: level, confidence: value } of rest) {
      page.hang({ label: page.glyphs.cause, labelRole: 'bad', text: `${title}, ${refLabel(object)} (${level}, ${value.toFixed(2)})` });
      page.hang({ indent: 2, text: sentence(mechanism) });
    }
    for (const { text, object } of observations.slice(0, 10))
      page.hang({ label: page.glyphs.bullet, text: object === null || text.includes(object.name) ? text : `${refLabel(object)}: ${text}` });
  };
}
