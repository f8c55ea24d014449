/** undefined: no JSON. The parser's own message is not passed on: it quotes what it read. */
export function parseJson(text: string | Buffer): unknown {
  try {
    return JSON.parse(text.toString());
  } catch {
    return undefined;
  }
}
