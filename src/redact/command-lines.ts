import { redacted } from './marker.ts';
import { isHarmlessValue } from './secret-names.ts';

const VALUE = `"[^"\\n]*"|'[^'\\n]*'|[^\\s"'|;&]+`;
/** What stands between a program and its option; no other command begins in it. */
const BETWEEN = '\\b[^\\n|;&]{0,200}?\\s';

/** Options of one letter that hold a password: no word beside it gives it away but the program. */
const OPTIONS: readonly RegExp[] = [
  new RegExp(`(\\b(?:mysql|mysqldump|mysqladmin|mysqlimport|mariadb|mariadb-dump|mariadb-admin)${BETWEEN}-p)(?!rot)(${VALUE})`, 'g'),
  new RegExp(`(\\bredis-cli${BETWEEN}-a[ \\t]*)(${VALUE})`, 'g'),
  new RegExp(`(\\bsshpass${BETWEEN}-p[ \\t]*)(${VALUE})`, 'g'),
  new RegExp(`(\\bcurl${BETWEEN}(?:-u|--user)[ \\t=]*["']?[^\\s"':]{1,100}:)(${VALUE})`, 'g'),
];

/** The beginnings of these programs' names, for who looks for lines that speak of secrets. */
export const COMMANDS = 'mysql|mariadb|redis-cli|sshpass|curl';

/** `mysql -phunter2`, `redis-cli -a hunter2`, `curl -u app:hunter2`: in scripts, and in logs of shells that print what they run. */
export function redactCommandLines(text: string): string {
  return OPTIONS.reduce(
    (clean, option) =>
      clean.replace(option, (whole, before: string, value: string) => (isHarmlessValue(before, value) ? whole : `${before}${redacted('password')}`)),
    text,
  );
}
