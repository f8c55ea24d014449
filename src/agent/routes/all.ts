import { openApiOf } from '../../http/openapi.ts';
import { type Route, route } from '../route.ts';
import { getAccess, getCluster, getHealth, getLive, getMetrics, getReady, postTokenReview } from './about.ts';
import { MCP_ROUTES } from './mcp.ts';
import { getObject, listEvents, listObjects, listUsage } from './objects.ts';
import { getPod, getPodLogs } from './pods.ts';

const ABOUT = { title: 'sre-orch agent', description: 'Reads of a Kubernetes cluster, for callers without access to it. It changes nothing.' };

const getOpenApi: Route = route({
  method: 'GET',
  path: '/openapi.json',
  summary: 'This document',
  needs: 'everybody',
  answers: { 200: { what: 'OpenAPI 3.1' } },
  handle: (_asked, { version }) => ({ status: 200, body: openApiOf(ROUTES, { ...ABOUT, version }) }),
});

/** Every route, in the order of /openapi.json. */
export const ROUTES: readonly Route[] = [
  getCluster,
  getAccess,
  listObjects,
  getObject,
  getPod,
  getPodLogs,
  listEvents,
  listUsage,
  postTokenReview,
  ...MCP_ROUTES,
  getHealth,
  getLive,
  getReady,
  getMetrics,
  getOpenApi,
];
