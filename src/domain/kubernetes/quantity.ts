const SUFFIXES: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/**
 * A Kubernetes quantity as a number in its base unit: cores, bytes, counts. undefined where it is none.
 * Source: apimachinery pkg/api/resource/quantity.go; `1e3` and `1E3` are decimal exponents, a lone `E` is exa.
 */
export function parseQuantity(text: string | number | undefined | null): number | undefined {
  if (typeof text === 'number') return text;
  const match = /^\s*([+-]?(?:\d+\.?\d*|\.\d+))(?:([eE][+-]?\d+)|(n|u|m|k|Ki|Mi|Gi|Ti|Pi|Ei|M|G|T|P|E))?\s*$/.exec(text ?? '');
  if (match === null) return undefined;
  const value = Number(`${match[1]}${match[2] ?? ''}`);
  return value * (SUFFIXES[match[3] ?? ''] ?? 1);
}
