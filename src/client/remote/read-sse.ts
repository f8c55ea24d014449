/** One message of a stream of server-sent events. */
export interface SseMessage {
  readonly id: string | undefined;
  readonly event: string;
  readonly data: string;
}

/** A message that never ends must not fill the memory. */
const MAX_CHARACTERS = 64 * 1024 * 1024;

/** The messages of a stream, as https://html.spec.whatwg.org/multipage/server-sent-events.html has them read; comments are left out. */
export async function* readSse(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<SseMessage> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of bytes) {
    rest += decoder.decode(chunk, { stream: true });
    const blocks = rest.split(/\r\n\r\n|\n\n|\r\r/);
    rest = blocks.pop() ?? '';
    if (rest.length > MAX_CHARACTERS) throw new Error('a message of the stream is too long');
    for (const block of blocks) {
      const message = messageOf(block);
      if (message !== undefined) yield message;
    }
  }
}

function messageOf(block: string): SseMessage | undefined {
  const fields: Record<string, string[]> = {};
  for (const line of block.split(/\r\n|\n|\r/)) {
    const colon = line.indexOf(':');
    if (colon === 0) continue;
    const [name, value] = colon === -1 ? [line, ''] : [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, '')];
    fields[name] = [...(fields[name] ?? []), value];
  }
  const { id, event, data } = fields;
  return data === undefined ? undefined : { id: id?.at(-1), event: event?.at(-1) ?? 'message', data: data.join('\n') };
}
