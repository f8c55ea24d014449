/** `2026-01-31 09:58:12 UTC`; a text that is no time is left as it is. */
export function clock(time: string): string {
  const at = new Date(time);
  return Number.isNaN(at.getTime()) ? time : `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
