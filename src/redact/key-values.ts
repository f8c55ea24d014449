import { redacted } from './marker.ts';
import { isHarmlessValue, isSecretName, kindOfName, SECRET_WORDS } from './secret-names.ts';

/** A secret word, the rest of its name, and what separates it from its value. What stands before the word does not matter. */
const KEY = new RegExp(`(?:(${SECRET_WORDS}|(?<![A-Za-z])pass)([\\w-]{0,40})(\\\\*["'\`]?\\]?[ \\t]{0,8}(?:=>|:=|[:=])[ \\t]{0,8}|[ \\t]+(?=')))`, 'gi');
/** `--password hunter2`, `requirepass hunter2` */
const FLAG = new RegExp(
  `((?:--[\\w-]{0,40}?(?:${SECRET_WORDS})|\\brequirepass|\\bmasterauth|\\bidentified[ \\t]+by))([ \\t]+|\\\\*["'][ \\t]?,[ \\t]?\\\\*["'])(?!-|=|\\[)("[^"\\n]*"|'[^'\\n]*'|[^\\s"',;\\\\]+)`,
  'gi',
);
/** `<password>hunter2</password>` */
const ELEMENT = new RegExp(`(<(?:[\\w.-]{1,40}:)?([\\w.-]{0,40}?(?:${SECRET_WORDS})[\\w.-]{0,40})>)([^<\\n]{1,4096})(?=</)`, 'gi');
/** `The password of admin is "hunter2"`, as programs say that make one up at their first start. */
const SENTENCE = /(\b(?:password|passwd|passphrase)\b[^\n"'=:]{0,40}\b(?:is|to)[ \t]*:?[ \t]+\\*["'])([^"'\\\n]{1,200})(?=\\*["'])/gi;
/** A variable by name and value: in JSON, in YAML, and as Go prints it. */
const NAMED_VALUE =
  /(\bname\\*["']?[ \t]*[:=][ \t]*\\*["']?)([\w.-]{1,128})(\\*["']?(?:[ \t]*,|[ \t])?[ \t]*(?:\r?\n[ \t]*)?\\*["']?value\\*["']?[ \t]*[:=][ \t]*)(\\*"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[^\s"',}]+)/gi;
const DOCKER_AUTH = /(\\*"auth\\*"\s{0,3}:\s{0,3}\\*")([A-Za-z0-9+/=]{8,})/g;

/** In quotes, and in quotes that are escaped themselves (JSON inside JSON). */
const QUOTED = /(["'`])((?:(?!\1)[^\\\n]|\\.){0,4096})\1/y;
const ESCAPED_QUOTED = /(\\+["'])([^\n]{0,4096}?)(?<!\\)\1/y;
const BARE = /[^\s;&"'`<>]{1,4096}/y;
/** Words that follow "token:" or "password:" in a sentence, where a value would be a sentence of its own. */
const PROSE =
  /^(?:invalid|incorrect|expired|missing|required|not|must|is|was|are|has|unauthori[sz]ed|wrong|failed|failure|denied|rejected|refused|revoked|unknown|malformed|mismatch|error|eof|get|post|dial|unable|cannot|could|the|a|an|no|context|timeout|forbidden|unexpected|unsupported|too|bad|stale|changed|updated|ok|valid|accepted|verified|disabled|enabled|(?:service ?account|pod|secret|configmap|node|service)s?)$/i;

/** `password=…`, `"token": "…"`, `apiKey: …`, flags, and variables by name and value. The name stays. */
export function redactKeyValues(text: string): string {
  return withoutKeyed(text)
    .replace(ELEMENT, (whole, tag: string, name: string, value: string) =>
      isSecretName(name) && !isHarmlessValue(name, value.trim()) ? `${tag}${redacted(kindOfName(name))}` : whole,
    )
    .replace(SENTENCE, (whole, before: string, value: string) => (isHarmlessValue('password', value) ? whole : `${before}${redacted('password')}`))
    .replace(FLAG, (whole, flag: string, gap: string, value: string) =>
      isHarmlessValue(flag, unquoted(value)) ? whole : `${flag}${gap}${redacted(kindOfName(flag))}`,
    )
    .replace(NAMED_VALUE, (whole, before: string, name: string, between: string, value: string) =>
      isSecretName(name) && !isHarmlessValue(name, unquoted(value)) ? `${before}${name}${between}${requoted(value, redacted(kindOfName(name)))}` : whole,
    )
    .replace(DOCKER_AUTH, `$1${redacted('authorization')}`);
}

function withoutKeyed(text: string): string {
  const parts: string[] = [];
  let from = 0;
  KEY.lastIndex = 0;
  for (let match = KEY.exec(text); match !== null; match = KEY.exec(text)) {
    const name = `${match[1]}${match[2]}`;
    const start = match.index + match[0].length;
    const value = isSecretName(name) ? valueAt(text, start, match, name) : undefined;
    if (value === undefined) continue;
    parts.push(text.slice(from, value.from), redacted(kindOfName(name)));
    from = value.to;
    KEY.lastIndex = value.to;
  }
  return from === 0 ? text : parts.join('') + text.slice(from);
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Where the value of a key stands; undefined when it is none, or harmless. */
function valueAt(text: string, start: number, match: RegExpExecArray, name: string): Stretch | undefined {
  const pattern = text[start] === '\\' ? ESCAPED_QUOTED : QUOTED;
  pattern.lastIndex = start;
  const quoted = pattern.exec(text);
  if (quoted !== null) {
    const from = start + (quoted[1]?.length ?? 0);
    return isHarmlessValue(name, quoted[2] ?? '') ? undefined : { from, to: from + (quoted[2]?.length ?? 0) };
  }
  BARE.lastIndex = start;
  const bare = BARE.exec(text)?.[0];
  if (bare === undefined || /^[{[(|/]{1,2}$|^\/\/|^[{[]["'{]?$|^\[redacted:/.test(bare)) return undefined;
  const value = bareValue(bare);
  if (value === '' || isHarmlessValue(name, value)) return undefined;
  const spaced = /:[ \t]+$/.test(match[0]);
  const line = spaced && startsLine(text, match.index);
  if (spaced && isProse(text, start, bare, line)) return undefined;
  const lineEnd = line ? endOfLine(text, start) : start + value.length;
  return { from: start, to: Math.max(lineEnd, start + value.length) };
}

/** Ends where the next pair begins, and without the punctuation that closes it. */
function bareValue(bare: string): string {
  const next = /,(?=[\w.-]{1,64}[=:])/.exec(bare);
  return (next === null ? bare : bare.slice(0, next.index)).replace(/[),.\]}\\]+$/, '');
}

/** "token: unauthorized" tells what went wrong with the token. At a line's beginning, several words may be a YAML value. */
function isProse(text: string, start: number, bare: string, line: boolean): boolean {
  if (bare.endsWith(':') || bare.endsWith('(')) return true;
  if (/^\d{3}$/.test(bare)) return true;
  const word = bare.replace(/[.,]+$/, '');
  if (!/^[A-Za-z']+$/.test(word)) return false;
  return PROSE.test(word) || (!line && /^ [a-z]/.test(text.slice(start + bare.length, start + bare.length + 2)));
}

/** A YAML line: nothing but indentation, a dash and the name's beginning stands before the key. */
function startsLine(text: string, index: number): boolean {
  const line = text.lastIndexOf('\n', index - 1) + 1;
  return index - line < 200 && /^[ \t]*(?:- )?["']?[\w.-]*$/.test(text.slice(line, index));
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  const stop = end < 0 ? text.length : end;
  return text[stop - 1] === '\r' ? stop - 1 : stop;
}

function unquoted(value: string): string {
  return value.replace(/^\\*["'](.*?)\\*["']$/s, '$1');
}

function requoted(value: string, marker: string): string {
  const quote = /^\\*["']/.exec(value)?.[0] ?? '';
  return `${quote}${marker}${quote}`;
}
