import { mayAs, type Principal } from '../../auth/principal.ts';
import type { Incident } from '../../domain/incident.ts';
import type { Report } from '../../domain/report.ts';
import type { Answer } from '../../http/route.ts';
import { html, type Markup } from '../../report/html/markup.ts';
import { reportBody } from '../../report/html.ts';
import { printableValue } from '../../report/printable.ts';
import { pageOf } from './layout.ts';

export interface IncidentPage {
  readonly incident: Incident;
  readonly report: Report | null;
  readonly principal: Principal;
  readonly token: string | undefined;
}

/** One incident: its report, or what happens until there is one. */
export function incidentPage({ incident, report, principal, token }: IncidentPage): Answer {
  const { incident_id: id, description, status } = incident;
  const isOver = status !== 'pending' && status !== 'investigating';
  const body = html`<div id="live" data-live="${isOver ? 'over' : 'incident'}" data-incident="${id}">
${report === null ? underWay(printableValue(incident), isOver) : reportBody(report)}
</div>
<p class="actions">
${mayAs(principal, 'operator') && (isOver ? html`<button type="button" data-post="rerun">Ask again</button>` : html`<button type="button" data-post="cancel">Cancel</button>`)}
${report !== null && html`<a href="/api/v1/incidents/${id}/report.html">As a page</a> <a href="/api/v1/incidents/${id}/report.md">As Markdown</a>`}
</p>`;
  return pageOf({ title: `${printableValue(description).slice(0, 80)} – sre-orch`, body, principal, token });
}

function underWay({ description, status, error_message: reason }: Incident, isOver: boolean): Markup {
  return html`<h1>${isOver ? `It is ${status}` : 'Investigating'}</h1>
<blockquote>${description}</blockquote>
${reason !== null && html`<p><strong>${reason}</strong></p>`}
${!isOver && html`<ol id="steps" aria-live="polite" aria-label="What was done so far"></ol>`}`;
}
