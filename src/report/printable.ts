/**
 * Names, messages and logs come from the cluster: on a terminal they could move the cursor, change colours or hide text.
 * ECMA-48 control sequences and closed strings go as a whole (an unclosed one could hide all that follows), then every control character, then what reorders or hides text
 * (Unicode TR 36, bidirectional controls and default-ignorable code points).
 */
const SEQUENCES = [
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is removed
  /(?:\u001b[PX^_\]]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u009c\n]*(?:\u0007|\u001b\\|\u009c)/g,
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is removed
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]?/g,
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is removed
  /\u001b[ -/]*[0-~]?/g,
];
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is removed
const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g;
const HIDDEN = /\p{Default_Ignorable_Code_Point}|\p{Bidi_Control}|[\ufff0-\ufffb]/gu;

/** The text without anything that a terminal would obey or hide. Line breaks stay, tabs become two spaces. */
export function printable(text: string): string {
  const plain = SEQUENCES.reduce((rest, sequence) => rest.replace(sequence, ''), text.toWellFormed());
  return plain
    .replace(/\r\n?/g, '\n')
    .replace(/\t/g, '  ')
    .replace(/[\u2028\u2029\u0085\v\f]/g, ' ')
    .replace(CONTROLS, '')
    .replace(HIDDEN, '');
}

/** The same on one line, with single spaces. */
export function printableLine(text: string): string {
  return printable(text).replace(/\s+/g, ' ').trim();
}

/** Every string in a value made printable, keys left alone: nothing is rendered that did not pass here. */
export function printableValue<T>(value: T): T {
  if (typeof value === 'string') return printable(value) as T;
  if (Array.isArray(value)) return value.map(printableValue) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, printableValue(inner)])) as T;
}
