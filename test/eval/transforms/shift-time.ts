import { type Dump, mapTexts } from './dump.ts';

const DAY_MS = 86_400_000;
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** Everything happened a whole number of days later: dates, epochs and logs alike. */
export function shiftTime(days: number): (dump: Dump) => Dump {
  const shifted = (year: number, month: number, day: number): Date => new Date(Date.UTC(year, month, day) + days * DAY_MS);
  const two = (value: number): string => `${value}`.padStart(2, '0');
  return (dump) =>
    mapTexts(dump, (text) =>
      text
        .replace(/\b(20[12]\d)([-/])(\d\d)\2(\d\d)(?=[T\s_"]|$)/gm, (_, year: string, separator: string, month: string, day: string) => {
          const date = shifted(Number(year), Number(month) - 1, Number(day));
          return [date.getUTCFullYear(), two(date.getUTCMonth() + 1), two(date.getUTCDate())].join(separator);
        })
        .replace(new RegExp(`\\b(\\d\\d) (${MONTHS.join('|')}) (20[12]\\d)\\b`, 'g'), (_, day: string, month: string, year: string) => {
          const date = shifted(Number(year), MONTHS.indexOf(month), Number(day));
          return `${two(date.getUTCDate())} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
        })
        .replace(
          /(?<![\d.])(1[67]\d{8})(\d{3})?(?=[^\d]|$)/gm,
          (_, seconds: string, millis: string | undefined) => `${Number(seconds) + days * 86_400}${millis ?? ''}`,
        ),
    );
}
