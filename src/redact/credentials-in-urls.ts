import { redacted } from './marker.ts';

/** `://user:password@`: everything up to the last @ before the path. */
const USER_AND_PASSWORD = /:\/\/(?!\[redacted:)([^\s/?#@:"'<>]{0,256}):([^\s/?#"'<>]{1,1024})@/g;
/** The same where a program took the URL for a path, and made one slash of two: `postgres:/user:password@`. */
const AS_A_PATH = /(?<![\w+.-])([a-z][\w+.-]{1,20}:\/[^\s/?#@:"'<>]{1,256}):(?!\[redacted:)([^\s/?#"'<>]{1,1024})@(?!sha\d)/gi;
/** `://token@`: a user name of that length that holds a digit is a key. */
const TOKEN_ONLY = /:\/\/(?=[^\s/?#@:"'<>]*\d)([^\s/?#@:"'<>]{20,1024})@/g;
/** go-sql-driver: `user:password@tcp(host:3306)/db` */
const GO_DSN = /([\w.-]{1,64}):([^\s@"'`]{1,1024})@(tcp|udp|unix)\(/g;
/** `jdbc:oracle:thin:user/password@host` */
const ORACLE = /(jdbc:oracle:thin:[^\s/@]{1,64}\/)([^\s@]{1,256})@/gi;
/** Signatures that open a storage object to whoever has the URL. */
const SIGNED = /([?&](?:sig|signature|X-Amz-Signature|X-Amz-Security-Token|X-Goog-Signature)=)(?!\[)[^\s&"'<>]{6,}/gi;

/** Passwords in URLs and connection strings. The user and the host stay: they are evidence. */
export function redactUrls(text: string): string {
  let clean = text;
  if (clean.includes('://') && clean.includes('@')) {
    clean = clean.replace(USER_AND_PASSWORD, `://$1:${redacted('password')}@`).replace(TOKEN_ONLY, `://${redacted('token')}@`);
  }
  if (clean.includes(':/') && clean.includes('@')) clean = clean.replace(AS_A_PATH, `$1:${redacted('password')}@`);
  if (/@(?:tcp|udp|unix)\(/.test(clean)) clean = clean.replace(GO_DSN, `$1:${redacted('password')}@$3(`);
  if (clean.includes(':thin:')) clean = clean.replace(ORACLE, `$1${redacted('password')}@`);
  return /[?&](?:sig|X-)/i.test(clean) ? clean.replace(SIGNED, `$1${redacted('signature')}`) : clean;
}
