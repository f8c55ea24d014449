import { lastSeen } from '../last-seen.ts';
import { route } from '../route.ts';
import { sseAnswer } from '../sse.ts';

export const getAnswer = route({
  method: 'GET',
  path: '/api/v1/answers/{id}',
  summary: 'Go on with an answer after a cut, at the address that its beginning named',
  needs: 'viewer',
  answers: {
    200: { what: 'from the first message, or from the one after Last-Event-ID', type: 'text/event-stream' },
    404: { what: 'it is no longer kept, or somebody else asked for it' },
  },
  handle: async ({ params, principal, headers, gone }, { answers, streams }) =>
    sseAnswer(await answers.read(params['id'] ?? '', principal?.id, lastSeen(headers), gone), { streams }),
});
