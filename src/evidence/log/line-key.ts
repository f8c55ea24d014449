const FNV = 16_777_619;
const [SEED_A, SEED_B] = [-2_128_831_035, 462_845_907];
/** Above every character. */
const DIGITS = 0x1_0000;
const SIGNALS: ReadonlySet<number> = new Set([0, 4, 6, 7, 9]);
const TOLD: ReadonlySet<number> = new Set([11, 111, 502, 503, 504]);

/**
 * Equal for lines that differ in their numbers only. Numbers that patterns ask for stay apart: an exit status, a signal, 0 of
 * "0 errors", 50x, errno 111; of all others only the length counts.
 */
export function lineKey(text: string): number {
  let a = SEED_A;
  let b = SEED_B;
  for (let index = 0; index < text.length; index += 1) {
    let code = text.charCodeAt(index);
    if (code >= 48 && code <= 57) {
      let end = index + 1;
      while (isDigit(text.charCodeAt(end))) end += 1;
      code = DIGITS + kindOfNumber(text, index, end);
      index = end - 1;
    }
    a = Math.imul(a ^ code, FNV);
    b = (Math.imul(b, 31) + code) | 0;
  }
  // 53 bits of two running hashes.
  return (a >>> 0) * 0x20_0000 + (b >>> 11);
}

function kindOfNumber(text: string, start: number, end: number): number {
  const length = end - start;
  if (length > 3) return length + (text.slice(start, end).includes('111') ? 100_000 : 1_000);
  let value = 0;
  for (let index = start; index < end; index += 1) value = value * 10 + text.charCodeAt(index) - 48;
  return (length === 1 ? SIGNALS : TOLD).has(value) ? value : 1_000 + length;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
