/** `1 pod`, `2 pods`; `plural` where an `s` is not enough. */
export function counted(number: number, noun: string, plural = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`;
}
