import { Readable } from 'node:stream';
import type { Answer } from '../http/route.ts';
import type { OpenStreams } from './open-streams.ts';

/** One message of a stream of server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
export function sseMessage(event: string, data: object, id?: number): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** Kept by no one on the way, and not held back until it is complete. */
const HEADERS = { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' };

interface Told {
  /** Where it counts while it is open; undefined: it counts elsewhere. */
  readonly streams?: OpenStreams;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Messages as they come. Throws STREAMS_EXHAUSTED. */
export function sseAnswer(messages: AsyncIterable<string>, { streams, headers = {} }: Told): Answer {
  const open = (): Readable => Readable.from(messages);
  return { status: 200, headers: { ...HEADERS, ...headers }, body: streams === undefined ? open() : streams.count(open) };
}
