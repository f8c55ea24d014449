import type { RootCause } from '../../domain/cause.ts';
import type { Evidence } from '../../domain/evidence.ts';
import { refKey, refLabel } from '../../domain/object-ref.ts';
import type { Report } from '../../domain/report.ts';
import { sentence } from '../../domain/sentence.ts';
import { changeSentence, otherFields } from '../change-sentence.ts';
import { citedEvidence } from '../cited-evidence.ts';
import { clock } from '../clock.ts';
import { evidencePlace } from '../evidence-place.ts';
import { commandFor } from '../where-to-look.ts';
import { chainPicture } from './chain-picture.ts';
import { html, type Markup } from './markup.ts';

/** One root cause: what it is, the picture of its chain, what to do, and the evidence folded away. */
export function causeArticle(cause: RootCause, report: Report): Markup {
  const { rank, title, object, mechanism, confidence, confidence_score: level, since } = cause;
  return html`<article>
<h2>${rank}. ${title} <span class="badge ${level}">${level} ${confidence.toFixed(2)}</span></h2>
<p><strong>${refLabel(object)}</strong>${since !== null && html` <span class="quiet">since ${clock(since)}</span>`}<br>${sentence(mechanism)}</p>
${changed(cause)}${cause.chain.length > 0 && html`<h3>How it spreads</h3>${chainPicture(cause)}`}${alsoAffected(cause)}
${remedies(cause)}<h3>Evidence</h3>
${proofs(cause, report)}
<details><summary>Why ${level} confidence</summary><ul>${cause.confidence_reasons.map((reason) => html`<li>${reason}</li>`)}</ul></details>
</article>`;
}

function changed({ change, object }: RootCause): Markup | null {
  if (change === null) return null;
  const { also = [] } = change;
  return html`<p><strong>${changeSentence(change, object)}</strong>${also.length > 0 && html`<br><span class="quiet">With it changed: ${otherFields(also)}</span>`}</p>`;
}

function alsoAffected({ affected, chain }: RootCause): Markup | null {
  const drawn = new Set(chain.map(({ to }) => refKey(to)));
  const others = affected.filter((object) => !drawn.has(refKey(object)));
  if (others.length === 0) return null;
  return html`<details><summary>${drawn.size > 0 ? 'Also affected' : 'Affected'} (${others.length})</summary><ul>${others.map((object) => html`<li>${refLabel(object)}</li>`)}</ul></details>`;
}

function remedies({ remediation, references }: RootCause): Markup | null {
  if (remediation.length + references.length === 0) return null;
  return html`<h3>What to do</h3>
<ul>${remediation.map(({ text, command, risk }) => html`<li>${sentence(text)} <span class="quiet">(risk: ${risk})</span>${command !== null && html`<pre>${command}</pre>`}</li>`)}
${references.map((reference) => html`<li>See ${reference.startsWith('https://') ? html`<a href="${reference}" rel="noreferrer">${reference}</a>` : reference}</li>`)}</ul>`;
}

/** In the order of their ids, by which a reader looks them up. */
function proofs(cause: RootCause, report: Report): readonly Markup[] {
  const cited = new Set(citedEvidence(cause, report));
  return report.evidence.filter((piece) => cited.has(piece)).map(proof);
}

function proof(piece: Evidence): Markup {
  const command = commandFor(piece, Number.POSITIVE_INFINITY);
  return html`<details id="${piece.id}"><summary>${piece.id}: ${evidencePlace(piece)}${piece.field_path !== null && html` <code>${piece.field_path}</code>`}</summary>
<pre>${piece.excerpt.trim()}</pre>${command !== undefined && html`<p class="quiet">See it again: <code>${command}</code></p>`}</details>`;
}
