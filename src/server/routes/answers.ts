import { Readable } from 'node:stream';
import { lastSeen } from '../last-seen.ts';
import { route } from '../route.ts';
import { SSE_HEADERS } from '../sse.ts';

export const getAnswer = route({
  method: 'GET',
  path: '/api/v1/answers/{id}',
  summary: 'Go on with an answer after a cut, at the address that its beginning named',
  needs: 'viewer',
  answers: {
    200: { what: 'from the first message, or from the one after Last-Event-ID', type: 'text/event-stream' },
    404: { what: 'it is no longer kept, or somebody else asked for it' },
  },
  handle: ({ params, principal, headers, gone }, { answers, streams, closing }) => {
    const messages = answers.read(params['id'] ?? '', principal?.id, lastSeen(headers), AbortSignal.any([gone, closing]));
    return { status: 200, headers: SSE_HEADERS, body: streams.count(() => Readable.from(messages)) };
  },
});
