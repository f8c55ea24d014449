import { CATALOGUE, type ErrorCode } from './catalogue.ts';
import { CodedError, coded } from './coded-error.ts';

/** What was thrown in a thread, with its code and its words. */
export function thrownIn({ code, details }: { readonly code: string; readonly details: object }): CodedError {
  return code in CATALOGUE ? new CodedError(code as ErrorCode, details) : coded('UNEXPECTED', { reason: code });
}
