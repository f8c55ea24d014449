/** A text that terminals which know OSC 8 open on a click; the address is not seen. What is no address of a page or file stays text. */
export function hyperlink(address: string, text: string = address): string {
  if (!/^(?:https?|file):\/\//.test(address) || !URL.canParse(address)) return text;
  // The serialized form is ASCII without control characters: nothing in it can end the sequence.
  return `\u001b]8;;${new URL(address).href}\u001b\\${text}\u001b]8;;\u001b\\`;
}
