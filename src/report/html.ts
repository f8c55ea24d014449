import { refLabel } from '../domain/object-ref.ts';
import type { Report } from '../domain/report.ts';
import { sentence } from '../domain/sentence.ts';
import { clock } from './clock.ts';
import { coverageSentence } from './coverage-sentence.ts';
import { footerParts } from './footer-parts.ts';
import { gapTexts } from './gap-groups.ts';
import { headline } from './headline.ts';
import { causeArticle } from './html/cause.ts';
import { html, Markup } from './html/markup.ts';
import { STYLES } from './html/styles.ts';
import { hypothesisText } from './hypothesis-text.ts';
import { notFoundSentence } from './not-found-sentence.ts';
import { printableValue } from './printable.ts';

/** A report as one file that needs nothing else: no script, no network, light and dark, printable. */
export function renderHtml(report: Report): string {
  const shown = printableValue(report);
  const title = headline(shown);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${new Markup(STYLES)}</style>
</head>
<body>
<main>
${reportBody(report)}
</main>
<footer>${footerParts(shown).join(', ')}</footer>
</body>
</html>
`;
  return page.toString();
}

/** The report itself, for a page that has a head and a style of its own. */
export function reportBody(report: Report): Markup {
  const shown = printableValue(report);
  const notFound = notFoundSentence(shown);
  return html`<h1 class="${shown.verdict === 'root-cause-found' ? 'bad' : shown.verdict === 'no-fault-found' ? 'good' : 'medium'}">${headline(shown)}</h1>
<blockquote>${shown.description}</blockquote>
${notFound !== undefined && html`<p><strong>${notFound}</strong></p>`}${shown.error_message !== null && html`<p><strong>${shown.error_message}</strong></p>`}
${shown.verdict !== 'root-cause-found' && html`<p>${coverageSentence(shown)}</p>`}
${shown.root_causes.map((cause) => causeArticle(cause, shown))}
${analysisSections(shown)}${section('To find out more', shown.next_commands.length > 0 && html`<pre>${shown.next_commands.join('\n')}</pre>`)}
${section('Ruled out', listed(shown.ruled_out.map(({ title: what, object, reason }) => html`<strong>${what}</strong>, ${refLabel(object)}: ${sentence(reason)}`)))}
${section('Also seen', listed(shown.observations.map(({ text, object }) => html`${object !== null && html`${refLabel(object)}: `}${text}`)))}
${section('Not seen', listed(gapTexts(shown.gaps).map((text) => html`${text}`)))}
${section('Timeline', timeline(shown))}`;
}

/** What a model made of it, and what runbooks say. */
function analysisSections({ analysis }: Report): Markup | null {
  if (analysis === null) return null;
  const { narrative, hypotheses, runbooks } = analysis;
  const cited = runbooks.map(
    ({ name, section: part, path, excerpt }) => html`<strong>${name}</strong>${part !== null && html`, ${part}`} (${path}): ${excerpt}`,
  );
  return html`${section('What the language model adds', narrative !== null && html`<p>${narrative}</p>`)}
${section('Hypotheses of the language model', listed(hypotheses.map((each) => html`${hypothesisText(each)}`)))}
${section('Runbooks', listed(cited))}
`;
}

function section(title: string, body: Markup | false | null): Markup | null {
  return body ? html`<section><h2>${title}</h2>${body}</section>` : null;
}

function listed(items: readonly Markup[]): Markup | null {
  return items.length === 0 ? null : html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`;
}

function timeline({ timeline: entries }: Report): Markup | null {
  if (entries.length === 0) return null;
  return html`<table><thead><tr><th scope="col">Time</th><th scope="col">What</th></tr></thead>
<tbody>${entries.map(({ at, text }) => html`<tr><td>${clock(at)}</td><td>${text}</td></tr>\n`)}</tbody></table>`;
}
