const STEPS: readonly (readonly [number, string])[] = [
  [86_400, 'd'],
  [3_600, 'h'],
  [60, 'm'],
];

/** Age as kubectl prints it: 12s, 5m, 3h, 2d. */
export function relativeTime(iso: string, now: Date): string {
  const seconds = Math.max(0, Math.round((now.getTime() - Date.parse(iso)) / 1000));
  for (const [step, unit] of STEPS) if (seconds >= step) return `${Math.floor(seconds / step)}${unit}`;
  return `${seconds}s`;
}
