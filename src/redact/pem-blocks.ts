import { redacted } from './marker.ts';

const BEGIN = '-----BEGIN ';
const END = '-----END ';
const PRIVATE = /^-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY/;
/** What may stand in a block that was cut: base64, line ends (also escaped), and PEM headers. */
const BODY = /(?:[A-Za-z0-9+/=\s]|\\[nr])*/y;
/** A line of nothing but base64, as a log that is read line by line shows the inside of a block. */
const BASE64_LINE = /^[ \t]*[A-Za-z0-9+/]{60,}={0,2}[ \t]*\r?$/gm;

/** Certificates and keys in PEM, whole, cut or line by line. */
export function redactPem(text: string): string {
  const blocks = text.includes(BEGIN) ? withoutBlocks(text) : text;
  return blocks.length < 60 ? blocks : blocks.replace(BASE64_LINE, (line) => (isDigest(line) ? line : redacted('pem')));
}

/** Digests are written in one case, or in digits alone. */
function isDigest(line: string): boolean {
  return !/[A-Z]/.test(line) || !/[a-z]/.test(line);
}

function withoutBlocks(text: string): string {
  const parts: string[] = [];
  let from = 0;
  let end = text.indexOf(END);
  for (let begin = text.indexOf(BEGIN); begin >= 0; begin = text.indexOf(BEGIN, from)) {
    parts.push(text.slice(from, begin), redacted(PRIVATE.test(text.slice(begin, begin + 80)) ? 'private-key' : 'pem'));
    // The search for an end is not repeated once there is none: many openings must not cost many passes.
    if (end >= 0 && end < begin) end = text.indexOf(END, begin);
    from = blockEnd(text, begin, end);
  }
  parts.push(text.slice(from));
  return parts.join('');
}

/** Behind the block that opens at `begin`. `end`: where the next END stands; -1 when there is none. */
function blockEnd(text: string, begin: number, end: number): number {
  const label = text.indexOf('-----', begin + BEGIN.length);
  const bodyStart = label < 0 ? begin + BEGIN.length : label + 5;
  const next = text.indexOf(BEGIN, bodyStart);
  if (end >= 0 && (next < 0 || end < next)) {
    const closing = text.indexOf('-----', end + END.length);
    return closing < 0 ? text.length : closing + 5;
  }
  BODY.lastIndex = bodyStart;
  return bodyStart + (BODY.exec(text)?.[0].length ?? 0);
}
