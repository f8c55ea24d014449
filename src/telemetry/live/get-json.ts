import { request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import { VERSION } from '../../config/version.ts';
import type { Lookup } from '../../domain/lookup.ts';
import { AnswerTooLarge, readBody } from '../../net/read-body.ts';
import { reasonOf } from '../../net/reason-of.ts';
import type { ServerAccess } from './server-access.ts';

export interface GetLimits {
  readonly maxBytes: number;
  readonly timeoutMs: number;
}

export interface JsonQuestion {
  /** Below the address of the server. */
  readonly path: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly limits: GetLimits;
}

const OK = 200;
const DENIED: ReadonlySet<number> = new Set([401, 403]);
const MAX_SAID = 200;

/**
 * One GET, its answer as JSON. Never throws but for an abort: what refuses is forbidden, and what does not answer, answers late,
 * too much, or something else, is not collected, with the reason. Redirects are not followed: they would carry credentials elsewhere.
 */
export async function getJson(access: ServerAccess, question: JsonQuestion, signal: AbortSignal): Promise<Lookup<unknown>> {
  const { maxBytes, timeoutMs } = question.limits;
  const limited = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  try {
    const { status, text } = await send(access, question, limited);
    if (DENIED.has(status)) return { status: 'forbidden', needs: `credentials that ${access.label} accepts (it answers HTTP ${status})` };
    if (status !== OK) return unanswered(access, `it answers HTTP ${status}${said(text)}`);
    return { status: 'found', value: JSON.parse(text), readAt: new Date().toISOString() };
  } catch (error) {
    signal.throwIfAborted();
    if (limited.aborted) return unanswered(access, `no answer within ${timeoutMs / 1000} s`);
    if (error instanceof AnswerTooLarge) return unanswered(access, `its answer has more than ${Math.round(maxBytes / 1024)} KiB`);
    if (error instanceof SyntaxError) return unanswered(access, 'its answer is not JSON');
    return unanswered(access, reasonOf(error));
  }
}

/** What cannot be had of a server, as an answer that proves nothing. */
export function unanswered({ label }: ServerAccess, reason: string): Lookup<never> {
  return { status: 'not-collected', needs: `an answer of ${label}`, reason };
}

async function send(access: ServerAccess, { path, params = {}, limits }: JsonQuestion, signal: AbortSignal): Promise<{ status: number; text: string }> {
  const { url, ca } = access;
  const authorization = await access.authorization();
  const target = new URL(`${url.pathname.replace(/\/$/, '')}${path}?${new URLSearchParams(params)}`, url.origin);
  const headers = { accept: 'application/json', 'accept-encoding': 'gzip', 'user-agent': `sre-orch/${VERSION}`, ...(authorization && { authorization }) };
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; text: string }>();
  const options = { headers, signal, agent: false, ...(ca === undefined ? {} : { ca }) };
  const open = (target.protocol === 'https:' ? requestSecure : requestPlain)(target, options, (answer) => {
    const { 'content-encoding': encoding } = answer.headers;
    readBody(answer, encoding, { maxBytes: limits.maxBytes, keepEnd: limits.maxBytes })
      .then(({ bytes }) => resolve({ status: answer.statusCode ?? 0, text: bytes.toString('utf8') }))
      .catch(reject)
      // What is left of an answer that is too large is not read.
      .finally(() => open.destroy());
  });
  open.on('error', reject);
  open.end();
  return promise;
}

/** Prometheus and Alertmanager say in their answer what is wrong with a question. */
function said(text: string): string {
  try {
    const { error } = JSON.parse(text) as { error?: unknown };
    return typeof error === 'string' ? `: ${error.slice(0, MAX_SAID)}` : '';
  } catch {
    return '';
  }
}
