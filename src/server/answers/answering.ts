import { asCoded, coded } from '../../errors/coded-error.ts';
import { errorAnswer } from '../../http/error-answer.ts';
import type { OpenStreams } from '../open-streams.ts';
import type { Answer, Asked, ServerParts } from '../route.ts';
import { sseAnswer } from '../sse.ts';
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
export async function answering({ asked: { principal, gone }, parts, room, failed, tell }: Telling): Promise<Answer> {
  const { answers, closing } = parts;
  const leave = room.enter();
  const id = await answers.begin(principal?.id, async function* (abandoned) {
    try {
      yield* tell(AbortSignal.any([abandoned, closing]));
    } catch (error) {
      yield { event: failed, data: errorAnswer(closing.aborted ? coded('SERVER_CLOSING', {}) : asCoded(error)).body };
    } finally {
      leave();
    }
  });
  return sseAnswer(await answers.read(id, principal?.id, 0, gone), { headers: { location: answerPath(id) } });
}
