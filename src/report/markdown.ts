import type { RootCause } from '../domain/cause.ts';
import { refLabel } from '../domain/object-ref.ts';
import type { Report } from '../domain/report.ts';
import { sentence } from '../domain/sentence.ts';
import { type ChainNode, chainTree } from './chain-links.ts';
import { changeSentence, otherFields } from './change-sentence.ts';
import { citedEvidence } from './cited-evidence.ts';
import { clock } from './clock.ts';
import { coverageSentence } from './coverage-sentence.ts';
import { evidencePlace } from './evidence-place.ts';
import { footerParts } from './footer-parts.ts';
import { gapTexts } from './gap-groups.ts';
import { headline } from './headline.ts';
import { hypothesisText } from './hypothesis-text.ts';
import { code, codeBlock, prose } from './markdown/escape.ts';
import { notFoundSentence } from './not-found-sentence.ts';
import { printableValue } from './printable.ts';
import { commandFor } from './where-to-look.ts';

const MAX_AFFECTED = 50;
const MAX_LISTED = 20;

/** A report for a ticket or a pull request, GitHub-flavoured. What comes from the cluster cannot become markup, links or mentions in it. */
export function renderMarkdown(report: Report): string {
  const shown = printableValue(report);
  const notFound = notFoundSentence(shown);
  const parts = [
    `# ${prose(headline(shown))}`,
    `> ${prose(shown.description)}`,
    ...(notFound === undefined ? [] : [`**${prose(notFound)}**`]),
    ...(shown.error_message === null ? [] : [`**${prose(shown.error_message)}**`]),
    ...(shown.verdict === 'root-cause-found' ? [] : [prose(coverageSentence(shown))]),
    ...shown.root_causes.map((cause) => causePart(cause, shown)),
    ...section('What the language model adds', shown.analysis?.narrative ? [prose(shown.analysis.narrative)] : []),
    ...section('Hypotheses of the language model', bullets((shown.analysis?.hypotheses ?? []).map((each) => prose(hypothesisText(each))))),
    ...section(
      'Runbooks',
      bullets(
        (shown.analysis?.runbooks ?? []).map(
          ({ name, section: part, path, excerpt }) => `**${prose(name)}**${part === null ? '' : `, ${prose(part)}`} (${code(path)}): ${prose(excerpt)}`,
        ),
      ),
    ),
    ...section('To find out more', shown.next_commands.length > 0 ? [codeBlock(shown.next_commands.join('\n'))] : []),
    ...section(
      'Ruled out',
      bullets(shown.ruled_out.map(({ title, object, reason }) => `**${prose(title)}**, ${code(refLabel(object))}: ${prose(sentence(reason))}`)),
    ),
    ...section('Also seen', bullets(shown.observations.map(({ text, object }) => `${object === null ? '' : `${code(refLabel(object))}: `}${prose(text)}`))),
    ...section('Not seen', bullets(gapTexts(shown.gaps).map(prose))),
    ...section('Timeline', timelineTable(shown)),
    `---\n${footerParts(shown).map(prose).join(', ')}`,
  ];
  return `${parts.join('\n\n')}\n`;
}

function causePart(cause: RootCause, report: Report): string {
  const { rank, title, object, mechanism, confidence, confidence_score: level, since, confidence_reasons: reasons } = cause;
  return [
    `## ${rank}. ${prose(title)}`,
    `${code(refLabel(object))}: ${prose(sentence(mechanism))}`,
    `Confidence: **${level}** (${confidence.toFixed(2)})${since === null ? '' : `, since ${clock(since)}`}`,
    ...changePart(cause),
    ...subsection('How it spreads', chainLines(chainTree(cause), 0)),
    ...subsection('Affected', affectedLines(cause)),
    ...subsection('Evidence', evidenceLines(cause, report)),
    ...subsection('What to do', remediationLines(cause)),
    ...subsection(
      'Why this confidence',
      reasons.map((reason) => `- ${prose(reason)}`),
    ),
  ].join('\n\n');
}

function changePart({ change, object }: RootCause): string[] {
  if (change === null) return [];
  const { also = [] } = change;
  return [prose(changeSentence(change, object)), ...(also.length === 0 ? [] : [prose(`With it changed: ${otherFields(also)}`)])];
}

function chainLines(nodes: readonly ChainNode[], depth: number): string[] {
  return nodes.flatMap(({ link, below }) => {
    const ids = link.evidence_ids.length > 0 ? ` (${link.evidence_ids.slice(0, 3).map(prose).join(', ')})` : '';
    return [
      `${'  '.repeat(depth)}- ${code(refLabel(link.from))} → ${code(refLabel(link.to))}: ${prose(sentence(link.mechanism))}${ids}`,
      ...chainLines(below, depth + 1),
    ];
  });
}

function affectedLines({ affected }: RootCause): string[] {
  if (affected.length === 0) return [];
  const shown = affected.slice(0, MAX_AFFECTED).map((object) => code(refLabel(object)));
  return [`${shown.join(', ')}${affected.length > shown.length ? ` and ${affected.length - shown.length} more` : ''}`];
}

function evidenceLines(cause: RootCause, report: Report): string[] {
  return citedEvidence(cause, report).flatMap((piece) => {
    const path = piece.field_path === null ? '' : ` ${code(piece.field_path)}`;
    const command = commandFor(piece, Number.POSITIVE_INFINITY);
    const where = `- **${prose(piece.id)}** ${prose(evidencePlace(piece))}${path}`;
    return [where, indented(codeBlock(piece.excerpt.trim())), ...(command === undefined ? [] : [indented(code(command))])];
  });
}

function remediationLines({ remediation, references }: RootCause): string[] {
  const steps = remediation.flatMap(({ text, command, risk }) => [
    `- ${prose(sentence(text))} (risk: ${risk})`,
    ...(command === null ? [] : [indented(codeBlock(command, 'sh'))]),
  ]);
  return [...steps, ...references.map((reference) => `- See ${code(reference)}`)];
}

function timelineTable({ timeline }: Report): string[] {
  if (timeline.length === 0) return [];
  return ['| Time | What |', '|---|---|', ...timeline.map(({ at, text }) => `| ${clock(at)} | ${prose(text)} |`)];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`## ${title}`, lines.join('\n')];
}

function subsection(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`### ${title}`, lines.join('\n')];
}

function bullets(items: readonly string[]): string[] {
  const shown = items.slice(0, MAX_LISTED).map((item) => `- ${item}`);
  return items.length > shown.length ? [...shown, `- and ${items.length - shown.length} more`] : shown;
}

function indented(block: string): string {
  return block.replace(/^/gm, '  ');
}
