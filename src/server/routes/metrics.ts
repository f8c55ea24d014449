import { route } from '../route.ts';

export const getMetrics = route({
  method: 'GET',
  path: '/metrics',
  summary: 'Counters and times, as Prometheus scrapes them',
  needs: 'viewer',
  answers: { 200: { what: 'text in the exposition format', type: 'text/plain' } },
  handle: async (_asked, { metrics }) => ({ status: 200, headers: { 'content-type': metrics.contentType }, body: await metrics.text() }),
});
