import { coded } from '../../errors/coded-error.ts';
import { route } from '../route.ts';

export const getMetrics = route({
  method: 'GET',
  path: '/metrics',
  summary: 'Counters and times, as Prometheus scrapes them',
  needs: 'viewer',
  answers: { 200: { what: 'text in the exposition format', type: 'text/plain' }, 403: { what: 'the key is for some namespaces only' } },
  handle: async ({ principal }, { metrics }) => {
    // They count what all teams do.
    if (principal?.namespaces) throw coded('NOT_PERMITTED', { needs: 'a key for all namespaces' });
    return { status: 200, headers: { 'content-type': metrics.contentType }, body: await metrics.text() };
  },
});
