/** The text with a full stop, unless it ends a sentence already. */
export function sentence(text: string): string {
  const plain = text.trimEnd();
  return /[.!?…]["')\]]?$/.test(plain) ? plain : `${plain}.`;
}
