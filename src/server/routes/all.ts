import { openApiOf } from '../../http/openapi.ts';
import { type Route, route } from '../route.ts';
import { postAlerts, postMappedAlerts } from './alerts.ts';
import { getAnswer } from './answers.ts';
import { getGraph, getLogs, getNames, getObject, getPlace, listObjects } from './cluster.ts';
import { docsOf } from './docs.ts';
import { listFeedback, postFeedback } from './feedback.ts';
import { postFollowUp } from './follow-ups.ts';
import { getHealth, getLive, getReady } from './health.ts';
import { cancelIncident, getEvents, getIncident, getReport, rerunIncident } from './incident.ts';
import { listIncidents, postIncident } from './incidents.ts';
import { getMetrics } from './metrics.ts';
import { postQuestion } from './questions.ts';
import { postSupposition } from './suppositions.ts';

const DESCRIPTION = 'Names the root cause of a Kubernetes incident. It reads, and changes nothing.';

const getOpenApi: Route = route({
  method: 'GET',
  path: '/openapi.json',
  summary: 'This document',
  needs: 'everybody',
  answers: { 200: { what: 'OpenAPI 3.1' } },
  handle: (_asked, { version }) => ({ status: 200, body: documentOf(version) }),
});

function documentOf(version: string): object {
  return openApiOf(ROUTES, { title: 'sre-orch', version, description: DESCRIPTION });
}

/** Every route, in the order of /openapi.json. */
export const ROUTES: readonly Route[] = [
  postIncident,
  listIncidents,
  getIncident,
  getEvents,
  cancelIncident,
  rerunIncident,
  getReport,
  postFeedback,
  listFeedback,
  postAlerts,
  postMappedAlerts,
  postQuestion,
  postFollowUp,
  postSupposition,
  getAnswer,
  getPlace,
  listObjects,
  getObject,
  getLogs,
  getGraph,
  getNames,
  getHealth,
  getLive,
  getReady,
  getMetrics,
  getOpenApi,
  docsOf(documentOf),
];
