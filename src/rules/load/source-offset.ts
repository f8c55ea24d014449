/**
 * Where the character `offset` of a YAML string stands in its file. Quoting and folding change white space and escapes only,
 * so the other characters are found again in their order. `start`: where the scalar begins in `source`.
 */
export function sourceOffset(source: string, start: number, value: string, offset: number): number {
  let at = start;
  for (let index = 0; index < value.length; index++) {
    const char = value[index] ?? '';
    if (/\s/.test(char)) {
      if (index === offset) return at;
      continue;
    }
    const found = source.indexOf(char, at);
    if (found === -1) return start;
    if (index === offset) return found;
    at = found + 1;
  }
  return at;
}
