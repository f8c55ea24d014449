import { Readable } from 'node:stream';
import { asCoded } from '../../errors/coded-error.ts';
import { errorAnswer } from '../../http/error-answer.ts';
import type { OpenStreams } from '../open-streams.ts';
import type { Answer, Asked, ServerParts } from '../route.ts';
import { SSE_HEADERS } from '../sse.ts';
import type { AnswerMessage } from './kept-answers.ts';

const answerPath = (id: string): string => `/api/v1/answers/${id}`;

interface Telling {
  readonly asked: Pick<Asked, 'principal' | 'gone'>;
  readonly parts: ServerParts;
  /** Where it counts for as long as it is worked on, whether somebody listens or not. */
  readonly room: OpenStreams;
  /** The last message where telling throws; its data are those of an error. */
  readonly failed: string;
  readonly tell: (signal: AbortSignal) => AsyncIterable<AnswerMessage>;
}

/** An answer told as it is found; its address says where to go on after a cut. Throws STREAMS_EXHAUSTED. */
export function answering({ asked: { principal, gone }, parts, room, failed, tell }: Telling): Answer {
  const { answers, closing } = parts;
  const leave = room.enter();
  const id = answers.begin(principal?.id, async function* (abandoned) {
    try {
      yield* tell(AbortSignal.any([abandoned, closing]));
    } catch (error) {
      yield { event: failed, data: errorAnswer(asCoded(error)).body };
    } finally {
      leave();
    }
  });
  const body = Readable.from(answers.read(id, principal?.id, 0, AbortSignal.any([gone, closing])));
  return { status: 200, headers: { ...SSE_HEADERS, location: answerPath(id) }, body };
}
