/** Words that make the name of a field, flag or variable a secret's. Matched inside longer names: DB_PASSWORD, clientSecret. */
export const SECRET_WORDS =
  'pass(?:word|wd|phrase|code)|pwd|secret|token|credential|(?:api|access|private|encryption|signing|master|account|shared|storage|session|license)[-_. ]?(?:access[-_.]?)?key|client[-_]key[-_]data|dockerc(?:onfigjson|fg)|requirepass|masterauth';

const SECRET_WORD = new RegExp(SECRET_WORDS, 'i');
/** `PASS`, `DB_PASS`, `smtp-pass`: a word of its own, as "bypass" and "passed" are not. */
const PASS = /(?:^|[-_.])pass$/i;

/** Endings by which a name speaks about a secret: its file, its reference, its lifetime. */
const ABOUT =
  /(?:name|ref|file|path|dir|mount|url|uri|endpoint|host|port|type|ttl|expiry|expires?|expiration|expires?[-_]?(?:at|in)|seconds|minutes|hours|days|timeout|count|limit|length|len|size|policy|enabled|disabled|required|version|issuer|audience|namespace|algorithm|provider|class|reviews?|field|label|format|prefix|suffix|interval|rotation|header|(?<!secret[-_]?)id|(?<=token|secret|key)s)$/i;

/** True when what is called so is a secret. `secretName`, `PASSWORD_FILE` and `tokens` are not. */
export function isSecretName(name: string): boolean {
  return (SECRET_WORD.test(name) || PASS.test(name)) && !ABOUT.test(name);
}

/** The kind to show for a secret of that name. */
export function kindOfName(name: string): string {
  if (/pass|pwd|masterauth/i.test(name)) return 'password';
  if (/token/i.test(name)) return 'token';
  if (/key/i.test(name)) return 'key';
  return 'secret';
}

const HARMLESS =
  /^(?:true|false|null|nil|none|yes|no|on|off|undefined|empty|unset|<nil>|<none>|<empty>|<unset>|n\/a|\*+|x{3,}|-+|REDACTED|<redacted>|masked)$/i;
const REFERENCE = /^(?:\$\(|\$\{|\$[A-Z_]+$|\{\{|<set to |%\w+%?$|file:|vault:|env:)/;
const PATH = /^\/[\w.@-]+(?:\/[\w.@-]+)+\/?$/;
const NAMESPACED_NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?\/[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;

/** True when the value of a secret-like name is no secret: a reference, a switch, a file's path, the name of a Secret object. */
export function isHarmlessValue(name: string, value: string): boolean {
  if (value === '' || value.startsWith('[redacted:') || HARMLESS.test(value) || REFERENCE.test(value)) return true;
  if (PATH.test(value)) return !/pass(?:word|wd|phrase)/i.test(name);
  return /^secret$/i.test(name) && NAMESPACED_NAME.test(value);
}
