export interface CompletionWord {
  readonly word: string;
  readonly help: string;
}

/** What may stand where the cursor is: `start` is where the word begins that they would replace. */
export interface Completion {
  readonly start: number;
  readonly words: readonly CompletionWord[];
}

/** What all of them begin with. */
export function commonFront(words: readonly CompletionWord[]): string {
  const [first, ...others] = words.map(({ word }) => word);
  if (first === undefined) return '';
  let length = first.length;
  for (const other of others) while (!other.startsWith(first.slice(0, length))) length -= 1;
  return first.slice(0, length);
}
