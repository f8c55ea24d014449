import { feedbackOn, keepFeedback } from '../../client/feedback.ts';
import { feedbackListSchema, feedbackSchema, newFeedbackSchema } from '../../protocol/feedback.ts';
import { route } from '../route.ts';
import { visibleIncident } from '../visible-incident.ts';

export const postFeedback = route({
  method: 'POST',
  path: '/api/v1/incidents/{id}/feedback',
  summary: 'Say whether the named cause was right',
  needs: 'operator',
  body: newFeedbackSchema,
  answers: { 201: { what: 'kept with the incident', schema: feedbackSchema }, 404: { what: 'there is none, or the key may not see it' } },
  handle: async ({ params, body, principal }, { store, records, now, redact }) => {
    const { incident } = await visibleIncident(store, params['id'] ?? '', principal);
    return { status: 201, body: await keepFeedback(incident, body, { records, now, redact, by: principal?.name ?? null }) };
  },
});

export const listFeedback = route({
  method: 'GET',
  path: '/api/v1/incidents/{id}/feedback',
  summary: 'What people said of the named cause',
  needs: 'viewer',
  answers: { 200: { what: 'oldest first', schema: feedbackListSchema }, 404: { what: 'there is none, or the key may not see it' } },
  handle: async ({ params, principal }, { store, records }) => {
    const { incident } = await visibleIncident(store, params['id'] ?? '', principal);
    return { status: 200, body: { items: await feedbackOn(incident, records) } };
  },
});
