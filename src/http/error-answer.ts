import { asCoded, type CodedError, coded } from '../errors/coded-error.ts';
import type { ErrorBody } from '../protocol/error-body.ts';

const RETRY_AFTER_S = 5;

/** What fastify itself refuses, as errors of the catalogue (https://fastify.dev/docs/latest/Reference/Errors/). */
export function asServerError(error: unknown, bodyLimit: number): CodedError {
  const { code, statusCode, message } = error as { code?: string; statusCode?: number; message?: string };
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return coded('BODY_TOO_LARGE', { limit: bodyLimit });
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return coded('MEDIA_TYPE_UNSUPPORTED', {});
  if (code?.startsWith('FST_ERR_') && statusCode === 503) return coded('SERVER_CLOSING', {});
  // Its messages of bad addresses and lengths hold what was sent; what is wrong is enough.
  if (code?.startsWith('FST_ERR_') && statusCode !== undefined && statusCode < 500)
    return coded('REQUEST_INVALID', { problems: [code === 'FST_ERR_BAD_URL' ? 'the address cannot be decoded' : (message ?? code)] });
  return asCoded(error);
}

/** Status, body and headers of an error. What is a bug of ours keeps its words for the log. */
export function errorAnswer(error: CodedError): { status: number; body: ErrorBody; headers: Record<string, string> } {
  const { row, code } = error;
  const status = row.httpStatus;
  const headers = {
    ...(status === 429 || status === 503 ? { 'retry-after': String((error.details as { retry_after_s?: number }).retry_after_s ?? RETRY_AFTER_S) } : {}),
    ...(status === 401 ? { 'www-authenticate': 'Bearer realm="sre-orch"' } : {}),
  };
  if (row.kind === 'bug') return { status, body: { code, message: 'Something went wrong inside the server; its log says what.' }, headers };
  const details = error.details as Record<string, unknown>;
  return { status, body: { code, message: error.message, ...(Object.keys(details).length === 0 ? {} : { details }) }, headers };
}
