import { mayAs, type Principal } from '../../auth/principal.ts';
import type { Incident } from '../../domain/incident.ts';
import type { Answer } from '../../http/route.ts';
import { html, type Markup } from '../../report/html/markup.ts';
import { printableValue } from '../../report/printable.ts';
import { pageOf } from './layout.ts';

export interface IncidentsPage {
  readonly incidents: readonly Incident[];
  /** Of the next page; null on the last. */
  readonly older: string | null;
  readonly principal: Principal;
  readonly token: string | undefined;
}

/** What there is, newest first, and a place to ask. */
export function incidentsPage({ incidents, older, principal, token }: IncidentsPage): Answer {
  const rows = printableValue(incidents);
  const body = html`<h1>Incidents</h1>
${mayAs(principal, 'operator') && askForm(principal)}
<div id="live" data-live="list">
${rows.length === 0 ? html`<p class="quiet">Nothing was asked yet.</p>` : table(rows)}
</div>
${older !== null && html`<p><a href="/?before=${older}">Older</a></p>`}`;
  return pageOf({ title: 'Incidents – sre-orch', body, principal, token });
}

function askForm({ namespaces }: Principal): Markup {
  return html`<form id="ask" class="card">
<label for="description">What hurts?</label>
<textarea id="description" name="description" rows="2" maxlength="10000" required placeholder="checkout is failing since ten o'clock"></textarea>
<label for="namespace">Namespace <span class="quiet">${namespaces === null ? '(optional)' : namespaces.join(', ')}</span></label>
<input id="namespace" name="namespace" maxlength="253" autocapitalize="off" spellcheck="false" value="${namespaces?.[0]}">
<button type="submit">Investigate</button>
</form>`;
}

function table(incidents: readonly Incident[]): Markup {
  return html`<table class="incidents"><thead><tr><th scope="col">When (UTC)</th><th scope="col">What was asked</th><th scope="col">Answer</th></tr></thead>
<tbody>${incidents.map(row)}</tbody></table>`;
}

function row(incident: Incident): Markup {
  const { incident_id: id, description, created_at: at } = incident;
  return html`<tr><td><time datetime="${at}">${at.slice(0, 16).replace('T', ' ')}</time></td>
<td><a href="/incidents/${id}">${description}</a></td><td>${answerOf(incident)}</td></tr>\n`;
}

function answerOf({ status, title, object, confidence_score: level, error_message: reason, verdict }: Incident): Markup {
  if (title !== null) return html`<strong>${title}</strong> ${object} <span class="badge ${level}">${level}</span>`;
  if (status === 'completed')
    return html`<span class="${verdict === 'no-fault-found' ? 'good' : 'quiet'}">${(verdict ?? 'undetermined').replaceAll('-', ' ')}</span>`;
  return html`<span class="quiet">${status}${reason !== null && `: ${reason}`}</span>`;
}
