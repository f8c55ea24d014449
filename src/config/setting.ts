import * as z from 'zod/mini';
import type { Completes } from './completes.ts';

/** One row gives the flag, the environment variable, the key in the file, the type, --help and docs. */
export interface Setting<T = unknown> {
  readonly flag: string;
  readonly env: string;
  readonly file: string;
  readonly schema: z.ZodMiniType<T>;
  readonly fallback: T;
  readonly help: string;
  /** The values there are, where they can be counted. */
  readonly choices?: readonly string[];
  readonly completes?: Completes;
  /** `--no-X` gives the value `off`; this is its help. */
  readonly negation?: string;
  /** Its value is never shown. */
  readonly secret?: boolean;
}

export const setting = <T>(row: Setting<T>): Setting<T> => row;
export const optionalText = z.optional(z.string().check(z.refine((text) => text.trim() !== '', { error: 'a value is needed' })));
/** What the API server would take for another path is no name; whether a name exists is another question. */
export const optionalName = z.optional(
  z.string().check(z.refine((text) => /^[A-Za-z0-9.-]+$/.test(text), { error: 'a name of letters, digits, dots and hyphens is needed' })),
);
/** Of a flag without a value, of a file, or of the environment. */
export const truth = z.union([
  z.boolean(),
  z.pipe(
    z.enum(['true', 'false', '1', '0'], { error: 'true or false is needed' }),
    z.transform((text) => text === 'true' || text === '1'),
  ),
]);

const PART = /(\d+(?:\.\d+)?)(ms|s|m|h|d|w)/g;
const DURATION = new RegExp(`^(?:${PART.source})+$`);
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1e3, m: 60e3, h: 3_600e3, d: 86_400e3, w: 604_800e3 };

/** `90s`, `1.5h`, and `1h30m` as kubectl takes it, in milliseconds; undefined where it is no duration. */
export function parseDuration(text: string): number | undefined {
  const given = text.trim();
  if (!DURATION.test(given)) return undefined;
  return [...given.matchAll(PART)].reduce((sum, [, amount, unit = '']) => sum + Number(amount) * (UNITS[unit] ?? Number.NaN), 0);
}

export const duration = z.string().check(z.refine((text) => parseDuration(text) !== undefined, { error: 'a duration like 90s, 2m or 1h is needed' }));
